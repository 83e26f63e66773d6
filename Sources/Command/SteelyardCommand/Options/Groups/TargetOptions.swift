package import Targets

/// What an example has for a target: options of the commands that train.
package struct TargetOptions: Declarations {
  package init() {}

  package let task = Declaration(
    "task", default: TargetKind?.none, without: "found from the data and said",
    help:
      "What an example has for a target: one class, any number of labels, one of ordered grades (--order or"
      + " --class-names says their order), or a number.", value: "class|labels|grades|number")

  package let unknown = Declaration(
    "unknown", default: UnknownLabels.ignore,
    help:
      "What a label counts as that is blank or -1: left out of loss and metrics, not there, or there.",
    value: "ignore|zeros|ones")

  package let studyColumn = Declaration(
    "study-column", default: String?.none, without: "images alone are judged",
    help:
      "Column of a table with the study that an image is a view of: labels are judged study by study and image by image, and a"
      + " study stays in one part.", value: "name")

  package let studyJoin = Declaration(
    "study-join", default: StudyJoinChoice?.none, without: "mean",
    help:
      "How the probabilities of a study's views become one; auto is the one of the greatest mean average precision on validation.",
    value: "mean|max|noisy-or|auto")
}
