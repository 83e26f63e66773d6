import Losses
public import Networks
public import Plans
public import Sampling

/// Distribution-balanced loss: examples drawn label by label, each entry weighted by how often it should have been drawn over how
/// often it was, and what is not there pulling less once it is answered right.
///
/// A row of one class is one label that is there and all others that are not; probabilities are then σ(z_c) / Σ σ(z).
///
/// Departs from the paper: entries that are not known are in neither r nor loss; the constant factor 2 of its code is
/// left out.
public struct DistributionBalancedTraining: Method, Equatable {
  /// Name on the command line.
  public static let name = "distribution-balanced"
  /// One line for lists of methods.
  public static let summary = "labels drawn equally often, what comes together weighted down"
  /// Where it was published.
  public static let citation = Citation(
    authors: "Wu, Huang, Liu, Wang, Lin",
    title: "Distribution-Balanced Loss for Multi-Label Classification in Long-Tailed Datasets",
    venue: "ECCV 2020", link: "https://arxiv.org/abs/2007.09654")
  /// When to use it, what its paper claims, and what may be set.
  public static let guide = Guide(
    .otherTargets,
    use: "Several labels an image of which some are rare and many come together.",
    avoid: "Avoid it where exactly one class is true of every image: a softmax knows that.",
    claim:
      "Its numbers, on VOC-MLT and COCO-MLT, were not checked and are not repeated.",
    settings: [
      "alpha": "α, the least weight of an entry, at least 0",
      "beta": "β, the slope of the map from r to weights, above 0",
      "gamma": "γ of the focus, at least 0; 0 has none",
      "kappa": "κ, how far boundaries begin at the shares of the labels, at least 0",
      "lambda": "λ, the scale of the logits of what is not there, at least 1; VOC-MLT has 5",
      "mu": "μ, the r that is in the middle of the map, at least 0; VOC-MLT has 0.3",
    ])

  /// α, at least 0.
  public var alpha = 0.1
  /// β, above 0.
  public var beta = 10.0
  /// γ, at least 0.
  public var gamma = 2.0
  /// κ, at least 0.
  public var kappa = 0.05
  /// λ, at least 1.
  public var lambda = 2.0
  /// μ, at least 0.
  public var mu = 0.2

  /// The values of the authors' configuration for COCO-MLT.
  public init() {}

  /// Every value must be in its range.
  public var problems: [HyperparameterProblem] {
    let scale: HyperparameterProblem? =
      lambda >= 1 && lambda.isFinite
      ? nil : HyperparameterProblem(name: "lambda", value: lambda, expected: "at least 1")
    return [
      .unlessNonNegative("alpha", alpha), .unlessPositive("beta", beta),
      .unlessNonNegative("gamma", gamma), .unlessNonNegative("kappa", kappa), scale,
      .unlessNonNegative("mu", mu),
    ].compactMap(\.self)
  }

  /// Decodes one class against the rest.
  public var network: NetworkForm { NetworkForm(decoding: .sigmoid) }

  /// Of several labels, as the paper has it.
  public func stages(for table: LabelTable) -> [Stage]? {
    [.ofLabels(DistributionBalanced(table, settings), ClassBalancedSampler())]
  }

  /// One stage, classes drawn equally often.
  ///
  /// - Precondition: `problems` is empty; two classes or more.
  public func stages(for classes: ClassCounts) -> [Stage] {
    [
      Stage(
        Supervised(DistributionBalanced(classes, settings)), samplers: [ClassBalancedSampler()])
    ]
  }

  private var settings: DistributionBalanced.Settings {
    var settings = DistributionBalanced.Settings()
    (settings.alpha, settings.beta, settings.mu) = (alpha, beta, mu)
    (settings.lambda, settings.kappa, settings.gamma) = (lambda, kappa, gamma)
    return settings
  }
}
