public import Plans
public import Sampling

/// Cross-entropy on examples drawn half-way to balance: P(c) = √n_c / Σ_k √n_k.
///
/// Departs from the paper: one label per image instead of several hashtags; every class follows the
/// rule, where the paper repeats only the images of hashtags rarer than a threshold.
public struct SquareRoot: Method, Equatable {
  /// Name on the command line.
  public static let name = "square-root"
  /// One line for lists of methods.
  public static let summary = "cross-entropy, classes drawn by the square root of their size"
  /// Where it was published.
  public static let citation = Citation(
    authors: "Mahajan, Girshick, Ramanathan, He, Paluri, Li, Bharambe, van der Maaten",
    title: "Exploring the Limits of Weakly Supervised Pretraining",
    venue: "ECCV 2018", link: "https://arxiv.org/abs/1805.00932")
  /// When to use it, what its paper claims, and what may be set.
  public static let guide = Guide(
    .resampling,
    use: "Use it as a middle way between plain and class-balanced sampling.",
    avoid:
      "Avoid it where rare classes are still missed: it moves them up by the square root of the imbalance "
      + "only.",
    claim:
      "On ImageNet-LT with ResNeXt-50, Kang et al. have 46.8 % for it beside 44.4 % for plain sampling."
  )

  /// There is nothing to choose.
  public init() {}

  /// One stage.
  public func stages(for classes: ClassCounts) -> [Stage] {
    [Stage(Supervised(), samplers: [SquareRootSampler()])]
  }
}
