import Losses
public import Networks
public import Plans
public import Sampling

/// Balanced MSE: squared error less what the density of the training numbers adds to it, in closed form (GAI).
///
/// Of classes it takes grades 0, 1, …, K − 1 as numbers.
///
/// Departs from the paper: the noise σ is set and not learnt; the mixture is of moments in ranges of the number, where its
/// code fits one by expectation maximisation. Its batch-based form (BMC) is not here.
public struct BalancedMSE: Method, Equatable {
  /// Name on the command line.
  public static let name = "balanced-mse"
  /// One line for lists of methods.
  public static let summary = "squared error of numbers as if all were equally common"
  /// Where it was published.
  public static let citation = Citation(
    authors: "Ren, Zhang, Yu, Liu",
    title: "Balanced MSE for Imbalanced Visual Regression", venue: "CVPR 2022",
    link: "https://arxiv.org/abs/2203.16427")
  /// When to use it, what its paper claims, and what may be set.
  public static let guide = Guide(
    .otherTargets,
    use: "Use it for a number whose rare values are predicted too near to the common ones.",
    avoid:
      "Avoid it where the mean error over data as they come is what counts: it gives that up for rare numbers.",
    claim:
      "Its numbers, on ages of faces, depths and hand poses, were not checked and are not repeated.",
    settings: [
      "components":
        "ranges of equal width that each make a part of the mixture, a whole number from 1 to 1000",
      "noise":
        "σ, what cannot be known of a number, in standard deviations of all; above 0. Larger moves predictions farther",
    ])

  /// Ranges that make the mixture, a whole number.
  public var components = 20.0
  /// σ in standard deviations of the training numbers, or in grades; above 0.
  public var noise = 0.5

  /// Half a standard deviation; the paper learns it.
  public init() {}

  /// Both must be in their ranges.
  public var problems: [HyperparameterProblem] {
    [.unlessWhole("components", components, to: 1000), .unlessPositive("noise", noise)]
      .compactMap(\.self)
  }

  /// Decodes a grade.
  public var network: NetworkForm { NetworkForm(decoding: .number) }

  /// They are grades.
  public var ordersClasses: Bool { true }

  /// Of numbers.
  public func stages(for table: NumberTable) -> [Stage]? {
    let mixture = NumberMixture(of: table.standardized, components: Int(components))
    return [.ofNumbers(BalancedSquaredError(mixture, noise: noise))]
  }

  /// Of grades, one stage.
  ///
  /// - Precondition: `problems` is empty.
  public func stages(for classes: ClassCounts) -> [Stage] {
    [.ofNumbers(BalancedSquaredError(NumberMixture(classes), noise: noise))]
  }
}
