import Batches
import Losses
public import Networks
public import Plans
public import Sampling

/// Global and local mixture consistency: a MixUp and a CutMix of two views that are to be projected alike, and two heads, of
/// which the second takes over during the run with rows weighted by n^−p; it answers.
///
/// Departs from the paper: both views are this program's strong one (RandAugment and a cut-out), where the paper has
/// AutoAugment and SimCLR's; the projection has two layers, where the authors' code has one. Weight decay matters to it: the
/// paper's is 5e-3 at a learning rate of .01 and batches of 64, a matter of options here.
public struct GLMC: Method, Equatable {
  /// Name on the command line.
  public static let name = "glmc"
  /// One line for lists of methods.
  public static let summary =
    "MixUp and CutMix views drawn together, a second head for rare classes"
  /// Where it was published.
  public static let citation = Citation(
    authors: "Du, Yang, Jia, Nan, Chen, Yang",
    title: "Global and Local Mixture Consistency Cumulative Learning for Long-tailed Visual "
      + "Recognitions",
    venue: "CVPR 2023", link: "https://arxiv.org/abs/2305.08661")
  /// When to use it.
  public static let guide = Guide(
    .representation,
    use:
      "Images, very unequal classes, and time: four images are decoded and two passes made for each row.",
    avoid:
      "Rows of numbers and series; short runs, in which the second head has no time to take over.",
    claim:
      "88.50 / 57.97 % on CIFAR-10-LT / 100-LT at an imbalance of 100 in its repository, with a network about 16 times as "
      + "large as the usual ResNet-32.",
    settings: [
      "alpha": "both parameters of the Beta distribution, above 0; 1 is even",
      "consistency": "γ, how much the agreement of the views counts, at least 0",
      "power": "p of the weights n^−p of the second head, at least 0",
      "sampling":
        "q of the weights n^−q that partners are drawn with: 0 as the data come, 1 every class alike, at least 0",
      "dimensions": "length of a projected vector, a whole number from 1 to 65536",
    ])

  /// Both parameters of the Beta distribution; above 0.
  public var alpha = 1.0
  /// γ, how much the agreement of the views counts; at least 0.
  public var consistency = 4.0
  /// p of the weights n^−p of the second head; at least 0.
  public var power = 1.2
  /// q of the weights n^−q that partners are drawn with; at least 0.
  public var sampling = 0.0
  /// Length of a projected vector; at least 1.
  public var dimensions = 128

  /// The published values.
  public init() {}

  /// Every value must be in its range.
  public var problems: [HyperparameterProblem] {
    [
      .unlessPositive("alpha", alpha), .unlessNonNegative("consistency", consistency),
      .unlessNonNegative("power", power), .unlessNonNegative("sampling", sampling),
      .unlessWithin(1...65_536, "dimensions", Double(dimensions)),
    ].compactMap(\.self)
  }

  /// Two heads over one trunk, of which the second answers; a projection with a predictor, which is dropped at the end.
  public var network: NetworkForm {
    NetworkForm(
      branches: 2, readout: .weighted([0, 1]), division: .heads, projection: dimensions,
      predicts: true)
  }

  /// One stage of two streams in two views.
  ///
  /// - Precondition: `problems` is empty.
  public func stages(for classes: ClassCounts) -> [Stage] {
    var stage = Stage(
      MixtureConsistency(
        alpha: alpha, weights: .inverse(classes, power: power), consistency: consistency),
      samplers: [UniformSampler(), PowerSampler(q: sampling)], views: [.strong, .strong])
    stage.closing = [DropProjection()]
    return [stage]
  }
}
