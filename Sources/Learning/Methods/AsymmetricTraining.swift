import Losses
public import Networks
public import Plans
public import Sampling

/// Asymmetric loss of several labels: each class against the rest, where what is not there counts less the surer it is, and
/// nothing at all once it is sure.
///
/// The machinery is that of `sigmoid-bce`: probabilities are σ(z_c) / Σ σ(z), `alpha` above 0 blends as Balanced-MixUp does,
/// and `prior` lets the last layer begin with the shares of the classes, which the paper does not.
///
/// Departs from the paper: nowhere in the loss; it is for several labels a row, and a row of one class is here one label that
/// is there and all others that are not.
public struct AsymmetricTraining: Method, Equatable {
  /// Name on the command line.
  public static let name = "asymmetric"
  /// One line for lists of methods.
  public static let summary =
    "each class against the rest, what is surely not there left out"
  /// Where it was published.
  public static let citation = Citation(
    authors: "Ridnik, Ben-Baruch, Zamir, Noy, Friedman, Protter, Zelnik-Manor",
    title: "Asymmetric Loss For Multi-Label Classification", venue: "ICCV 2021",
    link: "https://arxiv.org/abs/2009.14119")
  /// When to use it, what its paper claims, and what may be set.
  public static let guide = Guide(
    .otherTargets,
    use: "Many labels of which a row has few, so that nearly all that is said of it is no.",
    avoid: "Avoid it where exactly one class is true of every image: a softmax knows that.",
    claim:
      "Its numbers, on MS-COCO and other sets of several labels, were not checked and are not repeated.",
    settings: [
      "positive": "γ₊, focus of what is there, at least 0",
      "negative": "γ₋, focus of what is not there, at least 0; at least 1 where there is a margin",
      "margin":
        "m, probability below which what is not there counts nothing, at least 0 and below 1",
      "alpha":
        "first parameter of Balanced-MixUp's Beta distribution, at least 0; 0 blends nothing",
      "prior": "true or false: whether the last layer begins with the classes' shares",
    ])

  /// γ₊, at least 0.
  public var positive = 1.0
  /// γ₋, at least 0; at least 1 where there is a margin.
  public var negative = 4.0
  /// m, in `0..<1`.
  public var margin = 0.05
  /// First parameter of Balanced-MixUp's Beta distribution, at least 0; 0 blends nothing.
  public var alpha = 0.0
  /// Whether the last layer begins with the classes' shares.
  public var prior = false

  /// The values of the authors' code.
  public init() {}

  /// Every value must be in its range.
  public var problems: [HyperparameterProblem] {
    let focus: HyperparameterProblem? =
      margin > 0 && negative >= 0 && negative < 1
      ? HyperparameterProblem(
        name: "negative", value: negative, expected: "at least 1 where there is a margin")
      : .unlessNonNegative("negative", negative)
    return [
      .unlessNonNegative("positive", positive), focus,
      .unlessUnit("margin", margin, closed: false), .unlessNonNegative("alpha", alpha),
    ].compactMap(\.self)
  }

  /// Decodes one class against the rest.
  public var network: NetworkForm { NetworkForm(decoding: .sigmoid) }

  /// Of several labels, as the paper has it; with `alpha` above 0 on the batches of `balanced-mixup`.
  public func stages(for table: LabelTable) -> [Stage]? {
    let loss = AsymmetricLoss(positive: positive, negative: negative, margin: margin)
    let stage = Stage.ofLabels(loss, blending: alpha)
    return [prior ? stage.beginning(withSharesOf: table) : stage]
  }

  /// One stage.
  ///
  /// - Precondition: `problems` is empty; two classes or more.
  public func stages(for classes: ClassCounts) -> [Stage] {
    var stage = Stage.of(
      AsymmetricLoss(positive: positive, negative: negative, margin: margin), blending: alpha)
    if prior {
      stage.opening = [PriorBias(stage.expectedLabelMass(for: classes, progress: 0))]
    }
    return [stage]
  }
}
