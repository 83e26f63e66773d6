public import Plans
public import Sampling

/// Cross-entropy on as many images of each class as the rarest has: random under-sampling.
///
/// The images are those of the run's seed in every epoch; with `renews` each pass over them draws others. Departs from the paper: an epoch goes over these rows again and
/// again until it has N.
public struct UnderSampling: Method, Equatable {
  /// Name on the command line.
  public static let name = "under-sampling"
  /// One line for lists of methods.
  public static let summary = "cross-entropy, every class cut down to the size of the rarest"
  /// Where it was published.
  public static let citation = Citation(
    authors: "Buda, Maki, Mazurowski",
    title: "A systematic study of the class imbalance problem in convolutional neural networks",
    venue: "Neural Networks 2018", link: "https://arxiv.org/abs/1710.05381")
  /// When to use it.
  public static let guide = Guide(
    .resampling,
    use:
      "Where images are many, the rarest class has hundreds, and time is short: with fewer"
      + " epochs it costs a fraction.",
    avoid:
      "Nearly always otherwise: what is left out is not learnt. With renews it is over-sampling"
      + " in another order.",
    claim: "Of its authors: about as good as over-sampling at extreme ratios, worse elsewhere.",
    settings: ["renews": "true draws other images in each pass, false keeps to the same"])

  /// Whether each pass draws other images.
  public var renews = false

  /// The same images in every pass.
  public init() {}

  /// One stage.
  public func stages(for classes: ClassCounts) -> [Stage] {
    [Stage(Supervised(), samplers: [UnderSampler(renews: renews)])]
  }
}
