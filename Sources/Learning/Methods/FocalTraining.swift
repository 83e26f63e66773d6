import Losses
public import Networks
public import Plans
public import Sampling

/// Focal loss: what the network is right about already counts less, (1 − p)^γ times.
///
/// Of a softmax; with `sigmoid` of one class against the rest, as the paper has it. Departs from the paper: it is
/// written for detection, where nearly all of an image is background, and weighs that by a further α = ¼, which has no
/// place among classes; `cb-focal` weighs them by their size.
public struct FocalTraining: Method, Equatable {
  /// Name on the command line.
  public static let name = "focal"
  /// One line for lists of methods.
  public static let summary = "cross-entropy in which what is right already counts less"
  /// Where it was published.
  public static let citation = Citation(
    authors: "Lin, Goyal, Girshick, He, Dollár", title: "Focal Loss for Dense Object Detection",
    venue: "ICCV 2017", link: "https://arxiv.org/abs/1708.02002")
  /// When to use it.
  public static let guide = Guide(
    .classSensitive,
    use: "Where many images of common classes are easy and drown the rest.",
    avoid:
      "As an answer to imbalance alone: it knows no class sizes. Its probabilities are less sure"
      + " than true; calibrate.",
    claim:
      "Of BagofTricks-LT's CIFAR-10-LT at ratio 100: error 28.44, of cross-entropy 29.64.",
    settings: [
      "gamma": "γ, at least 0; 0 is cross-entropy",
      "sigmoid": "true asks one class against the rest, false all classes at once",
    ])

  /// γ, at least 0.
  public var gamma = 2.0
  /// Whether each class is asked for against the rest.
  public var sigmoid = false

  /// The published γ.
  public init() {}

  /// `gamma` must be at least 0.
  public var problems: [HyperparameterProblem] {
    [.unlessNonNegative("gamma", gamma)].compactMap(\.self)
  }

  /// A classifier; one against the rest where that is asked.
  public var network: NetworkForm { NetworkForm(decoding: sigmoid ? .sigmoid : .softmax) }

  /// Of several labels: the sigmoid form, whatever `sigmoid` says.
  public func stages(for table: LabelTable) -> [Stage]? {
    [.ofLabels(SigmoidCrossEntropy(focus: gamma))]
  }

  /// One stage.
  ///
  /// - Precondition: `problems` is empty.
  public func stages(for classes: ClassCounts) -> [Stage] {
    [.focal(gamma, weights: nil, isSigmoid: sigmoid, classes)]
  }
}

extension Stage {
  /// Focal loss of a softmax, or of one class against the rest, whose last layer then begins with 1 / C of each.
  static func focal(
    _ gamma: Double, weights: ClassWeights?, isSigmoid: Bool, _ classes: ClassCounts
  ) -> Stage {
    guard isSigmoid else {
      return Stage(Supervised(AdjustedCrossEntropy.focal(gamma: gamma, weights: weights)))
    }
    var stage = Stage(Supervised(SigmoidCrossEntropy(focus: gamma, weights: weights)))
    if classes.count > 1 {
      stage.opening = [PriorBias(classes.counts.map { _ in 1 / Double(classes.count) })]
    }
    return stage
  }
}
