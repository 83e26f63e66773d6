public import Networks
public import Plans
public import Sampling

/// BBN: a branch for the images as they come, a branch for images drawn more often the rarer their class
/// (P(c) ∝ 1 / n_c), and one last layer over both, whose attention goes from the first to the second:
/// α = 1 − t².
///
/// The branches share all but the last residual block. A run of one epoch ends at α = 1, where the second
/// branch has learned nothing; two are the least.
///
/// Departs from the paper: t is e / (E − 1) in epoch e of E, so that α ends at 0 (in the authors' code e / E);
/// an epoch is as long as the data, as there.
public struct BilateralBranch: Method, Equatable {
  /// Name on the command line.
  public static let name = "bbn"
  /// One line for lists of methods.
  public static let summary =
    "two branches under one head, for images as they come and for rare classes"
  /// Where it was published.
  public static let citation = Citation(
    authors: "Zhou, Cui, Wei, Chen",
    title:
      "BBN: Bilateral-Branch Network with Cumulative Learning for Long-Tailed Visual Recognition",
    venue: "CVPR 2020", link: "https://arxiv.org/abs/1912.02413")
  /// When to use it, what its paper claims, and what may be set.
  public static let guide = Guide(
    .ensemble,
    use: "Use it to learn features of the data as they come and of rare classes side by side.",
    avoid: "Avoid it in short runs: it moves from one branch to the other over the whole run.",
    claim:
      "Tables of later papers have 79.82 % (CIFAR-10-LT) and 42.56 % (CIFAR-100-LT, both 100:1); the "
      + "survey has it below plain training on ImageNet-LT.")

  /// There is nothing to choose.
  public init() {}

  /// Two branches, each with the last block for itself, under one head.
  public var network: NetworkForm {
    NetworkForm(branches: 2, joinsFeatures: true, division: .lastBlock)
  }

  /// One stage of two streams: shuffled without replacement, reversed with replacement.
  public func stages(for classes: ClassCounts) -> [Stage] {
    [Stage(Bilateral(), samplers: [UniformSampler(), PowerSampler(q: 2)])]
  }
}
