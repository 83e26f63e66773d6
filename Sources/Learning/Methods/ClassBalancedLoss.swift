import Losses
public import Plans
public import Sampling

/// Cross-entropy weighted by the inverse of the effective number of images of a class, (1 − β) / (1 − βⁿ).
///
/// Departs from the paper: it weighs softmax cross-entropy, one of the paper's three losses; the mean is over the
/// weights of a batch, and weights are scaled to sum to C over the classes.
public struct ClassBalancedLoss: Method, Equatable {
  /// Name on the command line.
  public static let name = "cb-loss"
  /// One line for lists of methods.
  public static let summary = "cross-entropy weighted by the effective number of images"
  /// Where it was published.
  public static let citation = Citation(
    authors: "Cui, Jia, Lin, Song, Belongie",
    title: "Class-Balanced Loss Based on Effective Number of Samples", venue: "CVPR 2019",
    link: "https://arxiv.org/abs/1901.05555")
  /// When to use it, what its paper claims, and what may be set.
  public static let guide = Guide(
    .classSensitive,
    use: "Use it where a mistake about a rare class costs more; a lower rate keeps it steady.",
    avoid:
      "Avoid it with sampling that balances classes, and with high rates: one rare image then moves the "
      + "network far.",
    claim:
      "The Bag of Tricks has errors of 29.52 % (CIFAR-10-LT) and 61.03 % (CIFAR-100-LT, both 100:1) beside "
      + "29.64 % and 61.68 % of plain training.",
    settings: [
      "beta": "β of the effective number, at least 0 and below 1; near 1 the weights are 1 / n"
    ])

  /// β, in `0..<1`; 0 is `erm`, near 1 the weights are 1 / n.
  public var beta = 0.9999

  /// The published β.
  public init() {}

  /// `beta` must be in its range.
  public var problems: [HyperparameterProblem] {
    [.unlessUnit("beta", beta, closed: false)].compactMap(\.self)
  }

  /// Of several labels: each label and its absence weighted as two classes are, with a mean weight of 1 a label.
  public func stages(for table: LabelTable) -> [Stage]? {
    [
      .ofLabels(
        WeightedEntries(SigmoidCrossEntropy(), weights: .effectiveNumber(table, beta: beta)))
    ]
  }

  /// One stage.
  ///
  /// - Precondition: `problems` is empty.
  public func stages(for classes: ClassCounts) -> [Stage] {
    var loss = AdjustedCrossEntropy()
    loss.weights = .effectiveNumber(classes, beta: beta)
    return [Stage(Supervised(loss))]
  }
}
