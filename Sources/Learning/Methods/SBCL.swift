import Batches
public import Networks
public import Plans
public import Sampling

/// Supervised contrast in which common classes are cut into subclasses as large as a rare class, then a new last layer
/// on balanced classes.
///
/// Departs from the paper: the two stages share `--epochs`; clusters have equal sizes, which the authors' code offers;
/// the first term is not multiplied by τ / 0.07, as it is there; in a short run the warm-up ends at the middle of its stage;
/// the last layer sees every class equally often.
public struct SBCL: Method, Equatable {
  /// Name on the command line.
  public static let name = "sbcl"
  /// One line for lists of methods.
  public static let summary = "contrast of subclasses as large as a rare class, then a last layer"
  /// Where it was published.
  public static let citation = Citation(
    authors: "Hou, Zhang, Wang, Zhou",
    title: "Subclass-balancing Contrastive Learning for Long-tailed Recognition",
    venue: "ICCV 2023", link: "https://arxiv.org/abs/2306.15925")
  /// When to use it, what its paper claims, and what may be set.
  public static let guide = Guide(
    .representation,
    use: "Use it for long runs on data whose common classes fall into kinds.",
    avoid: "Avoid it in short runs: its clusters are made anew every few epochs.",
    claim:
      "Hou et al. report gains over contrast of whole classes on CIFAR-100-LT and ImageNet-LT; the numbers "
      + "were not checked here.",
    settings: [
      "beta": "β, weight of the contrast between subclasses of a class, at least 0",
      "dimensions": "length of a projected vector, a whole number from 1 to 65536",
      "period": "epochs after which subclasses are made anew, at least 1",
      "share": "part of the run that the last stage takes, above 0 and below 1",
      "smallest": "δ, the fewest images of a subclass, at least 1",
      "temperature": "τ, above 0",
      "warmup": "epochs of plain supervised contrast at the start, at least 0",
    ])

  /// τ, above 0.
  public var temperature = 0.1
  /// β of the contrast between subclasses of a class, at least 0.
  public var beta = 0.25
  /// δ, the fewest images of a subclass; at least 1.
  public var smallest = 10
  /// Epochs of plain supervised contrast at the start, at least 0; half of its stage at most.
  public var warmup = 10
  /// Epochs after which subclasses are made anew, at least 1.
  public var period = 10
  /// Length of a projected vector, 1 to 65,536.
  public var dimensions = 128
  /// Part of the run that the last layer takes, above 0 and below 1.
  public var share = 0.2

  /// The published values.
  public init() {}

  /// Every value must be in its range.
  public var problems: [HyperparameterProblem] {
    [
      .unlessPositive("temperature", temperature), .unlessNonNegative("beta", beta),
      .unlessPositive("smallest", Double(smallest)), .unlessNonNegative("warmup", Double(warmup)),
      .unlessPositive("period", Double(period)),
      .unlessWithin(1...65_536, "dimensions", Double(dimensions)),
      .unlessProperFraction("share", share),
    ].compactMap(\.self)
  }

  /// A classifier with a projection, which is dropped after the first stage.
  public var network: NetworkForm { NetworkForm(projection: dimensions) }

  /// Two stages.
  ///
  /// - Precondition: `problems` is empty.
  public func stages(for classes: ClassCounts) -> [Stage] {
    let contrast = SubclassContrast(
      temperature: temperature, weight: beta, smallest: smallest, warmup: warmup, period: period)
    let first = Stage(contrast, views: [.strong, .strong], fraction: 1 - share)
    return .representation(first, thenHeadsFor: share)
  }
}
