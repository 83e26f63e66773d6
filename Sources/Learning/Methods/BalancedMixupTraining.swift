import Losses
import Mixing
public import Plans
public import Sampling

/// Balanced-MixUp: images as they come, blended with images drawn class by class, labels alike:
/// x = (1 − λ) x_I + λ x_C, λ ~ Beta(α, 1), one λ per batch.
///
/// The label mass of class c is (1 − E) n_c / N + E / C with E = E[λ] = α / (1 + α). The two
/// streams augment independently. α → 0 is `erm`; λ = 1 would be `class-balanced`.
///
/// Two settings take the method apart: `blend=row` draws a λ for each row; `blend=never` samples as it does without blending, each
/// row being x_C whole with probability E; `partners=instance` blends as it does without balancing, x_C being drawn as x_I is.
///
/// Departs from the paper: nowhere in the loss; the learning rate follows the run's schedule, where
/// the authors' code lowers it only in epochs whose training score is above the validation score.
public struct BalancedMixupTraining: Method, Equatable {
  /// Name on the command line.
  public static let name = "balanced-mixup"
  /// One line for lists of methods.
  public static let summary = "images as they come, blended with images drawn class by class"
  /// Where it was published.
  public static let citation = Citation(
    authors: "Galdran, Carneiro, González Ballester",
    title: "Balanced-MixUp for Highly Imbalanced Medical Image Classification",
    venue: "MICCAI 2021", link: "https://arxiv.org/abs/2109.09850")
  /// When to use it, what its paper claims, and what may be set.
  public static let guide = Guide(
    .augmentation,
    use: "Use it where rare classes are to be met often but seldom alone, and MCC must not fall.",
    avoid:
      "Avoid it in very short runs; with an α near 0 nearly all of λ is 0 and it is plain training.",
    claim:
      "The authors' logs have it ahead of plain training by 2 to 3 points of macro-F1 at an MCC within 0.2 "
      + "points, on EyePACS and Hyper-Kvasir.",
    settings: [
      "alpha":
        "first parameter of the Beta distribution of λ, above 0; the authors tried 0.1, 0.2 and 0.3",
      "blend":
        "what has one λ: batch, as in the paper; row; or never, so that a row is one of the two images whole, the "
        + "class-balanced one with probability E[λ]",
      "partners":
        "where the second image comes from: balanced, as in the paper, class by class; or instance, as the first one",
    ])

  /// First parameter of the Beta distribution; above 0. The paper tries 0.1, 0.2 and 0.3; larger
  /// means more of the rare classes.
  public var alpha = 0.2

  /// What has one λ: `batch`, `row` or `never`, as ``BalancedMixup/Blend``.
  public var blend = BalancedMixup.Blend.batch.rawValue
  /// Where the second image comes from: `balanced` or `instance`.
  public var partners = "balanced"

  /// The middle one of the published α; the rest as in the paper.
  public init() {}

  /// `alpha` must be above 0, and the words must be known.
  public var problems: [HyperparameterProblem] {
    [
      .unlessPositive("alpha", alpha),
      .unlessOne(of: BalancedMixup.Blend.allCases.map(\.rawValue), "blend", blend),
      .unlessOne(of: ["balanced", "instance"], "partners", partners),
    ].compactMap(\.self)
  }

  /// Of several labels: sigmoid cross-entropy of examples as they come, blended with examples drawn label by label.
  ///
  /// The second stream draws a label, each equally often, then any example that has it. Inputs become
  /// (1 − λ) x_I + λ x_B, an entry that both rows know (1 − λ) y_I + λ y_B. An entry that one of them alone knows keeps that
  /// row's value, and counts by its share, 1 − λ or λ; one that neither knows counts nothing. With one label an example and
  /// all known the labels are those of classes.
  ///
  /// Departs from the paper, which has one class an image.
  public func stages(for table: LabelTable) -> [Stage]? {
    [Stage(Supervised(SigmoidCrossEntropy(), mixing: mixing), samplers: samplers)]
  }

  /// Of numbers: squared error of examples as they come, blended with examples drawn range by range of the number.
  ///
  /// The second stream draws one of the ranges of equal width in which numbers lie, each equally often, then any example in
  /// it. Inputs become (1 − λ) x_I + λ x_B, and numbers (1 − λ) y_I + λ y_B.
  ///
  /// Departs from the paper, which has classes.
  public func stages(for table: NumberTable) -> [Stage]? {
    [.ofNumbers(mixing: mixing, samplers: samplers)]
  }

  /// One stage of two streams: shuffled without replacement, class-balanced with replacement.
  ///
  /// - Precondition: `problems` is empty.
  public func stages(for classes: ClassCounts) -> [Stage] {
    [Stage(Supervised(CrossEntropy(), mixing: mixing), samplers: samplers)]
  }

  private var mixing: BalancedMixup {
    BalancedMixup(alpha: alpha, blend: .init(rawValue: blend) ?? .batch)
  }

  private var samplers: [any Sampler] {
    partners == "instance"
      ? [UniformSampler(), UniformSampler()] : [UniformSampler(), ClassBalancedSampler()]
  }
}
