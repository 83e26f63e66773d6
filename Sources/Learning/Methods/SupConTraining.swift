import Batches
import Losses
public import Networks
public import Plans
public import Sampling

/// Supervised contrast of two strong views, then a new last layer on balanced classes over what was learned.
///
/// With `queue` above 0 rows are also compared with those of earlier steps, as a slow second network (decay
/// `momentum`) projected them.
///
/// Departs from the paper: the two stages share `--epochs`; the last layer is trained with every class drawn equally
/// often; views are the run's augmentation, RandAugment and a cut-out, where the paper tries several policies.
public struct SupConTraining: Method, Equatable {
  /// Name on the command line.
  public static let name = "supcon"
  /// One line for lists of methods.
  public static let summary = "draws images of one class together, then trains a last layer"
  /// Where it was published.
  public static let citation = Citation(
    authors: "Khosla, Teterwak, Wang, Sarna, Tian, Isola, Maschinot, Liu, Krishnan",
    title: "Supervised Contrastive Learning", venue: "NeurIPS 2020",
    link: "https://arxiv.org/abs/2004.11362")
  /// When to use it, what its paper claims, and what may be set.
  public static let guide = Guide(
    .representation,
    use: "Use it for long runs with large batches, where features are to be used again.",
    avoid:
      "Avoid it with small batches or short runs: a rare image then seldom meets one of its class (`--set "
      + "queue=N` keeps earlier ones).",
    claim:
      "Khosla et al. report gains over cross-entropy on balanced ImageNet; no number on long tails was "
      + "checked here.",
    settings: [
      "dimensions": "length of a projected vector, a whole number from 1 to 65536",
      "momentum": "decay of the network that fills the queue, at least 0 and below 1",
      "queue": "projected vectors that are kept to compare with, at least 0",
      "share": "part of the run that the last stage takes, above 0 and below 1",
      "temperature": "τ, above 0",
    ])

  /// τ, above 0.
  public var temperature = 0.1
  /// Length of a projected vector, 1 to 65,536.
  public var dimensions = 128
  /// Rows of earlier steps to compare with, at least 0; 0 is without.
  public var queue = 0
  /// Decay of the second network, where there is a queue; in `0..<1`.
  public var momentum = 0.999
  /// Part of the run that the last layer takes, above 0 and below 1.
  public var share = 0.2

  /// The published values.
  public init() {}

  /// Every value must be in its range.
  public var problems: [HyperparameterProblem] {
    [
      .unlessPositive("temperature", temperature),
      .unlessWithin(1...65_536, "dimensions", Double(dimensions)),
      .unlessNonNegative("queue", Double(queue)), .unlessUnit("momentum", momentum, closed: false),
      .unlessProperFraction("share", share),
    ].compactMap(\.self)
  }

  /// A classifier with a projection, which is dropped after the first stage.
  public var network: NetworkForm { NetworkForm(projection: dimensions) }

  /// Two stages.
  ///
  /// - Precondition: `problems` is empty.
  public func stages(for classes: ClassCounts) -> [Stage] {
    let contrast = Contrastive(
      SupervisedContrast(temperature: temperature),
      queue: queue > 0 ? ContrastQueue(capacity: queue, dimensions: dimensions) : nil)
    let teacher = Teacher(decay: momentum, warmup: false, isModel: false)
    let first = Stage(
      contrast, views: [.strong, .strong], teacher: queue > 0 ? teacher : nil,
      fraction: 1 - share)
    return .representation(first, thenHeadsFor: share)
  }
}

extension [Stage] {
  /// A representation without heads, then new heads over it, every class drawn equally often.
  ///
  /// - Parameters:
  ///   - first: trains the representation and its projection.
  ///   - share: part of the run that the heads take.
  static func representation(_ first: Stage, thenHeadsFor share: Double) -> [Stage] {
    var (first, second) = (
      first, Stage(Supervised(), samplers: [ClassBalancedSampler()], fraction: share)
    )
    first.chooses = .last
    first.closing = [DropProjection()]
    second.opening = [NewHead()]
    second.trains = .heads
    second.rate = .restarts(factor: 1)
    return [first, second]
  }
}
