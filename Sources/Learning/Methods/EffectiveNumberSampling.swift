public import Plans
public import Sampling

/// Cross-entropy on images drawn by the inverse of the effective number of their class, (1 − β) / (1 − βⁿ).
///
/// Departs from the paper: it weighs the loss by this (`cb-loss`); as a sampler others have it.
public struct EffectiveNumberSampling: Method, Equatable {
  /// Name on the command line.
  public static let name = "effective-number-sampling"
  /// One line for lists of methods.
  public static let summary = "cross-entropy, classes drawn by their effective number"
  /// Where it was published.
  public static let citation = Citation(
    authors: "Cui, Jia, Lin, Song, Belongie",
    title: "Class-Balanced Loss Based on Effective Number of Samples",
    venue: "CVPR 2019", link: "https://arxiv.org/abs/1901.05555")
  /// When to use it.
  public static let guide = Guide(
    .resampling,
    use: "Where cb-loss makes training unsteady: the same emphasis without large weights.",
    avoid:
      "With weights of classes or a loss that corrects already. Where β is near 1 it is"
      + " class-balanced.",
    claim: "None of its own; the second stage of gcl draws so.",
    settings: ["beta": "β, at least 0 and below 1; 0 is erm, near 1 class-balanced"])

  /// β, in `0..<1`; 0 is `erm`, near 1 `class-balanced`.
  public var beta = 0.9999

  /// The published β.
  public init() {}

  /// `beta` must be in its range.
  public var problems: [HyperparameterProblem] {
    [.unlessUnit("beta", beta, closed: false)].compactMap(\.self)
  }

  /// One stage.
  ///
  /// - Precondition: `problems` is empty.
  public func stages(for classes: ClassCounts) -> [Stage] {
    [Stage(Supervised(), samplers: [EffectiveNumberSampler(beta: beta)])]
  }
}
