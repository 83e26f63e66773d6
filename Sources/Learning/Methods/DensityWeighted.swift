import Losses
public import Networks
public import Plans
public import Sampling

/// Density-weighted squared error: numbers of which few lie near count more, by the inverse of a smoothed count (LDS).
///
/// Of classes it takes grades 0, 1, …, K − 1 as numbers, each with its neighbours.
///
/// Departs from the paper: features are not smoothed (its FDS), errors are squared and not absolute, and the window has no
/// reflected ends.
public struct DensityWeighted: Method, Equatable {
  /// Name on the command line.
  public static let name = "density-weighted"
  /// One line for lists of methods.
  public static let summary = "squared error of numbers weighted by how rare their neighbourhood is"
  /// Where it was published.
  public static let citation = Citation(
    authors: "Yang, Zha, Chen, Wang, Katabi", title: "Delving into Deep Imbalanced Regression",
    venue: "ICML 2021", link: "https://arxiv.org/abs/2102.09554")
  /// When to use it, what its paper claims, and what may be set.
  public static let guide = Guide(
    .otherTargets,
    use: "Use it for a number whose rare values, at one end or both, count as much as common ones.",
    avoid: "Avoid it where rare numbers are mistakes of measurement: it counts them most.",
    claim:
      "Its numbers, on ages of faces and other sets, were not checked and are not repeated.",
    settings: [
      "bins": "ranges of equal width in which numbers are counted, a whole number from 1 to 10000",
      "power": "p of the weights n^-p before smoothing, at least 0; 0.5 the square root",
      "width":
        "standard deviation of the smoothing window in ranges, at least 0; 0 smooths nothing",
    ])

  /// Ranges in which numbers are counted, a whole number.
  public var bins = 100.0
  /// p, at least 0.
  public var power = 0.5
  /// σ in ranges, at least 0.
  public var width = 2.0

  /// The values of the authors' code.
  public init() {}

  /// Every value must be in its range.
  public var problems: [HyperparameterProblem] {
    [
      .unlessWhole("bins", bins, to: 10_000), .unlessNonNegative("power", power),
      .unlessNonNegative("width", width),
    ].compactMap(\.self)
  }

  /// Decodes a grade.
  public var network: NetworkForm { NetworkForm(decoding: .number) }

  /// They are grades.
  public var ordersClasses: Bool { true }

  /// Of numbers.
  public func stages(for table: NumberTable) -> [Stage]? {
    [
      .ofNumbers(
        DensityWeightedError(
          SmoothedDensity(of: table.standardized, bins: Int(bins), power: power, width: width)))
    ]
  }

  /// Of grades, one stage.
  ///
  /// - Precondition: `problems` is empty.
  public func stages(for classes: ClassCounts) -> [Stage] {
    [.ofNumbers(DensityWeightedError(SmoothedDensity(classes, power: power, width: width)))]
  }
}
