import Losses
public import Plans
public import Sampling

/// Cross-entropy weighted by a power of the inverse of the counts, w_c ∝ n_c^−p.
///
/// Departs from the source: weights are scaled to sum to C over the classes, and the mean is over the weights of a
/// batch.
public struct WeightedCrossEntropy: Method, Equatable {
  /// Name on the command line.
  public static let name = "weighted-ce"
  /// One line for lists of methods.
  public static let summary = "cross-entropy weighted by the inverse of the class's size"
  /// Where it was published.
  public static let citation = Citation(
    authors: "Zhang, Kang, Hooi, Yan, Feng", title: "Deep Long-Tailed Learning: A Survey",
    venue: "TPAMI 2023", link: "https://arxiv.org/abs/2110.04596")
  /// When to use it.
  public static let guide = Guide(
    .classSensitive,
    use:
      "A baseline where a mistake about a rare class costs more and ratios of sizes are below"
      + " about 20.",
    avoid:
      "With sampling that balances classes, which corrects a second time; with very rare"
      + " classes, whose few images then make large steps: lower the rate or clip the gradient.",
    claim:
      "Of BagofTricks-LT's CIFAR-10-LT at ratio 100: error 31.70 with weights from the start,"
      + " 29.64 without, 25.18 with weights late in the run (drw).",
    settings: ["power": "p of the weights n^-p, at least 0; 0 is erm, 0.5 the square root"])

  /// p, at least 0; 0 is `erm`, ½ weighs by the square root.
  public var power = 1.0

  /// Weights of 1 / n.
  public init() {}

  /// `power` must be at least 0.
  public var problems: [HyperparameterProblem] {
    [.unlessNonNegative("power", power)].compactMap(\.self)
  }

  /// Of several labels: each label and its absence weighted as two classes are, with a mean weight of 1 a label.
  public func stages(for table: LabelTable) -> [Stage]? {
    [.ofLabels(WeightedEntries(SigmoidCrossEntropy(), weights: .inverse(table, power: power)))]
  }

  /// One stage.
  ///
  /// - Precondition: `problems` is empty.
  public func stages(for classes: ClassCounts) -> [Stage] {
    var loss = AdjustedCrossEntropy()
    loss.weights = .inverse(classes, power: power)
    return [Stage(Supervised(loss))]
  }
}
