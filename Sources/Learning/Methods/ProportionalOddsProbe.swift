import Losses
public import Networks
import Ordinal
public import Plans
public import Sampling

/// Cumulative logits with proportional odds to convergence on the features of the network as it is: nothing of the network learns.
///
/// Departs from the paper: a penalty, and its strength by cross-validation; see ``Ordinal/ProportionalOdds``.
public struct ProportionalOddsProbe: Method, Equatable {
  /// Name on the command line.
  public static let name = "proportional-odds"
  /// One line for lists of methods.
  public static let summary =
    "frozen features, grades by cumulative logits of one direction, to convergence"
  /// Where it was published.
  public static let citation = Citation(
    authors: "McCullagh", title: "Regression Models for Ordinal Data",
    venue: "Journal of the Royal Statistical Society B 1980",
    link: "https://doi.org/10.1111/j.2517-6161.1980.tb01109.x")
  /// When to use it, and what is known of it.
  public static let guide = Guide(
    .otherTargets,
    use:
      "First, where grades are steps on one scale: seconds on a table or on features of a large network.",
    avoid: "Where what leads from one grade to the next differs from step to step; presto lets it.",
    claim:
      "None about imbalance; all grades share one direction, so that a rare one borrows from the others.",
    settings: [
      "c":
        "C, the inverse of the penalty, above 0; 0 chooses it by cross-validation that keeps groups together",
      "folds": "folds that C is chosen on, 2 or more",
    ])

  /// C, above 0; 0 chooses it.
  public var c = 0.0
  /// Folds that C is chosen on, at least 2.
  public var folds = 5.0

  /// C chosen in five folds.
  public init() {}

  /// Every value must be in its range.
  public var problems: [HyperparameterProblem] {
    [.unlessNonNegative("c", c), .unlessFolds("folds", folds)].compactMap(\.self)
  }

  /// Logits of being beyond each threshold.
  public var network: NetworkForm { NetworkForm(decoding: .cumulative) }

  /// They are grades.
  public var ordersClasses: Bool { true }

  /// One stage without a step.
  ///
  /// - Precondition: `problems` is empty; two classes or more.
  public func stages(for classes: ClassCounts) -> [Stage] {
    let regression = ProportionalOdds(c: c > 0 ? c : nil, folds: Int(folds))
    return [Stage(fitting: FittedGrades(.proportional(regression)), CORALLoss())]
  }
}
