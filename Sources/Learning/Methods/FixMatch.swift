public import Plans
public import Sampling

/// Unlabelled images teach by what the network is sure of: the answer to a weak view is the label of a strong view.
///
/// Unlabelled are the images of `--unlabelled` and those of the training part, without their labels.
///
/// Departs from the paper: strong views are RandAugment of two steps and a cut-out behind the run's own
/// augmentation; the learning rate follows the run's schedule.
public struct FixMatch: Method, Equatable {
  /// Name on the command line.
  public static let name = "fixmatch"
  /// One line for lists of methods.
  public static let summary = "learns from unlabelled images that it is sure of"
  /// Where it was published.
  public static let citation = Citation(
    authors: "Sohn, Berthelot, Li, Zhang, Carlini, Cubuk, Kurakin, Zhang, Raffel",
    title: "FixMatch: Simplifying Semi-Supervised Learning with Consistency and Confidence",
    venue: "NeurIPS 2020", link: "https://arxiv.org/abs/2001.07685")
  /// When to use it, what its paper claims, and what may be set.
  public static let guide = Guide(
    .transfer,
    use: "Use it where there are many more images without labels, of the same source.",
    avoid:
      "Avoid it where unlabelled images come from elsewhere: what it is sure of is then wrong, and common "
      + "classes win.",
    claim:
      "USB has 76.69 % for it beside 63.83 % of labels alone (CIFAR-10, 1,500 and 3,000 images of the "
      + "commonest class, 100:1).",
    settings: [
      "decay": "decay of the average that is evaluated, at least 0 and below 1",
      "lambda": "λ, weight of the unlabelled images, at least 0",
      "ratio": "μ, unlabelled images a step for each labelled one, at least 1",
      "threshold": "τ, how probable the guess must be, 0 to 1",
    ])

  /// τ, how sure the network must be; in `0...1`.
  public var threshold = 0.95
  /// λ, weight of the unlabelled rows; at least 0.
  public var lambda = 1.0
  /// μ, unlabelled images a step for each labelled one; at least 1.
  public var ratio = 7
  /// Decay of the average that becomes the model, in `0..<1`.
  public var decay = 0.999

  /// The published values.
  public init() {}

  /// Every value must be in its range.
  public var problems: [HyperparameterProblem] {
    [
      .unlessUnit("threshold", threshold, closed: true), .unlessNonNegative("lambda", lambda),
      .unlessPositive("ratio", Double(ratio)), .unlessUnit("decay", decay, closed: false),
    ].compactMap(\.self)
  }

  /// One stage.
  ///
  /// - Precondition: `problems` is empty.
  public func stages(for classes: ClassCounts) -> [Stage] {
    [
      Stage(
        PseudoLabelling(threshold: threshold, weight: lambda),
        unlabelled: UnlabelledStream(views: PseudoLabelling.views, ratio: ratio),
        teacher: Teacher(decay: decay, isModel: true))
    ]
  }
}
