/// Which images of the data are used: options of `train`, and of `inspect`, which sees what it would.
package struct SelectionOptions: Declarations {
  package init() {}

  package let splitFile = Declaration(
    "split-file", default: String?.none,
    help: "Take the split from this file, a split.csv of an earlier run.", value: "file",
    isPath: true)

  package let dropClass = Declaration(
    "drop-class", default: [String](), help: "Leave this class out; repeatable.", value: "name")
}
