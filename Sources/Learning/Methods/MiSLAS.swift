import Losses
import Mixing
public import Plans
public import Sampling

/// MiSLAS: MixUp as the data come; then, every class drawn equally often, the last layer and a scale a class with labels
/// smoothed the more the commoner the class, while batch normalisation takes up the new shares (shift learning).
///
/// The scales learn at the rate of the first stage, the last layer at a part of it, as in the authors' code.
///
/// Departs from the paper: the second stage is a part of `--epochs` (10 of 210) and not 10 epochs more; each stage goes on
/// from its best epoch on validation. The defaults are those of CIFAR-100-LT; for ten classes the paper has head .3, tail 0, rate .5 and
/// no shift.
public struct MiSLAS: Method, Equatable {
  /// Name on the command line.
  public static let name = "mislas"
  /// One line for lists of methods.
  public static let summary =
    "MixUp, then last layer and scales on balanced classes, smoothed labels"
  /// Where it was published.
  public static let citation = Citation(
    authors: "Zhong, Cui, Liu, Jia", title: "Improving Calibration for Long-Tailed Recognition",
    venue: "CVPR 2021", link: "https://arxiv.org/abs/2104.00466")
  /// When to use it.
  public static let guide = Guide(
    .decoupled,
    use: "Rare classes and probabilities both matter, and there are epochs enough for MixUp.",
    avoid:
      "Fine-tuning in a few epochs, where MixUp slows learning; a world as imbalanced as the training set.",
    claim:
      "Accuracy 82.5 % on CIFAR-10-LT and 47.0 % on CIFAR-100-LT at an imbalance of 100 with calibration errors of 3.66 and "
      + "4.83 %, 52.7 % on ImageNet-LT with a ResNet-50; its first stage alone 72.8, 39.5 and 45.5 %.",
    settings: [
      "alpha": "both parameters of the Beta distribution of MixUp, above 0",
      "head": "part of the label of the commonest class that is spread over all, 0 to below 1",
      "tail": "that of the rarest class, 0 to below 1",
      "share": "part of the run that the second stage takes, above 0 and below 1",
      "rate":
        "learning rate of the last layer in the second stage over that of the first, above 0; its scales have that of the first",
      "shift":
        "whether batch normalisation takes up the statistics of balanced classes, true or false",
    ])

  /// Both parameters of the Beta distribution of MixUp; above 0.
  public var alpha = 1.0
  /// Part of the label of the commonest class that is spread over all, in `0..<1`.
  public var head = 0.4
  /// That of the rarest class, in `0..<1`.
  public var tail = 0.1
  /// Part of the run that the second stage takes, above 0 and below 1.
  public var share = 0.05
  /// Learning rate of the last layer in the second stage over that of the first; above 0. Its scales have that of the first.
  public var rate = 0.2
  /// Whether batch normalisation takes up the statistics of balanced classes.
  public var shift = true

  /// The published values.
  public init() {}

  /// Every value must be in its range.
  public var problems: [HyperparameterProblem] {
    [
      .unlessPositive("alpha", alpha), .unlessUnit("head", head, closed: false),
      .unlessUnit("tail", tail, closed: false), .unlessProperFraction("share", share),
      .unlessPositive("rate", rate),
    ].compactMap(\.self)
  }

  /// Two stages.
  ///
  /// - Precondition: `problems` is empty.
  public func stages(for classes: ClassCounts) -> [Stage] {
    let first = Stage(
      Supervised(CrossEntropy(), mixing: Mixup(alpha: alpha)), fraction: 1 - share)
    let loss = AdjustedCrossEntropy.labelAwareSmoothing(classes, head: head, tail: tail)
    var second = Stage(Supervised(loss), samplers: [ClassBalancedSampler()], fraction: share)
    second.opening = [ScaleHead()]
    second.trains = .heads
    second.shiftsStatistics = shift
    second.rate = .restarts(factor: rate)
    second.headRates = ["scale": 1 / rate]
    second.closing = [FoldScales()]
    return [first, second]
  }
}
