/// Which data.
package struct SourceOptions: Declarations {
  package init() {}

  package let data = Declaration(
    "data-dir", positional: "data", default: String?.none,
    help: "Folder of class folders, table (CSV, TSV, JSONL), MedMNIST .npz or IDX folder.",
    isPath: true)
}
