import Losses
public import Plans
public import Sampling

/// Deferred re-weighting: plain training, and late in the run weights of the effective number of images of a class.
///
/// Departs from the paper: the weights come in at a part of the run, `start`, that is the paper's epoch 160 of 200; the
/// learning rate follows the run's schedule, where the paper's falls when the weights come in.
public struct DeferredReweighting: Method, Equatable {
  /// Name on the command line.
  public static let name = "drw"
  /// One line for lists of methods.
  public static let summary = "plain training, then cross-entropy weighted for rare classes"
  /// Where it was published.
  public static let citation = Citation(
    authors: "Cao, Wei, Gaidon, Arechiga, Ma",
    title: "Learning Imbalanced Datasets with Label-Distribution-Aware Margin Loss",
    venue: "NeurIPS 2019", link: "https://arxiv.org/abs/1906.07413")
  /// When to use it, what its paper claims, and what may be set.
  public static let guide = Guide(
    .classSensitive,
    use: "Use it where weights from the start hurt: the features are learnt first.",
    avoid: "Avoid it in short runs, whose last fifth is a few steps.",
    claim:
      "The Bag of Tricks has errors of 25.18 % (CIFAR-10-LT) and 58.38 % (CIFAR-100-LT, both 100:1) for "
      + "weights that come in late, beside 29.64 % and 61.68 % of plain training.",
    settings: [
      "beta": "β of the effective number, at least 0 and below 1; near 1 the weights are 1 / n",
      "start": "part of the run after which the weights come in, 0 to 1",
    ])

  /// β of the effective number, in `0..<1`.
  public var beta = 0.9999
  /// Part of the run after which the weights come in, in `0...1`; 1 is `erm`.
  public var start = 0.8

  /// The published values.
  public init() {}

  /// Both must be in their ranges.
  public var problems: [HyperparameterProblem] {
    [
      .unlessUnit("beta", beta, closed: false), .unlessUnit("start", start, closed: true),
    ].compactMap(\.self)
  }

  /// One stage.
  ///
  /// - Precondition: `problems` is empty.
  public func stages(for classes: ClassCounts) -> [Stage] {
    var loss = AdjustedCrossEntropy()
    loss.weights = .effectiveNumber(classes, beta: beta, start: start)
    return [Stage(Supervised(loss))]
  }
}
