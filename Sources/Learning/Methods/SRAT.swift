import Losses
public import Plans
public import Sampling

/// Separable, re-weighted adversarial training: attacked batches, deferred weights of rare classes, and features
/// of different classes kept apart so that the weights do not cost the common ones.
///
/// Departs from the paper: the contrast is taken of the features themselves, without a projection; the
/// weights come in at a part of the run, `start`, that is the paper's epoch 160 of 200, and are those of the
/// effective number.
public struct SRAT: Method, Equatable {
  /// Name on the command line.
  public static let name = "srat"
  /// One line for lists of methods.
  public static let summary =
    "adversarial training with deferred weights and separated features for rare classes"
  /// Where it was published.
  public static let citation = Citation(
    authors: "Wang, Xu, Liu, Li, Thuraisingham, Tang",
    title: "Imbalanced Adversarial Training with Reweighting", venue: "ICDM 2022",
    link: "https://arxiv.org/abs/2107.13639")
  /// When to use it, what its paper claims, and what may be set.
  public static let guide = Guide(
    .robustness,
    use: "Use it where training against attacks is wanted and classes are rare.",
    avoid: "Avoid it where only ordinary accuracy counts: it costs eleven passes a step.",
    claim:
      "Wang et al. report gains for rare classes over plain adversarial training on CIFAR-10 and SVHN; "
      + "numbers were not checked here.",
    settings: [
      "beta": "β of the effective number, at least 0 and below 1; near 1 the weights are 1 / n",
      "lambda": "λ, weight of the contrast, at least 0",
      "radius": "ε, how far any pixel may move, in the scale 0 to 1, at least 0",
      "start": "part of the run after which the weights come in, 0 to 1",
      "step": "how far it moves in a step, in the scale 0 to 1, at least 0",
      "steps": "steps of the attack, at least 1",
      "temperature": "τ of the contrast between features, above 0",
    ])

  /// ε: how far any pixel may move, in the scale 0…1; at least 0.
  public var radius = 8.0 / 255
  /// How far it moves in a step, in the scale 0…1; at least 0.
  public var step = 2.0 / 255
  /// Steps of the attack, at least 1.
  public var steps = 10
  /// β of the effective number, in `0..<1`.
  public var beta = 0.9999
  /// Part of the run after which the weights come in, in `0...1`; 1 is without them.
  public var start = 0.8
  /// λ of the contrast between features, at least 0.
  public var lambda = 2.0
  /// τ of the contrast, above 0.
  public var temperature = 0.07

  /// The published values.
  public init() {}

  /// Every value must be in its range.
  public var problems: [HyperparameterProblem] {
    [
      .unlessNonNegative("radius", radius), .unlessNonNegative("step", step),
      .unlessPositive("steps", Double(steps)), .unlessUnit("beta", beta, closed: false),
      .unlessUnit("start", start, closed: true), .unlessNonNegative("lambda", lambda),
      .unlessPositive("temperature", temperature),
    ].compactMap(\.self)
  }

  /// One stage.
  ///
  /// - Precondition: `problems` is empty.
  public func stages(for classes: ClassCounts) -> [Stage] {
    var loss = AdjustedCrossEntropy()
    loss.weights = .effectiveNumber(classes, beta: beta, start: start)
    return [
      Stage(
        Adversarial(
          loss, attack: ProjectedGradient(radius: radius, step: step, steps: steps),
          separation: (SupervisedContrast(temperature: temperature), lambda)))
    ]
  }
}
