import Losses
public import Networks
public import Plans
public import Sampling

/// Sigmoid cross-entropy: each class against the rest, the last layer biased so that it begins with the classes'
/// shares.
///
/// With `alpha` above 0 on the batches of Balanced-MixUp; the shares are then those of what is drawn. Probabilities are
/// σ(z_c) / Σ σ(z).
///
/// Departs from the paper: the bias is that of each class's share, as Chen et al. 2019 count it, where the paper takes
/// 1 / C for all; the weights of the last layer begin at 0, pretrained or not, so that the shares are exact. The
/// paper's class weights are `cb-loss`'s.
public struct SigmoidBCE: Method, Equatable {
  /// Name on the command line.
  public static let name = "sigmoid-bce"
  /// One line for lists of methods.
  public static let summary = "each class against the rest, beginning with the classes' shares"
  /// Where it was published.
  public static let citation = Citation(
    authors: "Cui, Jia, Lin, Song, Belongie",
    title: "Class-Balanced Loss Based on Effective Number of Samples", venue: "CVPR 2019",
    link: "https://arxiv.org/abs/1901.05555")
  /// When to use it, what its paper claims, and what may be set.
  public static let guide = Guide(
    .otherTargets,
    use: "Use it where an image may show several findings, or none of the classes.",
    avoid: "Avoid it where exactly one class is true of every image: a softmax knows that.",
    claim:
      "Cui et al. begin the last layer with the classes' shares so that common negatives do not swamp the "
      + "first steps.",
    settings: [
      "alpha":
        "first parameter of Balanced-MixUp's Beta distribution, at least 0; 0 blends nothing",
      "prior": "true or false: whether the last layer begins with the classes' shares",
    ])

  /// Whether the last layer begins with the classes' shares.
  public var prior = true
  /// First parameter of Balanced-MixUp's Beta distribution, at least 0; 0 blends nothing.
  public var alpha = 0.0

  /// With the bias, and nothing blended.
  public init() {}

  /// `alpha` must be at least 0.
  public var problems: [HyperparameterProblem] {
    [.unlessNonNegative("alpha", alpha)].compactMap(\.self)
  }

  /// Decodes one class against the rest.
  public var network: NetworkForm { NetworkForm(decoding: .sigmoid) }

  /// Of several labels: the same losses, a mean over known entries, the last layer beginning with the share of each label
  /// in what is drawn; with `alpha` above 0 on the batches of `balanced-mixup`.
  public func stages(for table: LabelTable) -> [Stage]? {
    let stage = Stage.ofLabels(SigmoidCrossEntropy(), blending: alpha)
    return [prior ? stage.beginning(withSharesOf: table) : stage]
  }

  /// One stage.
  ///
  /// - Precondition: `problems` is empty; two classes or more.
  public func stages(for classes: ClassCounts) -> [Stage] {
    var stage = Stage.of(SigmoidCrossEntropy(), blending: alpha)
    if prior {
      stage.opening = [PriorBias(stage.expectedLabelMass(for: classes, progress: 0))]
    }
    return [stage]
  }
}
