package import Datasets

/// How the data are divided, and what is done about their faults.
package struct PartOptions: Declarations {
  package init() {}

  package let split = Declaration(
    "split", default: SplitFractions.standard,
    help: "Parts for data without a split of its own.", value: "train,val,test")

  package let strataClusters = Declaration(
    "strata-clusters", default: Int?.none, without: "by ranges of the number alone",
    range: .optional(.atLeast(1)),
    help:
      "Where the target is a number, parts and folds also get their share of each joint cell of a range of it and one of so"
      + " many clusters of all rows of features (k-means, which sees no target); 1 makes the ranges exact.",
    value: "count")

  package let longTail = Declaration(
    "long-tail", default: Double?.none, range: .optional(.aboveOne),
    help: "Thin the training part out to a tail with this imbalance ratio.", value: "ratio")

  package let longTailShape = Declaration(
    "long-tail-shape", default: TailShape.exponential,
    help: "How the sizes of classes fall in that tail.", value: "shape")

  package let onBadImage = Declaration(
    "on-bad-image", default: BadImageChoice.fail,
    help: "What to do with a file that does not decode.", value: "what")

  package let nearDuplicates = Declaration(
    "near-duplicates", default: NearDuplicateChoice.keep,
    help: "Near copies (saved again, resized, slightly cropped): keep them where they are with a"
      + " warning, group them into one part, or refuse a split that has some in two parts.",
    value: "what")

  package let allowLeakage = Declaration(
    "allow-leakage", default: false,
    help: "Train although the same image or group is in two parts of the split.")
}

extension TrainOptions {
  /// Refuses strata for a split that is made already.
  /// - Throws: `OptionError.conflict`.
  func checkStrata() throws(OptionError) {
    guard self.strataClusters != nil, self.splitFile != nil else { return }
    throw .conflict(
      "--strata-clusters says how data are divided, and --split-file has divided them; leave one of them out"
    )
  }
}
