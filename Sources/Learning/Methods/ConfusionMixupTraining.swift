import Losses
public import Plans
public import Sampling

/// MixUp with partners of the classes that a class is confused with, by a running confusion matrix.
///
/// Departs from its source, which is about detection without source data: this is its choice of partners for classifiers,
/// with a second stream of balanced classes as the bank of partners.
public struct ConfusionMixupTraining: Method, Equatable {
  /// Name on the command line.
  public static let name = "confusion-mixup"
  /// One line for lists of methods.
  public static let summary = "MixUp with images of the classes that a class is confused with"
  /// Where it was published.
  public static let citation = Citation(
    authors: "Ashraf, Manna, Purkayastha, Tariq, Bashir",
    title: "Context Aware Grounded Teacher for Source Free Object Detection", venue: "arXiv 2025",
    link: "https://arxiv.org/abs/2504.15404")
  /// When to use it.
  public static let guide = Guide(
    .augmentation,
    use: "A few rare classes that are mistaken for one common class each.",
    avoid:
      "Classes that are mistaken for all others alike, where it is MixUp at the price of one more pass a step.",
    claim:
      "Its paper is about detectors; for classifiers nothing is claimed but that frequencies follow the confusions.",
    settings: [
      "alpha": "both parameters of the Beta distribution, above 0",
      "least": "share of a class that must be confused for it to be mixed, 0 to 1",
      "decay": "decay of the confusion matrix a step, 0 to below 1",
      "warmup": "steps over which the decay rises, a whole number from 0",
    ])

  /// Both parameters of the Beta distribution; above 0.
  public var alpha = 0.5
  /// Share of a class that must be confused for it to be mixed, in `0...1`.
  public var least = 0.1
  /// Decay of the confusion matrix a step, in `0..<1`.
  public var decay = 0.99
  /// Steps over which the decay rises; at least 0.
  public var warmup = 100

  /// The values of the source.
  public init() {}

  /// Every value must be in its range.
  public var problems: [HyperparameterProblem] {
    [
      .unlessPositive("alpha", alpha), .unlessUnit("least", least, closed: true),
      .unlessUnit("decay", decay, closed: false), .unlessNonNegative("warmup", Double(warmup)),
    ].compactMap(\.self)
  }

  /// One stage of two streams.
  ///
  /// - Precondition: `problems` is empty.
  public func stages(for classes: ClassCounts) -> [Stage] {
    let objective = ConfusionMixup(
      CrossEntropy(), alpha: alpha, least: least, decay: decay, warmup: warmup)
    return [Stage(objective, samplers: [UniformSampler(), ClassBalancedSampler()])]
  }
}
