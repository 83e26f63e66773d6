public import Plans
public import Sampling

/// Cross-entropy on examples drawn as they come at first and class by class at last:
/// P(c) = (1 − t) n_c / N + t / C at progress t.
///
/// Departs from the paper: nowhere; t is epoch / (E − 1), as in the code of Balanced-MixUp, so that
/// the last epoch is balanced.
public struct Progressive: Method, Equatable {
  /// Name on the command line.
  public static let name = "progressive"
  /// One line for lists of methods.
  public static let summary = "cross-entropy, from the data as it comes to balanced classes"
  /// Where it was published.
  public static let citation = Citation(
    authors: "Kang, Xie, Rohrbach, Yan, Gordo, Feng, Kalantidis",
    title: "Decoupling Representation and Classifier for Long-Tailed Recognition",
    venue: "ICLR 2020", link: "https://arxiv.org/abs/1910.09217")

  /// There is nothing to choose.
  public init() {}

  /// One stage.
  public func stages(for classes: ClassCounts) -> [Stage] {
    [Stage(Supervised(), samplers: [ProgressiveSampler()])]
  }
}
