/// What the examples of the data are and which are used: options of `train`, and of `inspect`, which sees what it would.
package struct SelectionOptions: Declarations {
  package init() {}

  package let input = Declaration(
    "input", default: InputChoice.auto,
    help: "What the examples are: auto finds it from the data and says so.", value: "what")

  package let splitFile = Declaration(
    "split-file", default: String?.none,
    help: "Take the split from this file, a split.csv of an earlier run.", value: "file",
    isPath: true)

  package let corrections = Declaration(
    "corrections", default: String?.none, without: "none",
    help:
      "Labels to set right first: a table with path and label (empty: stays as it is; -: left out), such as the"
      + " corrections.csv of an audit.", value: "file", isPath: true)

  package let dropClass = Declaration(
    "drop-class", default: [String](), help: "Leave this class out; repeatable.", value: "name")

  package let classNames = Declaration(
    "class-names", default: String?.none,
    help: "Order and names of the classes: a text file with one a line, or a CSV or TSV with the"
      + " columns class (in the data) and name (to show).",
    value: "file", isPath: true)

  package let order = Declaration(
    "order", default: ColumnList(), range: .severalGrades,
    help: "The classes from the lowest grade up, as the data have them, for methods of grades.",
    value: "name,name,…")
}
