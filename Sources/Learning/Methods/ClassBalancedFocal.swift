import Losses
public import Networks
public import Plans
public import Sampling

/// Class-balanced focal loss: one class against the rest, what is right already counting less, rows weighted by the
/// inverse of the effective number of images, (1 − β) / (1 − βⁿ).
///
/// Departs from the paper: its γ and β are chosen for each data set; the mean is over the weights of a batch.
public struct ClassBalancedFocal: Method, Equatable {
  /// Name on the command line.
  public static let name = "cb-focal"
  /// One line for lists of methods.
  public static let summary = "focal loss weighted by the effective number of images"
  /// Where it was published.
  public static let citation = Citation(
    authors: "Cui, Jia, Lin, Song, Belongie",
    title: "Class-Balanced Loss Based on Effective Number of Samples", venue: "CVPR 2019",
    link: "https://arxiv.org/abs/1901.05555")
  /// When to use it.
  public static let guide = Guide(
    .classSensitive,
    use: "Where weights of classes help, and easy images of common classes are many.",
    avoid: "With sampling that balances classes, which corrects a second time.",
    claim:
      "Of BagofTricks-LT's CIFAR-10-LT at ratio 100: error 24.80, of cross-entropy 29.64, of"
      + " focal loss 28.44.",
    settings: [
      "gamma": "γ of the focal loss, at least 0",
      "beta": "β of the effective number, at least 0 and below 1; 0 weighs all alike",
      "sigmoid": "true asks one class against the rest, false all classes at once",
    ])

  /// γ, at least 0.
  public var gamma = 0.5
  /// β, in `0..<1`.
  public var beta = 0.9999
  /// Whether each class is asked for against the rest.
  public var sigmoid = true

  /// The smallest of the published γ, the largest of the β.
  public init() {}

  /// Both numbers must be in their ranges.
  public var problems: [HyperparameterProblem] {
    [.unlessNonNegative("gamma", gamma), .unlessUnit("beta", beta, closed: false)].compactMap(
      \.self)
  }

  /// One against the rest, or a classifier.
  public var network: NetworkForm { NetworkForm(decoding: sigmoid ? .sigmoid : .softmax) }

  /// Of several labels: the sigmoid form, each label and its absence weighted as two classes are.
  public func stages(for table: LabelTable) -> [Stage]? {
    [
      .ofLabels(
        WeightedEntries(
          SigmoidCrossEntropy(focus: gamma), weights: .effectiveNumber(table, beta: beta)))
    ]
  }

  /// One stage.
  ///
  /// - Precondition: `problems` is empty.
  public func stages(for classes: ClassCounts) -> [Stage] {
    [
      .focal(
        gamma, weights: .effectiveNumber(classes, beta: beta), isSigmoid: sigmoid, classes)
    ]
  }
}
