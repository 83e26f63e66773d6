import Losses
import Mixing
public import Plans
public import Sampling

/// A rectangle of each image replaced by that of another image of its batch, labels by area.
///
/// Departs from the paper: its ImageNet runs mix every batch, those on CIFAR half of them, which is the default here.
public struct CutMixTraining: Method, Equatable {
  /// Name on the command line.
  public static let name = "cutmix"
  /// One line for lists of methods.
  public static let summary = "cross-entropy on images with a rectangle of another image"
  /// Where it was published.
  public static let citation = Citation(
    authors: "Yun, Han, Oh, Chun, Choe, Yoo",
    title: "CutMix: Regularization Strategy to Train Strong Classifiers with Localizable Features",
    venue: "ICCV 2019", link: "https://arxiv.org/abs/1905.04899")
  /// When to use it.
  public static let guide = Guide(
    .augmentation,
    use: "Images whose classes show in any part of them, and too few images for a large network.",
    avoid:
      "Rows of numbers and series, small lesions that a rectangle can hide; and where rare classes are what matters: "
      + "every class keeps its share.",
    claim:
      "Its numbers are of balanced sets, and are not repeated.",
    settings: [
      "alpha":
        "both parameters of the Beta distribution of the area that stays, above 0; 1 is even",
      "probability": "share of batches that are mixed, 0 to 1",
    ])

  /// Both parameters of the Beta distribution; above 0.
  public var alpha = 1.0
  /// Share of batches that are mixed, in `0...1`; 0 is `erm`.
  public var probability = 0.5

  /// The published values.
  public init() {}

  /// Both must be in their ranges.
  public var problems: [HyperparameterProblem] {
    [
      .unlessPositive("alpha", alpha), .unlessUnit("probability", probability, closed: true),
    ].compactMap(\.self)
  }

  /// One stage.
  ///
  /// - Precondition: `problems` is empty.
  public func stages(for classes: ClassCounts) -> [Stage] {
    [Stage(Supervised(CrossEntropy(), mixing: CutMix(alpha: alpha, probability: probability)))]
  }
}
