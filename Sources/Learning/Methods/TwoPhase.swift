public import Plans
public import Sampling

/// Two-phase training: the network on balanced classes, then its last layer on the images as they come.
///
/// The reverse of `crt`: the features are learnt of all classes alike, the last layer learns how common they are. Its
/// answers are those of the data's frequencies.
///
/// Departs from the paper: the second phase is a part of `--epochs`; each goes on from its best epoch on validation.
public struct TwoPhase: Method, Equatable {
  /// Name on the command line.
  public static let name = "two-phase"
  /// One line for lists of methods.
  public static let summary = "trains on balanced classes, then the last layer as the data come"
  /// Where it was published.
  public static let citation = Citation(
    authors: "Buda, Maki, Mazurowski",
    title: "A systematic study of the class imbalance problem in convolutional neural networks",
    venue: "Neural Networks 2018", link: "https://arxiv.org/abs/1710.05381")
  /// When to use it.
  public static let guide = Guide(
    .decoupled,
    use:
      "Where probabilities at the frequencies of the data are wanted and rare classes shall have"
      + " had a part in the features.",
    avoid: "Where every class counts alike: over-sampling or crt find more of the rare ones.",
    claim:
      "Nothing is repeated here; its numbers were not checked.",
    settings: [
      "under": "true balances by under-sampling in the first phase, false by over-sampling",
      "share": "part of the run that the second phase takes, above 0 and below 1",
      "rate": "learning rate of the second phase over that of the first; above 0",
    ])

  /// Whether the first phase leaves images of common classes out, instead of repeating those of rare ones.
  public var under = false
  /// Part of the run that the second phase takes, above 0 and below 1.
  public var share = 0.1
  /// Learning rate of the second phase over that of the first; above 0.
  public var rate = 1.0

  /// Over-sampling first.
  public init() {}

  /// Both numbers must be in their ranges.
  public var problems: [HyperparameterProblem] {
    [.unlessProperFraction("share", share), .unlessPositive("rate", rate)].compactMap(\.self)
  }

  /// Two stages.
  ///
  /// - Precondition: `problems` is empty.
  public func stages(for classes: ClassCounts) -> [Stage] {
    let balanced: any Sampler = under ? UnderSampler() : OverSampler()
    var second = Stage(Supervised(), fraction: share)
    second.trains = .heads
    second.rate = .restarts(factor: rate)
    return [Stage(Supervised(), samplers: [balanced], fraction: 1 - share), second]
  }
}
