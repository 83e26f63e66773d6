public import Plans
public import Sampling

/// Nearest class mean: the network as the data come, then the class whose mean training feature is nearest by
/// cosine.
///
/// Departs from the paper: `scale` makes probabilities of the cosines; decisions do not depend on it.
public struct NearestMean: Method, Equatable {
  /// Name on the command line.
  public static let name = "ncm"
  /// One line for lists of methods.
  public static let summary = "plain training, then the class whose mean feature is nearest"
  /// Where it was published.
  public static let citation = Citation(
    authors: "Kang, Xie, Rohrbach, Yan, Gordo, Feng, Kalantidis",
    title: "Decoupling Representation and Classifier for Long-Tailed Recognition",
    venue: "ICLR 2020", link: "https://arxiv.org/abs/1910.09217")
  /// When to use it, what its paper claims, and what may be set.
  public static let guide = Guide(
    .decoupled,
    use:
      "Use it where classes have very few images: a mean of six vectors is steadier than a trained row of "
      + "weights.",
    avoid:
      "Avoid it where classes fall into several groups of images, which one mean does not describe.",
    claim:
      "On ImageNet-LT with ResNeXt-50, Kang et al. have 47.3 % for it beside 44.4 % for joint training.",
    settings: [
      "scale": "what cosines are multiplied with to make logits, above 0"
    ])

  /// What cosines are multiplied with to make logits; above 0.
  public var scale = 16.0

  /// The published values.
  public init() {}

  /// Every value must be in its range.
  public var problems: [HyperparameterProblem] {
    [.unlessPositive("scale", scale)].compactMap(\.self)
  }

  /// One stage, whose last layer is changed at the end.
  ///
  /// - Precondition: `problems` is empty.
  public func stages(for classes: ClassCounts) -> [Stage] {
    var stage = Stage(Supervised())
    stage.closing = [NearestClassMean(scale: scale)]
    return [stage]
  }
}
