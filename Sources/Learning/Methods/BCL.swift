import Batches
import Losses
public import Networks
public import Plans
public import Sampling

/// Balanced contrastive learning: a classifier with balanced softmax, and beside it a contrast in which every class is
/// there by its centre and counts alike.
///
/// Departs from the paper: the classifier learns of the first of two strong views, where the paper has a third view for
/// it; the layers before the contrast have no batch normalisation.
public struct BCL: Method, Equatable {
  /// Name on the command line.
  public static let name = "bcl"
  /// One line for lists of methods.
  public static let summary = "balanced softmax beside a contrast in which every class counts alike"
  /// Where it was published.
  public static let citation = Citation(
    authors: "Zhu, Wang, Chen, Chen, Jiang",
    title: "Balanced Contrastive Learning for Long-Tailed Visual Recognition", venue: "CVPR 2022",
    link: "https://arxiv.org/abs/2207.09052")

  /// β, weight of the contrast, at least 0; 0 is balanced softmax.
  public var beta = 0.35
  /// τ, above 0.
  public var temperature = 0.1
  /// Length of a projected vector, 1 to 65,536.
  public var dimensions = 128

  /// The published values.
  public init() {}

  /// When to use it.
  public static let guide = Guide(
    .representation,
    use: "Images, and balanced softmax is a start but rare classes lie close to common ones.",
    avoid:
      "Inputs are numbers: without strong views the contrast adds nothing to balanced softmax.",
    claim: "57.2 to 57.8 % on ImageNet-LT, ResNeXt-50, 90 epochs.",
    settings: [
      "beta": "weight of the contrast, from 0; 0 is balanced softmax",
      "temperature": "of the contrast, above 0",
      "dimensions": "length of a projected vector, a whole number from 1 to 65536",
    ])

  /// Every value must be in its range.
  public var problems: [HyperparameterProblem] {
    [
      .unlessNonNegative("beta", beta), .unlessPositive("temperature", temperature),
      .unlessWithin(1...65_536, "dimensions", Double(dimensions)),
    ].compactMap(\.self)
  }

  /// A classifier with a projection and centres in its space, which are dropped at the end.
  public var network: NetworkForm { NetworkForm(projection: dimensions, projectsCentres: true) }

  /// One stage.
  ///
  /// - Precondition: `problems` is empty.
  public func stages(for classes: ClassCounts) -> [Stage] {
    let objective = BalancedContrastive(
      AdjustedCrossEntropy.balancedSoftmax(classes),
      contrast: BalancedContrast(temperature: temperature), weight: beta)
    var stage = Stage(objective, views: [.strong, .strong])
    stage.closing = [DropProjection()]
    return [stage]
  }
}
