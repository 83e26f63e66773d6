import Losses
public import Networks
public import Plans
public import Sampling

/// CORAL: classes that are grades, as questions whether a row is beyond each threshold, all answered along one direction, so that
/// probabilities of going beyond a grade are in the order of the thresholds' biases in every row.
///
/// With `alpha` above 0 on the batches of Balanced-MixUp, each labelling of a blended row by its weight.
///
/// Departs from the paper: the most probable grade decides, where the paper counts the P(y > k) above ½; with
/// `steelyard decide` another rule may. Biases that are out of order while it learns are straightened and counted.
public struct CORAL: Method, Equatable {
  /// Name on the command line.
  public static let name = "coral"
  /// One line for lists of methods.
  public static let summary = "grades in order, by thresholds along one direction"
  /// Where it was published.
  public static let citation = Citation(
    authors: "Cao, Mirjalili, Raschka",
    title: "Rank Consistent Ordinal Regression for Neural Networks with Application to Age "
      + "Estimation", venue: "Pattern Recognition Letters 2020",
    link: "https://doi.org/10.1016/j.patrec.2020.11.008")
  /// When to use it, what its paper claims, and what may be set.
  public static let guide = Guide(
    .otherTargets,
    use:
      "Use it where grades are steps on one scale, so that one direction of the features tells all of them apart.",
    avoid:
      "Avoid it where what leads from one grade to the next differs from step to step; corn is freer.",
    claim:
      "Cao et al. report lower absolute errors than a cross-entropy and an ordinal loss of free thresholds on face ages; "
      + "numbers were not checked here.",
    settings: [
      "alpha": "first parameter of Balanced-MixUp's Beta distribution, at least 0; 0 blends nothing"
    ])

  /// First parameter of Balanced-MixUp's Beta distribution, at least 0; 0 blends nothing.
  public var alpha = 0.0

  /// Nothing blended.
  public init() {}

  /// `alpha` must be at least 0.
  public var problems: [HyperparameterProblem] {
    [.unlessNonNegative("alpha", alpha)].compactMap(\.self)
  }

  /// One direction with a bias for each threshold.
  public var network: NetworkForm { NetworkForm(head: .thresholds, decoding: .cumulative) }

  /// They are grades.
  public var ordersClasses: Bool { true }

  /// One stage.
  ///
  /// - Precondition: `problems` is empty; two classes or more.
  public func stages(for classes: ClassCounts) -> [Stage] {
    [Stage.of(CORALLoss(), blending: alpha)]
  }
}
