import Losses
public import Networks
public import Plans
public import Sampling

/// RIDE: experts over a shared trunk, each with margins and late weights for rare classes, that are rewarded for
/// answering unlike their mean; the more so, late in the run, about rare classes. The mean of their logits answers.
///
/// Departs from the paper: experts have their late stages at full width, where the paper's narrow them; the weights and
/// temperatures come in at a part of the run, `start`, that is the paper's epoch 160 of 200; all experts see every image:
/// the paper's second stage, a router that lets easy images out after few experts, would need a readout with parameters
/// of its own and a network whose branches run one after another, and neither is there. It saves time and does not make
/// the answers better. There is no distillation from a larger ensemble.
public struct RIDE: Method, Equatable {
  /// Name on the command line.
  public static let name = "ride"
  /// One line for lists of methods.
  public static let summary =
    "experts that differ, each with margins and late weights for rare classes"
  /// Where it was published.
  public static let citation = Citation(
    authors: "Wang, Lian, Miao, Liu, Yu",
    title: "Long-tailed Recognition by Routing Diverse Distribution-Aware Experts",
    venue: "ICLR 2021", link: "https://arxiv.org/abs/2010.01809")

  /// Experts, 1 to 64.
  public var experts = 3
  /// λ of the diversity, at least 0.
  public var diversity = 0.2
  /// f, how far temperatures of classes follow their frequency, in `0..<1`.
  public var factor = 0.05
  /// Margin of the rarest class, of a cosine; at least 0; 0 is cross-entropy.
  public var margin = 0.5
  /// s, the scale of the cosine heads; above 0.
  public var scale = 30.0
  /// β of the effective number, in `0..<1`.
  public var beta = 0.9999
  /// Part of the run after which weights and temperatures come in, in `0...1`.
  public var start = 0.8

  /// The published values.
  public init() {}

  /// When to use it.
  public static let guide = Guide(
    .ensemble,
    use:
      "Rare classes matter, common ones must not suffer, and a model may cost more than one network.",
    avoid:
      "Time or memory of the model is short, or there are so few images that experts differ by chance.",
    claim:
      "48.6 % on CIFAR-100-LT (100:1) with three experts and without distillation, where a "
      + "plain network has 39.1 %.",
    settings: [
      "experts": "number of experts, 1 to 64; a whole number",
      "diversity": "how much experts gain by differing, from 0; 0 is without",
      "factor": "how far temperatures of classes follow their frequency, from 0 to below 1",
      "margin": "margin of the rarest class, of a cosine, from 0; 0 is cross-entropy",
      "scale": "scale of the cosine heads, above 0",
      "beta": "of the effective number behind the weights of classes, from 0 to below 1",
      "start": "part of the run after which weights and temperatures come in, 0 to 1",
    ])

  /// Every value must be in its range.
  public var problems: [HyperparameterProblem] {
    [
      .unlessWithin(1...64, "experts", Double(experts)), .unlessNonNegative("diversity", diversity),
      .unlessUnit("factor", factor, closed: false), .unlessNonNegative("margin", margin),
      .unlessPositive("scale", scale), .unlessUnit("beta", beta, closed: false),
      .unlessUnit("start", start, closed: true),
    ].compactMap(\.self)
  }

  /// Branches with late stages and cosine heads of their own; the mean of their logits answers.
  public var network: NetworkForm { NetworkForm(head: .cosine(scale: scale), branches: experts) }

  /// One stage.
  ///
  /// - Precondition: `problems` is empty.
  public func stages(for classes: ClassCounts) -> [Stage] {
    let loss = AdjustedCrossEntropy.ldam(
      classes, margin: margin, scale: scale,
      weights: .effectiveNumber(classes, beta: beta, start: start))
    let differing = ExpertDiversity(
      weight: diversity,
      temperatures: ExpertDiversity.temperatures(for: classes, factor: factor), start: start)
    return [
      Stage(
        Experts(
          (1...experts).map { ("expert-\($0)", loss) }, diversity: diversity > 0 ? differing : nil))
    ]
  }
}
