public import Plans
public import Sampling

/// Deferred re-sampling: plain training, and late in the run every class drawn equally often.
///
/// Departs from the paper: balanced sampling comes in at a part of the run, `start`, that is the paper's epoch 160 of
/// 200; the learning rate follows the run's schedule, where the paper's falls when it comes in; the model is the
/// best epoch of the second part.
public struct DeferredResampling: Method, Equatable {
  /// Name on the command line.
  public static let name = "drs"
  /// One line for lists of methods.
  public static let summary = "plain training, then every class drawn equally often"
  /// Where it was published.
  public static let citation = Citation(
    authors: "Cao, Wei, Gaidon, Arechiga, Ma",
    title: "Learning Imbalanced Datasets with Label-Distribution-Aware Margin Loss",
    venue: "NeurIPS 2019", link: "https://arxiv.org/abs/1906.07413")
  /// When to use it, what its paper claims, and what may be set.
  public static let guide = Guide(
    .resampling,
    use: "Use it where balanced sampling from the start hurts the features.",
    avoid: "Avoid it in short runs, whose last fifth is a few steps.",
    claim:
      "The Bag of Tricks has errors of 24.93 % (CIFAR-10-LT) and 59.36 % (CIFAR-100-LT, both 100:1) beside "
      + "29.64 % and 61.68 % of plain training.",
    settings: [
      "start": "part of the run after which classes are drawn equally often, above 0 and below 1"
    ])

  /// Part of the run after which every class is drawn equally often, above 0 and below 1.
  public var start = 0.8

  /// The published value.
  public init() {}

  /// `start` must be in its range.
  public var problems: [HyperparameterProblem] {
    [.unlessProperFraction("start", start)].compactMap(\.self)
  }

  /// Two stages; weights and optimiser go on from the last epoch of the first.
  ///
  /// - Precondition: `problems` is empty.
  public func stages(for classes: ClassCounts) -> [Stage] {
    var first = Stage(Supervised(), fraction: start)
    first.chooses = .last
    var second = Stage(Supervised(), samplers: [ClassBalancedSampler()], fraction: 1 - start)
    second.keepsOptimizer = true
    return [first, second]
  }
}
