import Foundation
public import Networks
public import Plans
public import Sampling

/// Parametric contrast: a classifier whose rows are centres of the classes, and a contrast with a queue, under one
/// softmax, in which the centres of rare classes count most.
///
/// The published values are those for CIFAR-100-LT; for ImageNet-LT they are `alpha` 0.05, `temperature` 0.2, `queue`
/// 8192, `dimensions` 128.
///
/// Departs from the paper: the queue holds at most as many rows as there are images, and no row of the present batch;
/// views are the run's augmentation, RandAugment and a cut-out.
public struct PaCo: Method, QueuedContrast, Equatable {
  /// Name on the command line.
  public static let name = "paco"
  /// One line for lists of methods.
  public static let summary = "classes' centres and a queue of images under one softmax"
  /// Where it was published.
  public static let citation = Citation(
    authors: "Cui, Zhong, Liu, Yu, Jia", title: "Parametric Contrastive Learning",
    venue: "ICCV 2021", link: "https://arxiv.org/abs/2107.12028")

  /// α, how much images of its class count as partners of an image, beside the centre's 1; at least 0.
  public var alpha = 0.01
  /// τ, above 0.
  public var temperature = 0.05
  /// Length of a projected vector, 1 to 65,536.
  public var dimensions = 32
  /// Rows of earlier steps to compare with, at least 1.
  public var queue = 1024
  /// Decay of the second network, in `0..<1`.
  public var momentum = 0.999

  /// The published values.
  public init() {}

  /// When to use it.
  public static let guide = Guide(
    .representation,
    use: "Many classes of images, strong augmentation and a long run.",
    avoid: "A run is short: the queue and its slow network need hundreds of epochs.",
    claim: "57.0 % on ImageNet-LT with ResNet-50, 58.2 with ResNeXt-50, 60.0 with ResNeXt-101.",
    settings: settings(
      with: ["alpha": "how much images of its class count beside the centre's 1, from 0"]))

  /// Every value must be in its range.
  public var problems: [HyperparameterProblem] {
    ([.unlessNonNegative("alpha", alpha)] + queueProblems).compactMap(\.self)
  }

  /// A classifier with a projection, which is dropped at the end.
  public var network: NetworkForm { NetworkForm(projection: dimensions) }

  /// One stage.
  ///
  /// - Precondition: `problems` is empty.
  public func stages(for classes: ClassCounts) -> [Stage] {
    let objective = ParametricContrastive(
      offsets: classes.priors.map { log($0) },
      queue: rowQueue(for: classes), temperature: temperature, weight: alpha)
    var stage = contrasting(objective)
    stage.closing = [DropProjection()]
    return [stage]
  }
}
