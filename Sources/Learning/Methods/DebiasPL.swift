public import Plans
public import Sampling

/// FixMatch in which no class is favoured: what the network says of unlabelled images on the whole is taken off its
/// answers before they become labels, and added to the logits that learn from them.
///
/// Unlabelled are the images of `--unlabelled` and those of the training part, without their labels.
///
/// Departs from the paper: views are those of `fixmatch`; the learning rate follows the run's schedule; there is no term
/// of groups (CLD), which the authors' code leaves off too unless asked.
public struct DebiasPL: Method, Equatable {
  /// Name on the command line.
  public static let name = "debiaspl"
  /// One line for lists of methods.
  public static let summary = "learns from unlabelled images without favouring what it says most"
  /// Where it was published.
  public static let citation = Citation(
    authors: "Wang, Wu, Lian, Yu",
    title: "Debiased Learning from Naturally Imbalanced Pseudo-Labels", venue: "CVPR 2022",
    link: "https://arxiv.org/abs/2201.01490")

  /// τ, how sure the network must be; in `0...1`.
  public var threshold = 0.95
  /// λ, weight of the unlabelled rows; at least 0.
  public var lambda = 1.0
  /// μ, unlabelled images a step for each labelled one; at least 1.
  public var ratio = 7
  /// Decay of the average that becomes the model, in `0..<1`.
  public var decay = 0.999
  /// How much of what is said on the whole is taken off, at least 0; 0 is FixMatch.
  public var debias = 0.5
  /// Decay of what is said on the whole, in `0..<1`.
  public var memory = 0.999

  /// The published values.
  public init() {}

  /// When to use it.
  public static let guide = Guide(
    .transfer,
    use: "Many unlabelled images, few labels, and pseudo-labels that flow to the common classes.",
    avoid: "The unlabelled images are as imbalanced as the labelled ones and the test set is too.",
    claim:
      "Its numbers were not checked and are not repeated.",
    settings: [
      "threshold": "how sure the network must be, 0 to 1",
      "lambda": "weight of the unlabelled rows, from 0",
      "ratio": "unlabelled images a step for each labelled one, from 1; a whole number",
      "decay": "decay of the average that becomes the model, from 0 to below 1",
      "debias": "how much of what is said on the whole is taken off, from 0; 0 is fixmatch",
      "memory": "decay of what is said on the whole, from 0 to below 1",
    ])

  /// Every value must be in its range.
  public var problems: [HyperparameterProblem] {
    [
      .unlessUnit("threshold", threshold, closed: true), .unlessNonNegative("lambda", lambda),
      .unlessPositive("ratio", Double(ratio)), .unlessUnit("decay", decay, closed: false),
      .unlessNonNegative("debias", debias), .unlessUnit("memory", memory, closed: false),
    ].compactMap(\.self)
  }

  /// One stage.
  ///
  /// - Precondition: `problems` is empty.
  public func stages(for classes: ClassCounts) -> [Stage] {
    [
      Stage(
        PseudoLabelling(
          threshold: threshold, weight: lambda,
          debiasing: Debiasing(strength: debias, decay: memory)),
        unlabelled: UnlabelledStream(views: PseudoLabelling.views, ratio: ratio),
        teacher: Teacher(decay: decay, isModel: true))
    ]
  }
}
