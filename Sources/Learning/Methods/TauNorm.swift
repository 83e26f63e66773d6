public import Plans
public import Sampling

/// τ-normalisation: the network as the data come, then w_c ← w_c / ‖w_c‖^τ without a bias.
///
/// Departs from the paper: τ is chosen by balanced accuracy on the validation part, where the paper has a
/// balanced one.
public struct TauNorm: Method, Equatable {
  /// Name on the command line.
  public static let name = "tau-norm"
  /// One line for lists of methods.
  public static let summary =
    "plain training, then the weights of each class brought to like length"
  /// Where it was published.
  public static let citation = Citation(
    authors: "Kang, Xie, Rohrbach, Yan, Gordo, Feng, Kalantidis",
    title: "Decoupling Representation and Classifier for Long-Tailed Recognition",
    venue: "ICLR 2020", link: "https://arxiv.org/abs/1910.09217")
  /// When to use it, what its paper claims, and what may be set.
  public static let guide = Guide(
    .decoupled,
    use:
      "Use it where nothing more may be trained: it changes the lengths of the last layer's weights.",
    avoid: "Avoid it with a cosine head, whose weights have one length already.",
    claim:
      "On ImageNet-LT with ResNeXt-50, Kang et al. have 49.4 % for it beside 44.4 % for joint training.",
    settings: [
      "search": "true or false: whether τ is chosen on validation",
      "tau":
        "τ, the power of the length that weights are divided by, 0 to 1; used where it is not searched",
    ])

  /// τ, in `0...1`; used where it is not searched, or nothing is there to search on.
  public var tau = 1.0
  /// Whether τ is chosen on validation.
  public var search = true

  /// The published values.
  public init() {}

  /// Every value must be in its range.
  public var problems: [HyperparameterProblem] {
    [.unlessUnit("tau", tau, closed: true)].compactMap(\.self)
  }

  /// One stage, whose last layer is changed at the end.
  ///
  /// - Precondition: `problems` is empty.
  public func stages(for classes: ClassCounts) -> [Stage] {
    var stage = Stage(Supervised())
    stage.closing = [TauNormalization(tau: tau, searches: search)]
    return [stage]
  }
}
