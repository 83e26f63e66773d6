public import Networks
public import Plans
public import Sampling

/// Targeted contrast: equally many partners for every class, and a target on the sphere for each, as far from each other
/// as they can be; then a new last layer on balanced classes.
///
/// Departs from the paper: the two stages share `--epochs`; where the classes are at most `dimensions` + 1 their targets are
/// the corners of a simplex, to which the paper's descent leads; the queue holds at most as many rows as there are images;
/// views are the run's augmentation, RandAugment and a cut-out; the last layer sees every class equally often. With
/// many hundred classes giving out the targets takes noticeable time in each step.
public struct TSC: Method, EvenContrast, Equatable {
  /// Name on the command line.
  public static let name = "tsc"
  /// One line for lists of methods.
  public static let summary =
    "contrast that draws each class to a target of its own, then a last layer"
  /// Where it was published.
  public static let citation = Citation(
    authors: "Li, Cao, Yuan, Fan, Yang, Feris, Indyk, Katabi",
    title: "Targeted Supervised Contrastive Learning for Long-Tailed Recognition",
    venue: "CVPR 2022",
    link: "https://arxiv.org/abs/2111.13998")

  /// k, images of its class that an image is drawn to, at least 1.
  public var positives = 6
  /// w, weight of the target, at least 0; 0 leaves the targets as something to keep away from.
  public var weight = 0.2
  /// τ, above 0.
  public var temperature = 0.07
  /// Length of a projected vector, 1 to 65,536.
  public var dimensions = 128
  /// Rows of earlier steps to compare with, at least 1.
  public var queue = 65_536
  /// Decay of the second network, in `0..<1`.
  public var momentum = 0.999
  /// Part of the run that the last layer takes, above 0 and below 1.
  public var share = 0.2

  /// The published values.
  public init() {}

  /// When to use it.
  public static let guide = Guide(
    .representation,
    use: "Features of rare classes fall together under supervised contrast, and the run is long.",
    avoid: "A run is short, or there are thousands of classes.",
    claim:
      "79.7 % on CIFAR-10-LT (100:1), a second-hand number.",
    settings: evenSettings(with: ["weight": "weight of the target, from 0"]))

  /// Every value must be in its range.
  public var problems: [HyperparameterProblem] {
    (evenProblems + [.unlessNonNegative("weight", weight)]).compactMap(\.self)
  }

  /// A classifier with a projection, which is dropped after the first stage.
  public var network: NetworkForm { NetworkForm(projection: dimensions) }

  /// Two stages.
  ///
  /// - Precondition: `problems` is empty.
  public func stages(for classes: ClassCounts) -> [Stage] {
    stages(
      TargetedContrastive(
        temperature: temperature, queue: rowQueue(for: classes), positives: positives,
        weight: weight))
  }
}
