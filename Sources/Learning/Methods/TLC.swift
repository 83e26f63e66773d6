import Losses
public import Networks
public import Plans
public import Sampling

/// TLC: experts whose logits are read as evidence, so that each says how sure it is; an expert learns of, and answers for,
/// the rows that those before it were unsure of. Predictions have a column with the uncertainty that is left, and one with
/// how many experts a row engaged.
///
/// Departs from the paper: experts share the early stages, where the authors' share the first convolution alone; all experts
/// see every image at prediction, and how many were engaged is told and saves no time; in training an expert is engaged where
/// w over the largest w of the batch is above τ, as the authors' code has it, and at prediction where w itself is, for a row is
/// predicted by itself; the experts' shares of an answer
/// are normalised over the experts of a row, where the authors' code divides by a sum over the batch; class weights are
/// divided by their sum; weights and temperatures come in at a part of the run, `start`, that is the paper's epoch 160 of
/// 200, and the divergence grows with the part of the run that is over.
public struct TLC: Method, DiverseExperts, Equatable {
  /// Name on the command line.
  public static let name = "tlc"
  /// One line for lists of methods.
  public static let summary =
    "experts that say how sure they are, each for what those before it were unsure of"
  /// Where it was published.
  public static let citation = Citation(
    authors: "Li, Han, Li, Fu, Zhang",
    title: "Trustworthy Long-Tailed Classification", venue: "CVPR 2022",
    link: "https://arxiv.org/abs/2111.09030")

  /// Experts, 1 to 64.
  public var experts = 4
  /// λ of the diversity, at least 0.
  public var diversity = 0.01
  /// f, how far temperatures of classes follow their frequency, in `0..<1`.
  public var factor = 0.05
  /// Weight of the Dirichlet divergence at the end of the run, at least 0.
  public var divergence = 1.0 / 66
  /// η, how soft the experts' shares are; above 0.
  public var eta = 0.2
  /// τ, above which an expert counts as engaged, in `0..<1`.
  public var threshold = 0.54
  /// Margin of the rarest class, of a cosine; at least 0.
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
    use: "Predictions are to say how sure they are, so that doubtful ones can be looked at.",
    avoid: "A mistake far from all that was seen must be noticed: evidence is not small there.",
    claim:
      "49.8 % on CIFAR-100-LT (100:1) and 80.4 on CIFAR-10-LT with four experts, as tables of others have it.",
    settings: expertSettings(
      with: [
        "diversity": "how much experts gain by differing, from 0",
        "divergence": "weight of evidence for wrong classes at the end of the run, from 0",
        "eta": "how soft the experts' shares of an answer are, above 0",
        "threshold": "what must be left uncertain for an expert to be engaged, from 0 to below 1",
        "margin": "margin of the rarest class, of a cosine, from 0",
      ]))

  /// Every value must be in its range.
  public var problems: [HyperparameterProblem] {
    (expertProblems + [
      .unlessNonNegative("divergence", divergence), .unlessPositive("eta", eta),
      .unlessUnit("threshold", threshold, closed: false),
    ]).compactMap(\.self)
  }

  /// Branches with late stages and cosine heads of their own, whose shares of the answer are those of the evidence.
  public var network: NetworkForm {
    NetworkForm(
      head: .cosine(scale: scale), branches: experts,
      readout: .evidential(sharpness: eta, threshold: threshold))
  }

  /// One stage.
  ///
  /// - Precondition: `problems` is empty.
  public func stages(for classes: ClassCounts) -> [Stage] {
    let loss = EvidentialLoss(marginLoss(classes), divergence: divergence)
    return [Stage(differing(by: loss, classes, engagement: threshold))]
  }
}
