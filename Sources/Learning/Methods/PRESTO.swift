import Losses
public import Networks
import Ordinal
public import Plans
public import Sampling

/// PRESTO: cumulative logits whose directions may differ from threshold to threshold, at a price for each difference, on the
/// features of the network as it is; nothing of the network learns.
///
/// Departs from the paper: accelerated gradients in place of descent along coordinates, and probabilities that cross on new rows are
/// straightened and counted; see ``Ordinal/FusedOdds``.
public struct PRESTO: Method, Equatable {
  /// Name on the command line.
  public static let name = "presto"
  /// One line for lists of methods.
  public static let summary =
    "frozen features, grades whose thresholds differ only where it pays, to convergence"
  /// Where it was published.
  public static let citation = Citation(
    authors: "Faletto, Bien",
    title: "Predicting Rare Events by Shrinking Towards Proportional Odds", venue: "ICML 2023",
    link: "https://proceedings.mlr.press/v202/faletto23a.html")
  /// When to use it, and what is known of it.
  public static let guide = Guide(
    .otherTargets,
    use:
      "Use it where the last of three grades or more is rare and its probability counts: it borrows from the common steps.",
    avoid:
      "Avoid it on more columns than rows, which leave the first direction without a bound; or set penalise-first.",
    claim:
      "Faletto and Bien report smaller errors of a rare event's probability than logistic regression and proportional odds; "
      + "Results/grades.md has the simulation.",
    settings: [
      "lambda":
        "λ, the price of a difference of two thresholds' coefficients, above 0; 0 chooses it by cross-validation that keeps groups together",
      "penalise-first": "whether the first threshold's coefficients have that price too",
      "squared":
        "whether differences are paid by their squares, which leaves all of them and shrinks all",
      "relaxed": "whether a last fit without a price keeps which differences are 0",
      "folds": "folds that λ is chosen on by Brier's score, 2 or more",
    ])

  /// λ, above 0; 0 chooses it.
  public var lambda = 0.0
  /// Whether the first threshold's coefficients have the price too.
  public var penalisesFirst = false
  /// Whether differences are paid by their squares.
  public var squared = false
  /// Whether a last fit without a price keeps which differences are 0.
  public var relaxed = false
  /// Folds that λ is chosen on, at least 2.
  public var folds = 5.0

  private enum CodingKeys: String, CodingKey {
    case lambda, squared, relaxed, folds
    case penalisesFirst = "penalise-first"
  }

  /// λ chosen in five folds, nothing paid for the first threshold.
  public init() {}

  /// Every value must be in its range.
  public var problems: [HyperparameterProblem] {
    [.unlessNonNegative("lambda", lambda), .unlessFolds("folds", folds)].compactMap(\.self)
  }

  /// Logits of being beyond each threshold.
  public var network: NetworkForm { NetworkForm(decoding: .cumulative) }

  /// They are grades.
  public var ordersClasses: Bool { true }

  /// Three: two have one threshold, and nothing to fuse.
  public var fewestClasses: Int { 3 }

  /// One stage without a step.
  ///
  /// - Precondition: `problems` is empty; two classes or more.
  public func stages(for classes: ClassCounts) -> [Stage] {
    let regression = FusedOdds(
      lambda: lambda > 0 ? lambda : nil, penalisesFirst: penalisesFirst, isSquared: squared,
      isRelaxed: relaxed, folds: Int(folds))
    return [Stage(fitting: FittedGrades(.fused(regression)), CORALLoss())]
  }
}
