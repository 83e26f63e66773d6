/// Which data.
package struct SourceOptions: Declarations {
  package init() {}

  package let data = Declaration(
    "data-dir", positional: "data", default: String?.none,
    help:
      "Folder of class folders, table (CSV, TSV, JSONL), COCO's .json, MedMNIST .npz or IDX folder; features (.npy, .npz,"
      + " .csv) or series (.ts).",
    isPath: true)

  package let unlabelled = Declaration(
    "unlabelled", default: String?.none, without: "none",
    help:
      "Images without labels to learn from, for methods that do: folder, or table (its paths start as"
      + " those of the data's table do).",
    value: "path",
    isPath: true)
}
