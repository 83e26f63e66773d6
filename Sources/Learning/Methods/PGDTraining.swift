import Losses
public import Plans
public import Sampling

/// Adversarial training: every batch is attacked before the network learns from it.
///
/// Departs from the paper: the attack sees batch statistics without recording them, and the learning rate
/// follows the run's schedule. For rare classes it is a warning as much as a method: they lose most.
public struct PGDTraining: Method, Equatable {
  /// Name on the command line.
  public static let name = "pgd"
  /// One line for lists of methods.
  public static let summary = "learns from images changed, within a bound, to be mistaken"
  /// Where it was published.
  public static let citation = Citation(
    authors: "Madry, Makelov, Schmidt, Tsipras, Vladu",
    title: "Towards Deep Learning Models Resistant to Adversarial Attacks", venue: "ICLR 2018",
    link: "https://arxiv.org/abs/1706.06083")
  /// When to use it, what its paper claims, and what may be set.
  public static let guide = Guide(
    .robustness,
    use: "Use it where images may be changed on purpose.",
    avoid:
      "Avoid it where only ordinary accuracy counts: it costs accuracy, of rare classes most, and eleven "
      + "passes a step.",
    claim:
      "Madry et al. report robustness to the attack that they train with; numbers were not checked here.",
    settings: [
      "radius": "ε, how far any pixel may move, in the scale 0 to 1, at least 0",
      "step": "how far it moves in a step, in the scale 0 to 1, at least 0",
      "steps": "steps of the attack, at least 1",
    ])

  /// ε: how far any pixel may move, in the scale 0…1; at least 0.
  public var radius = 8.0 / 255
  /// How far it moves in a step, in the scale 0…1; at least 0.
  public var step = 2.0 / 255
  /// Steps of the attack, at least 1.
  public var steps = 10

  /// The published values.
  public init() {}

  /// Every value must be in its range.
  public var problems: [HyperparameterProblem] {
    [
      .unlessNonNegative("radius", radius), .unlessNonNegative("step", step),
      .unlessPositive("steps", Double(steps)),
    ].compactMap(\.self)
  }

  /// One stage.
  ///
  /// - Precondition: `problems` is empty.
  public func stages(for classes: ClassCounts) -> [Stage] {
    [Stage(Adversarial(attack: ProjectedGradient(radius: radius, step: step, steps: steps)))]
  }
}
