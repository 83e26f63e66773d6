import Batches
import Losses
import Mixing
public import Plans
public import Sampling

/// EnMix, the first half of DualMix: MixUp of two strongly augmented versions of each batch.
///
/// Departs from the paper: of the paper the abstract alone was at hand, so that formula and α are an interpretation; the
/// strong augmentation is this program's (RandAugment and a cut-out); and the paper learns from a stream that is seen once,
/// with a memory, where this learns from a training set.
public struct EnMixTraining: Method, Equatable {
  /// Name on the command line.
  public static let name = "enmix"
  /// One line for lists of methods.
  public static let summary = "MixUp of strongly augmented versions of images"
  /// Where it was published.
  public static let citation = Citation(
    authors: "Fan, Xu, Wang, Zhu, Wang, Guo",
    title: "DualMix: Unleashing the Potential of Data Augmentation for Online Class-Incremental "
      + "Learning", venue: "arXiv 2023", link: "https://arxiv.org/abs/2303.07864")
  /// When to use it.
  public static let guide = Guide(
    .augmentation,
    use:
      "Images, and so few of them that MixUp alone does not keep a network from learning them by heart.",
    avoid:
      "Rows of numbers and series, where it would be MixUp; short runs; and where rare classes are what matters: every "
      + "class keeps its share.",
    claim:
      "The paper's abstract says that it helps a network that learns classes one after another; its rule is this "
      + "program's interpretation of that abstract, and its numbers are not repeated.",
    settings: ["alpha": "both parameters of the Beta distribution, above 0; 1 is even"])

  /// Both parameters of the Beta distribution; above 0.
  public var alpha = 1.0

  /// An even λ; the paper's α is not known.
  public init() {}

  /// α must be above 0.
  public var problems: [HyperparameterProblem] {
    [.unlessPositive("alpha", alpha)].compactMap(\.self)
  }

  /// One stage of one stream in two views.
  ///
  /// - Precondition: `problems` is empty.
  public func stages(for classes: ClassCounts) -> [Stage] {
    [
      Stage(
        Supervised(CrossEntropy(), mixing: EnMix(alpha: alpha)), views: [.strong, .strong])
    ]
  }
}
