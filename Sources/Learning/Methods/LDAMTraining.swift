import Losses
public import Networks
public import Plans
public import Sampling

/// Label-distribution-aware margins on a cosine head: rarer classes must lead by more.
///
/// Departs from the paper: nowhere in the loss; the model's logits are s · cos θ, so that its probabilities are those
/// that training saw without the margin. With weights late in the run it is `ldam-drw`.
public struct LDAMTraining: Method, Equatable {
  /// Name on the command line.
  public static let name = "ldam"
  /// One line for lists of methods.
  public static let summary = "larger margins for rarer classes"
  /// Where it was published.
  public static let citation = Citation(
    authors: "Cao, Wei, Gaidon, Arechiga, Ma",
    title: "Learning Imbalanced Datasets with Label-Distribution-Aware Margin Loss",
    venue: "NeurIPS 2019", link: "https://arxiv.org/abs/1906.07413")
  /// When to use it.
  public static let guide = Guide(
    .classSensitive,
    use: "Where rare classes are learnt by heart and fail on new images.",
    avoid:
      "Where the most is wanted of it: ldam-drw weighs rows late in the run besides, and finds"
      + " more.",
    claim:
      "Of BagofTricks-LT's CIFAR-10-LT at ratio 100: error 26.34, with deferred weights 22.27,"
      + " of cross-entropy 29.64.",
    settings: [
      "margin":
        "margin of the rarest class, of a cosine; at least 0. 0 is cross-entropy of a cosine head",
      "scale": "s, by which cosines are multiplied; above 0",
    ])

  /// Margin of the rarest class, of a cosine; at least 0.
  public var margin = 0.5
  /// s, the scale of the cosine head; above 0.
  public var scale = 30.0

  /// The published values.
  public init() {}

  /// Both must be in their ranges.
  public var problems: [HyperparameterProblem] {
    [.unlessNonNegative("margin", margin), .unlessPositive("scale", scale)].compactMap(\.self)
  }

  /// A cosine head.
  public var network: NetworkForm { NetworkForm(head: .cosine(scale: scale)) }

  /// Of several labels: margins where a label is there; `ldam-drw` without its weights.
  public func stages(for table: LabelTable) -> [Stage]? {
    [.ofLabels(LabelMargins(table, margin: margin, scale: scale))]
  }

  /// One stage.
  ///
  /// - Precondition: `problems` is empty.
  public func stages(for classes: ClassCounts) -> [Stage] {
    [Stage(Supervised(AdjustedCrossEntropy.ldam(classes, margin: margin, scale: scale)))]
  }
}
