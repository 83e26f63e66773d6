public import Plans
public import Sampling

/// Cross-entropy on classes that come in turn, so many images of each, in an order shuffled each round.
///
/// Departs from the papers: an epoch has N images.
public struct ClassAware: Method, Equatable {
  /// Name on the command line.
  public static let name = "class-aware"
  /// One line for lists of methods.
  public static let summary = "cross-entropy, classes in turn, so many images of each"
  /// Where it was published.
  public static let citation = Citation(
    authors: "Shen, Lin, Huang",
    title: "Relay Backpropagation for Effective Learning of Deep Convolutional Neural Networks",
    venue: "ECCV 2016", link: "https://arxiv.org/abs/1512.05830")
  /// When to use it.
  public static let guide = Guide(
    .resampling,
    use:
      "As class-balanced, where a batch shall hold each class nearly equally often and not by"
      + " chance.",
    avoid:
      "With weights of classes or a loss that corrects already; with far more classes than a"
      + " batch has rows.",
    claim: "None beside its use in the winning entry that it describes.",
    settings: ["each": "images of a class in a row, at least 1"])

  /// Images of a class in a row, at least 1.
  public var each = 1

  /// One of each class in turn.
  public init() {}

  /// `each` must be at least 1.
  public var problems: [HyperparameterProblem] {
    each >= 1 ? [] : [.init(name: "each", value: Double(each), expected: "at least 1")]
  }

  /// One stage.
  ///
  /// - Precondition: `problems` is empty.
  public func stages(for classes: ClassCounts) -> [Stage] {
    [Stage(Supervised(), samplers: [ClassAwareSampler(each: each)])]
  }
}
