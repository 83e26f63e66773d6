import Batches
import Losses
public import Networks
public import Plans
public import Sampling

/// Probabilistic contrast: a classifier with balanced softmax, and beside it a contrast with the distribution of each
/// class on the sphere, which rare classes have as well as common ones, however few of them a batch holds.
///
/// Departs from the paper: the classifier learns of the first of two strong views, where the paper has a third view for it;
/// a class of which nothing was seen is spread evenly over the sphere, where the authors' code begins with a random
/// direction; κ has the R² in its numerator that the paper has and the code leaves out.
public struct ProCo: Method, Equatable {
  /// Name on the command line.
  public static let name = "proco"
  /// One line for lists of methods.
  public static let summary = "balanced softmax beside a contrast with each class's distribution"
  /// Where it was published.
  public static let citation = Citation(
    authors: "Du, Wang, Song, Huang",
    title: "Probabilistic Contrastive Learning for Long-Tailed Visual Recognition",
    venue: "TPAMI 2024", link: "https://arxiv.org/abs/2403.06726")

  /// α, weight of the contrast, at least 0; 0 is balanced softmax.
  public var alpha = 1.0
  /// τ, above 0.
  public var temperature = 0.1
  /// Length of a projected vector, at least 2.
  public var dimensions = 128

  /// The published values.
  public init() {}

  /// When to use it.
  public static let guide = Guide(
    .representation,
    use: "Images with rare classes of a handful, and no memory for a queue or large batches.",
    avoid:
      "Inputs are numbers: without strong views the contrast adds nothing to balanced softmax.",
    claim: "52.8 % on CIFAR-100-LT (100:1) in 200 epochs and 54.2 in 400, ResNet-32.",
    settings: [
      "alpha": "weight of the contrast, from 0; 0 is balanced softmax",
      "temperature": "of the contrast, above 0",
      "dimensions": "length of a projected vector, a whole number from 2 to 65536",
    ])

  /// Every value must be in its range.
  public var problems: [HyperparameterProblem] {
    [
      .unlessNonNegative("alpha", alpha), .unlessPositive("temperature", temperature),
      .unlessWithin(2...65_536, "dimensions", Double(dimensions)),
    ].compactMap(\.self)
  }

  /// A classifier with a projection, which is dropped at the end.
  public var network: NetworkForm { NetworkForm(projection: dimensions) }

  /// One stage.
  ///
  /// - Precondition: `problems` is empty.
  public func stages(for classes: ClassCounts) -> [Stage] {
    var stage = Stage(
      ProbabilisticContrastive(
        .balancedSoftmax(classes), directions: ClassDirections(dimensions: dimensions),
        temperature: temperature, weight: alpha), views: [.strong, .strong])
    stage.closing = [DropProjection()]
    return [stage]
  }
}
