import Losses
import Mixing
public import Plans
public import Sampling

/// Each image blended with another of its batch, labels alike:
/// x = λ x_i + (1 − λ) x_j, λ ~ Beta(α, α), one λ per batch.
///
/// Departs from the paper: nowhere; the default α is one that the paper uses on ImageNet.
public struct MixupTraining: Method, Equatable {
  /// Name on the command line.
  public static let name = "mixup"
  /// One line for lists of methods.
  public static let summary = "cross-entropy on pairs of images blended at random"
  /// Where it was published.
  public static let citation = Citation(
    authors: "Zhang, Cisse, Dauphin, Lopez-Paz",
    title: "mixup: Beyond Empirical Risk Minimization",
    venue: "ICLR 2018", link: "https://arxiv.org/abs/1710.09412")
  /// When to use it, what its paper claims, and what may be set.
  public static let guide = Guide(
    .augmentation,
    use:
      "Use it against over-confidence, and as the first stage of methods that then train the last layer "
      + "anew.",
    avoid:
      "Avoid it alone where rare classes matter: a rare image is nearly always blended with a common one, "
      + "and recall of rare classes can fall.",
    claim:
      "The Bag of Tricks has errors of 25.94 % (CIFAR-10-LT) and 59.18 % (CIFAR-100-LT, both 100:1) beside "
      + "29.64 % and 61.68 % of plain training; α is 1 there.",
    settings: [
      "alpha": "α, both parameters of the Beta distribution of λ, above 0"
    ])

  /// Both parameters of the Beta distribution; above 0. 1 is uniform, small values blend little.
  public var alpha = 0.2

  /// The published α.
  public init() {}

  /// `alpha` must be above 0.
  public var problems: [HyperparameterProblem] {
    [.unlessPositive("alpha", alpha)].compactMap(\.self)
  }

  /// Of several labels: sigmoid cross-entropy of blended entries, each known as far as the rows know it.
  public func stages(for table: LabelTable) -> [Stage]? {
    [Stage(Supervised(SigmoidCrossEntropy(), mixing: Mixup(alpha: alpha)))]
  }

  /// Of numbers: squared error of blended numbers.
  public func stages(for table: NumberTable) -> [Stage]? {
    [.ofNumbers(mixing: Mixup(alpha: alpha))]
  }

  /// One stage.
  ///
  /// - Precondition: `problems` is empty.
  public func stages(for classes: ClassCounts) -> [Stage] {
    [Stage(Supervised(CrossEntropy(), mixing: Mixup(alpha: alpha)))]
  }
}
