public import Plans
public import Sampling

/// Cross-entropy on examples drawn as they come at first and class by class at last:
/// P(c) = (1 − t) n_c / N + t / C at progress t.
///
/// Departs from the paper: nowhere; t is epoch / (E − 1), as in the code of Balanced-MixUp, so that
/// the last epoch is balanced.
public struct Progressive: Method, Equatable {
  /// Name on the command line.
  public static let name = "progressive"
  /// One line for lists of methods.
  public static let summary = "cross-entropy, from the data as it comes to balanced classes"
  /// Where it was published.
  public static let citation = Citation(
    authors: "Kang, Xie, Rohrbach, Yan, Gordo, Feng, Kalantidis",
    title: "Decoupling Representation and Classifier for Long-Tailed Recognition",
    venue: "ICLR 2020", link: "https://arxiv.org/abs/1910.09217")
  /// When to use it, what its paper claims, and what may be set.
  public static let guide = Guide(
    .resampling,
    use: "Use it where balanced sampling from the start hurts the features.",
    avoid: "Avoid it in runs of a few epochs: the balanced part is then a few steps.",
    claim:
      "On ImageNet-LT with ResNeXt-50, Kang et al. have 47.2 % for it beside 44.4 % for plain sampling."
  )

  /// There is nothing to choose.
  public init() {}

  /// One stage.
  public func stages(for classes: ClassCounts) -> [Stage] {
    [Stage(Supervised(), samplers: [ProgressiveSampler()])]
  }
}
