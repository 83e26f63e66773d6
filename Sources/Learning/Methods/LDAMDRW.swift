import Losses
public import Networks
public import Plans
public import Sampling

/// Label-distribution-aware margins on a cosine head, with weights of the effective number from late in the
/// run on.
///
/// Departs from the paper: the weights come in at a part of the run, `start`, that is the paper's epoch 160 of
/// 200; the learning rate follows the run's schedule. The model's logits are s · cos θ, so that its
/// probabilities are those that training saw.
public struct LDAMDRW: Method, Equatable {
  /// Name on the command line.
  public static let name = "ldam-drw"
  /// One line for lists of methods.
  public static let summary = "larger margins for rarer classes, deferred re-weighting"
  /// Where it was published.
  public static let citation = Citation(
    authors: "Cao, Wei, Gaidon, Arechiga, Ma",
    title: "Learning Imbalanced Datasets with Label-Distribution-Aware Margin Loss",
    venue: "NeurIPS 2019", link: "https://arxiv.org/abs/1906.07413")
  /// When to use it, what its paper claims, and what may be set.
  public static let guide = Guide(
    .classSensitive,
    use: "Use it for runs that are long enough for their last fifth to matter.",
    avoid:
      "Avoid it in short runs, and with sampling that balances classes: the weights would correct twice.",
    claim:
      "The Bag of Tricks has errors of 22.27 % (CIFAR-10-LT) and 57.53 % (CIFAR-100-LT, both 100:1) beside "
      + "29.64 % and 61.68 % of plain training.",
    settings: [
      "beta": "β of the effective number, at least 0 and below 1; near 1 the weights are 1 / n",
      "margin": "margin of the rarest class as a cosine, at least 0",
      "scale": "s, what cosines are multiplied with, above 0",
      "start": "part of the run after which the weights come in, 0 to 1",
    ])

  /// Margin of the rarest class, of a cosine; at least 0.
  public var margin = 0.5
  /// s, the scale of the cosine head; above 0.
  public var scale = 30.0
  /// β of the effective number, in `0..<1`.
  public var beta = 0.9999
  /// Part of the run after which the weights come in, in `0...1`; 1 is LDAM without them.
  public var start = 0.8

  /// The published values.
  public init() {}

  /// Every value must be in its range.
  public var problems: [HyperparameterProblem] {
    [
      .unlessNonNegative("margin", margin), .unlessPositive("scale", scale),
      .unlessUnit("beta", beta, closed: false), .unlessUnit("start", start, closed: true),
    ].compactMap(\.self)
  }

  /// A cosine head.
  public var network: NetworkForm { NetworkForm(head: .cosine(scale: scale)) }

  /// Of several labels: margins where a label is there, and weights of each label and its absence late in the run.
  ///
  /// A cosine has no bias, so that σ of it says ½ of what lies across from nothing; thresholds are chosen on validation.
  ///
  /// Departs from the paper, which has one class an image.
  public func stages(for table: LabelTable) -> [Stage]? {
    [
      .ofLabels(
        WeightedEntries(
          LabelMargins(table, margin: margin, scale: scale),
          weights: .effectiveNumber(table, beta: beta), start: start))
    ]
  }

  /// One stage.
  ///
  /// - Precondition: `problems` is empty.
  public func stages(for classes: ClassCounts) -> [Stage] {
    [
      Stage(
        Supervised(
          AdjustedCrossEntropy.ldam(
            classes, margin: margin, scale: scale,
            weights: .effectiveNumber(classes, beta: beta, start: start))))
    ]
  }
}
