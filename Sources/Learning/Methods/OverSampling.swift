public import Plans
public import Sampling

/// Cross-entropy on images of which rare classes were copied until all are as large as the commonest: random
/// over-sampling.
///
/// Departs from the paper: an epoch is N of these rows, so that `--epochs` costs what it costs elsewhere.
public struct OverSampling: Method, Equatable {
  /// Name on the command line.
  public static let name = "over-sampling"
  /// One line for lists of methods.
  public static let summary = "cross-entropy, rare classes copied to the size of the commonest"
  /// Where it was published.
  public static let citation = Citation(
    authors: "Buda, Maki, Mazurowski",
    title: "A systematic study of the class imbalance problem in convolutional neural networks",
    venue: "Neural Networks 2018", link: "https://arxiv.org/abs/1710.05381")
  /// When to use it.
  public static let guide = Guide(
    .resampling,
    use:
      "A first choice where every class counts alike; unlike class-balanced no image of the"
      + " commonest class comes twice in an epoch.",
    avoid:
      "With weights of classes or a loss that corrects already; where the rarest class has a"
      + " handful of images, which are then learnt by heart.",
    claim:
      "Of its authors: over-sampling to full balance does best in nearly all their comparisons,"
      + " and convolutional networks do not overfit by it.",
    settings: [:])

  /// There is nothing to choose.
  public init() {}

  /// One stage.
  public func stages(for classes: ClassCounts) -> [Stage] {
    [Stage(Supervised(), samplers: [OverSampler()])]
  }
}
