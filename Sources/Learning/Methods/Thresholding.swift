public import Plans
public import Sampling

/// Thresholding: plain training, then the probability of each class divided by its frequency in training.
///
/// That is `logit-adjustment-posthoc` at τ = 1, under the name that the study of convolutional networks gives it.
///
/// Departs from the paper: nowhere; what comes out is scaled to sum to 1, which changes no decision.
public struct Thresholding: Method, Equatable {
  /// Name on the command line.
  public static let name = "thresholding"
  /// One line for lists of methods.
  public static let summary = "plain training, then probabilities divided by the class frequencies"
  /// Where it was published.
  public static let citation = Citation(
    authors: "Buda, Maki, Mazurowski",
    title: "A systematic study of the class imbalance problem in convolutional neural networks",
    venue: "Neural Networks 2018", link: "https://arxiv.org/abs/1710.05381")
  /// When to use it.
  public static let guide = Guide(
    .logitAdjustment,
    use:
      "Where every class counts alike and a trained network shall do: it changes decisions,"
      + " hardly the ranking within a class.",
    avoid:
      "After a loss or a sampler that corrects already, or before steelyard decide"
      + " --target-prior: either corrects a second time.",
    claim:
      "Of its authors: thresholding improves accuracy on balanced tests, over-sampling the areas"
      + " under ROC curves too.",
    settings: [:])

  /// There is nothing to choose.
  public init() {}

  /// One stage, whose last layer is changed at the end.
  public func stages(for classes: ClassCounts) -> [Stage] {
    PostHocAdjustment().stages(for: classes)
  }
}
