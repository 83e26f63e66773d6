import Losses
public import Plans
public import Sampling

/// Balanced Meta-Softmax: plain training, then a new last layer by balanced softmax, whose classes count at rates that are
/// learnt so that a step of it helps on balanced classes.
///
/// Departs from the paper: rates are weights of rows and no draws, and the step that they are judged by is one of plain
/// gradient descent (``Plans/MetaSampled``); the second stage is a part of `--epochs` (2,000 of 15,000 steps on CIFAR-LT) and
/// has the run's batch size, 512 in the paper; what judges are training rows, as in its code for CIFAR-LT, where its code for
/// ImageNet-LT takes validation rows.
public struct BalancedMetaSoftmax: Method, Equatable {
  /// Name on the command line.
  public static let name = "balms"
  /// One line for lists of methods.
  public static let summary =
    "plain training, then balanced softmax of the last layer at learnt rates of classes"
  /// Where it was published.
  public static let citation = BalancedSoftmax.citation
  /// When to use it.
  public static let guide = Guide(
    .logitAdjustment,
    use:
      "So many classes that balanced softmax on balanced draws goes too far, and nobody wants to tune how far it goes.",
    avoid:
      "Few classes or few steps: rates that start alike have no time to move, and it is balanced softmax of the last layer.",
    claim:
      "82.2 % on CIFAR-10-LT and 48.0 % on CIFAR-100-LT at an imbalance of 200, with AutoAugment and Cutout, where balanced "
      + "softmax in one stage has 79.8 and 46.7 %.",
    settings: [
      "share": "part of the run that the second stage takes, above 0 and below 1",
      "rate": "learning rate of the second stage over that of the first, above 0",
      "step": "rate of the step of the last layer by which rates are judged, from 0; 0 learns none",
      "meta": "learning rate of the rates themselves (Adam), from 0; 0 leaves them alike",
    ])

  /// Part of the run that the second stage takes, above 0 and below 1.
  public var share = 2.0 / 15
  /// Learning rate of the second stage over that of the first; above 0.
  public var rate = 1.0
  /// η, rate of the step by which the classes' rates are judged; at least 0.
  public var step = 0.1
  /// Learning rate of the classes' rates, at least 0.
  public var meta = 0.01

  /// The published values.
  public init() {}

  /// Every value must be in its range.
  public var problems: [HyperparameterProblem] {
    [
      .unlessProperFraction("share", share), .unlessPositive("rate", rate),
      .unlessNonNegative("step", step), .unlessNonNegative("meta", meta),
    ].compactMap(\.self)
  }

  /// Two stages.
  ///
  /// - Precondition: `problems` is empty.
  public func stages(for classes: ClassCounts) -> [Stage] {
    var second = Stage(
      MetaSampled(
        AdjustedCrossEntropy.balancedSoftmax(classes), classes: classes, step: step, rate: meta),
      samplers: [UniformSampler(), ClassAwareSampler()], fraction: share)
    second.opening = [NewHead()]
    second.trains = .heads
    second.rate = .restarts(factor: rate)
    return [Stage(Supervised(), fraction: 1 - share), second]
  }
}
