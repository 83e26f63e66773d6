public import Plans
public import Sampling

/// On unlabelled images the network agrees with the running average of itself, which becomes the model.
///
/// Unlabelled are the images of `--unlabelled` and those of the training part, without their labels.
///
/// Departs from the paper: the average's decay rises as 1 − k^(−2/3) to its end, where the paper's has two values; the
/// weight rises over a part of the run, where the paper counts steps.
public struct MeanTeacher: Method, Equatable {
  /// Name on the command line.
  public static let name = "mean-teacher"
  /// One line for lists of methods.
  public static let summary = "agrees on unlabelled images with the running average of itself"
  /// Where it was published.
  public static let citation = Citation(
    authors: "Tarvainen, Valpola",
    title:
      "Mean Teachers Are Better Role Models: Weight-Averaged Consistency Targets Improve "
      + "Semi-Supervised Deep Learning Results",
    venue: "NeurIPS 2017", link: "https://arxiv.org/abs/1703.01780")
  /// When to use it, what its paper claims, and what may be set.
  public static let guide = Guide(
    .transfer,
    use:
      "Use it where there are images without labels and guesses of single images are too unsure.",
    avoid: "Avoid it in short runs: its weight grows over the first part of the run.",
    claim:
      "Tarvainen and Valpola report it on SVHN, CIFAR-10 and ImageNet with few labels; numbers were not "
      + "checked here.",
    settings: [
      "decay": "decay of the average, at least 0 and below 1",
      "ramp": "part of the run after which the weight is whole, 0 to 1",
      "ratio": "unlabelled images a step for each labelled one, at least 1",
      "weight": "w, weight of the agreement, at least 0",
    ])

  /// w, weight of the agreement; at least 0.
  public var weight = 100.0
  /// T, the part of the run after which the weight is whole; in `0...1`.
  public var ramp = 0.25
  /// μ, unlabelled images a step for each labelled one; at least 1.
  public var ratio = 1
  /// Decay of the average, in `0..<1`.
  public var decay = 0.999

  /// The published values.
  public init() {}

  /// Every value must be in its range.
  public var problems: [HyperparameterProblem] {
    [
      .unlessNonNegative("weight", weight), .unlessUnit("ramp", ramp, closed: true),
      .unlessPositive("ratio", Double(ratio)), .unlessUnit("decay", decay, closed: false),
    ].compactMap(\.self)
  }

  /// One stage.
  ///
  /// - Precondition: `problems` is empty.
  public func stages(for classes: ClassCounts) -> [Stage] {
    [
      Stage(
        Consistency(weight: weight, rampUp: ramp),
        unlabelled: UnlabelledStream(views: Consistency.views, ratio: ratio),
        teacher: Teacher(decay: decay, isModel: true))
    ]
  }
}
