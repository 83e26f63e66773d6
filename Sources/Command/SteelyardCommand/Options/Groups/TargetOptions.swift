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
}
