import Losses
public import Networks
public import Plans
public import Sampling

/// Contrast in which every image has equally many partners, its other view and `positives` images of its class, so that
/// the space of a rare class is as large as that of a common one; then a new last layer on balanced classes.
///
/// Departs from the paper: the two stages share `--epochs`; the queue holds at most as many rows as there are images, for
/// more would be old views of the same; views are the run's augmentation, RandAugment and a cut-out; the last layer sees
/// every class equally often.
public struct KCL: Method, EvenContrast, Equatable {
  /// Name on the command line.
  public static let name = "kcl"
  /// One line for lists of methods.
  public static let summary =
    "contrast with equally many partners for every class, then a last layer"
  /// Where it was published.
  public static let citation = Citation(
    authors: "Kang, Li, Xie, Yuan, Feng",
    title: "Exploring Balanced Feature Spaces for Representation Learning", venue: "ICLR 2021",
    link: "https://openreview.net/forum?id=OqtLIabPTit")

  /// k, images of its class that an image is drawn to, at least 1.
  public var positives = 6
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
    use:
      "Features are to serve rare classes or other tasks, and the run is long enough for a contrast.",
    avoid: "A run is short, or classes have so few images that a queue has none of them.",
    claim:
      "77.6 % on CIFAR-10-LT and 42.8 % on CIFAR-100-LT (100:1), second-hand numbers.",
    settings: evenSettings())

  /// Every value must be in its range.
  public var problems: [HyperparameterProblem] {
    evenProblems.compactMap(\.self)
  }

  /// A classifier with a projection, which is dropped after the first stage.
  public var network: NetworkForm { NetworkForm(projection: dimensions) }

  /// Two stages.
  ///
  /// - Precondition: `problems` is empty.
  public func stages(for classes: ClassCounts) -> [Stage] {
    stages(
      Contrastive(
        SupervisedContrast(temperature: temperature), queue: rowQueue(for: classes),
        positives: positives))
  }
}
