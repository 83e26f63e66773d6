import Losses
public import Plans
public import Sampling

/// Class-dependent temperatures: in training the logits of rare classes are divided by (n_max / n_c)^γ, so that the
/// network makes them larger.
///
/// Departs from the paper: nowhere in the loss; its γ is chosen on validation.
public struct ClassDependentTemperatures: Method, Equatable {
  /// Name on the command line.
  public static let name = "cdt"
  /// One line for lists of methods.
  public static let summary = "logits of rare classes divided by a temperature in training"
  /// Where it was published.
  public static let citation = Citation(
    authors: "Ye, Chen, Zhan, Chao",
    title: "Identifying and Compensating for Feature Deviation in Imbalanced Deep Learning",
    venue: "arXiv 2020", link: "https://arxiv.org/abs/2001.01385")
  /// When to use it.
  public static let guide = Guide(
    .classSensitive,
    use:
      "Where rare classes are right in training and wrong on new images: their features have"
      + " moved.",
    avoid: "Where classes are few and hard to tell apart; the temperatures then change little.",
    claim: "Of BagofTricks-LT's CIFAR-10-LT at ratio 100: error 22.90, of cross-entropy 29.64.",
    settings: ["gamma": "γ, at least 0; 0 is erm. Try 0.1 to 0.4"])

  /// γ, at least 0; 0 is `erm`.
  public var gamma = 0.2

  /// A published γ.
  public init() {}

  /// `gamma` must be at least 0.
  public var problems: [HyperparameterProblem] {
    [.unlessNonNegative("gamma", gamma)].compactMap(\.self)
  }

  /// One stage.
  ///
  /// - Precondition: `problems` is empty.
  public func stages(for classes: ClassCounts) -> [Stage] {
    [Stage(Supervised(AdjustedCrossEntropy.classDependentTemperatures(classes, gamma: gamma)))]
  }
}
