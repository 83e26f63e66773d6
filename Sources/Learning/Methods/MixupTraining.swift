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

  /// Both parameters of the Beta distribution; above 0. 1 is uniform, small values blend little.
  public var alpha = 0.2

  /// The published α.
  public init() {}

  /// `alpha` must be above 0.
  public var problems: [HyperparameterProblem] {
    [.unlessPositive("alpha", alpha)].compactMap(\.self)
  }

  /// One stage.
  ///
  /// - Precondition: `problems` is empty.
  public func stages(for classes: ClassCounts) -> [Stage] {
    [Stage(Supervised(CrossEntropy(), mixing: Mixup(alpha: alpha)))]
  }
}
