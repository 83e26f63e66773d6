import Losses
public import Plans
public import Sampling

/// The logit-adjusted loss: cross-entropy of z + τ ln π, so that the plain logits answer for balanced classes.
///
/// At equal τ it is `balanced-softmax` to the byte, found in the same year from the balanced error instead of from a
/// shift of the labels. They differ in use: this paper chooses τ on validation, by which the pull towards rare classes
/// is set, and has the same correction after training (`logit-adjustment-posthoc`); the other has τ = 1 and adds a
/// learned sampler. Do not have both: a correction after this loss corrects a second time.
///
/// Departs from the paper: nowhere; τ is not searched for.
public struct LogitAdjustment: Method, Equatable {
  /// Name on the command line.
  public static let name = "logit-adjustment"
  /// One line for lists of methods.
  public static let summary =
    "cross-entropy of logits raised by the log of the class frequencies, times tau"
  /// Where it was published.
  public static let citation = Citation(
    authors: "Menon, Jayasumana, Rawat, Jain, Veit, Kumar",
    title: "Long-Tail Learning via Logit Adjustment", venue: "ICLR 2021",
    link: "https://arxiv.org/abs/2007.07314")
  /// When to use it.
  public static let guide = Guide(
    .logitAdjustment,
    use: "A first choice where every class counts alike: no further cost, and one number to set.",
    avoid:
      "Where probabilities at the frequencies of the data are wanted, or a prior is to be put in"
      + " afterwards: then train erm and use steelyard decide, or logit-adjustment-posthoc.",
    claim:
      "Of BagofTricks-LT's CIFAR-10-LT at ratio 100: error 22.46 (as balanced softmax), of"
      + " cross-entropy 29.64.",
    settings: [
      "tau": "τ, at least 0; 0 is erm, 1 answers for balanced classes, more favours rare ones"
    ])

  /// τ, at least 0; 0 is `erm`.
  public var tau = 1.0

  /// The published τ.
  public init() {}

  /// `tau` must be at least 0.
  public var problems: [HyperparameterProblem] {
    [.unlessNonNegative("tau", tau)].compactMap(\.self)
  }

  /// One stage.
  ///
  /// - Precondition: `problems` is empty.
  public func stages(for classes: ClassCounts) -> [Stage] {
    [Stage(Supervised(AdjustedCrossEntropy.balancedSoftmax(classes, tau: tau)))]
  }
}
