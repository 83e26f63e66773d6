import Losses
public import Plans
public import Sampling

/// Cross-entropy on examples drawn so that every class comes equally often: P(c) = 1 / C.
///
/// Departs from the paper: classes are drawn at random with replacement, where the paper walks
/// through shuffled lists of classes and of their images; the distribution is the same.
public struct ClassBalanced: Method, Equatable {
  /// Name on the command line.
  public static let name = "class-balanced"
  /// One line for lists of methods.
  public static let summary = "cross-entropy, every class drawn equally often"
  /// Where it was published.
  public static let citation = Citation(
    authors: "Shen, Lin, Huang",
    title: "Relay Backpropagation for Effective Learning of Deep Convolutional Neural Networks",
    venue: "ECCV 2016", link: "https://arxiv.org/abs/1512.05830")
  /// When to use it, what its paper claims, and what may be set.
  public static let guide = Guide(
    .resampling,
    use: "Use it where the few rare images count most and more false alarms are accepted.",
    avoid:
      "Avoid it where a class has a handful of images and training is long: they are learnt by heart; its "
      + "probabilities are those of equally common classes.",
    claim:
      "On ImageNet-LT with ResNeXt-50, Kang et al. have 45.1 % for it beside 44.4 % for plain sampling."
  )

  /// There is nothing to choose.
  public init() {}

  /// Of several labels: sigmoid cross-entropy of examples drawn label by label.
  public func stages(for table: LabelTable) -> [Stage]? {
    [.ofLabels(SigmoidCrossEntropy(), ClassBalancedSampler())]
  }

  /// Of numbers: squared error of examples drawn range by range of the number.
  public func stages(for table: NumberTable) -> [Stage]? {
    [.ofNumbers(samplers: [ClassBalancedSampler()])]
  }

  /// One stage.
  public func stages(for classes: ClassCounts) -> [Stage] {
    [Stage(Supervised(), samplers: [ClassBalancedSampler()])]
  }
}
