import Losses
public import Plans
public import Sampling

/// Cross-entropy on images of which classes rarer than a threshold are repeated, √(t / f) times.
///
/// Departs from the paper: an epoch is N of the repeated rows; where the target is a class an image
/// has that one label.
public struct RepeatFactor: Method, Equatable {
  /// Name on the command line.
  public static let name = "repeat-factor"
  /// One line for lists of methods.
  public static let summary = "cross-entropy, classes below a frequency repeated by a square root"
  /// Where it was published.
  public static let citation = Citation(
    authors: "Gupta, Dollár, Girshick",
    title: "LVIS: A Dataset for Large Vocabulary Instance Segmentation",
    venue: "CVPR 2019", link: "https://arxiv.org/abs/1908.03195")
  /// When to use it.
  public static let guide = Guide(
    .resampling,
    use:
      "With many classes, where only the very rare ones shall come more often and the rest stay"
      + " as they are.",
    avoid:
      "With few classes, none rarer than the threshold: it is then plain training; raise it or"
      + " take square-root.",
    claim:
      "Its numbers on LVIS were not checked and are not repeated.",
    settings: [
      "threshold":
        "t, the part of the training images below which a class is repeated; above 0, up to 1"
    ])

  /// t, a frequency above 0 and up to 1.
  public var threshold = 0.001

  /// The published threshold.
  public init() {}

  /// `threshold` must be above 0 and up to 1.
  public var problems: [HyperparameterProblem] {
    threshold > 0 && threshold <= 1
      ? [] : [.init(name: "threshold", value: threshold, expected: "above 0 and up to 1")]
  }

  /// Of several labels, as the paper has it: sigmoid cross-entropy, an example as often as the rarest of its labels asks.
  public func stages(for table: LabelTable) -> [Stage]? {
    [.ofLabels(SigmoidCrossEntropy(), RepeatFactorSampler(threshold: threshold))]
  }

  /// One stage.
  ///
  /// - Precondition: `problems` is empty.
  public func stages(for classes: ClassCounts) -> [Stage] {
    [Stage(Supervised(), samplers: [RepeatFactorSampler(threshold: threshold)])]
  }
}
