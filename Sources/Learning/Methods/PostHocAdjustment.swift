public import Plans
public import Sampling

/// Logit adjustment after training: plain training, then z − τ ln π, which stands in the bias of the model.
///
/// The least that can be done about imbalance, and it can be undone: the shift is a constant. Do not have it after a loss
/// that corrects already (`balanced-softmax`, `logit-adjustment`, `vs`), nor a prior in `steelyard decide` besides.
///
/// With `search` τ is chosen by balanced accuracy on the validation part, and the run says which (`choices.json`).
///
/// Departs from the paper: nowhere at τ = 1; the epoch is chosen on validation as plain training answers.
public struct PostHocAdjustment: Method, Equatable {
  /// Name on the command line.
  public static let name = "logit-adjustment-posthoc"
  /// One line for lists of methods.
  public static let summary =
    "plain training, then the log of the class frequencies taken off the logits"
  /// Where it was published.
  public static let citation = Citation(
    authors: "Menon, Jayasumana, Rawat, Jain, Veit, Kumar",
    title: "Long-Tail Learning via Logit Adjustment", venue: "ICLR 2021",
    link: "https://arxiv.org/abs/2007.07314")
  /// When to use it.
  public static let guide = Guide(
    .logitAdjustment,
    use:
      "Where every class counts alike and training shall stay as it is; on top of mixup it is"
      + " among the strongest of the cheap ones.",
    avoid:
      "After a loss or a sampler that corrects already, or before steelyard decide"
      + " --target-prior: either corrects a second time.",
    claim:
      "Its numbers were not checked and are not repeated; on the toy LT-Gauss it has 55.3 % "
      + "where plain training has 50.0 % (Results/gauss.md).",
    settings: [
      "search": "true or false: whether τ is chosen on validation, among 0, .05, …, 3",
      "tau":
        "τ, at least 0; 0 is erm, 1 answers for balanced classes; used where it is not searched",
    ])

  /// τ, at least 0; 0 is `erm`; used where it is not searched, or nothing is there to search on.
  public var tau = 1.0
  /// Whether τ is chosen on validation.
  public var search = false

  /// The published τ.
  public init() {}

  /// `tau` must be at least 0.
  public var problems: [HyperparameterProblem] {
    [.unlessNonNegative("tau", tau)].compactMap(\.self)
  }

  /// One stage, whose last layer is changed at the end.
  ///
  /// - Precondition: `problems` is empty.
  public func stages(for classes: ClassCounts) -> [Stage] {
    var stage = Stage(Supervised())
    stage.closing = [PriorShift(classes.priors, tau: tau, searches: search)]
    return [stage]
  }
}
