public import Plans
public import Sampling

/// Logistic regression to convergence on the features of the network as it is: nothing of the network learns.
///
/// With weights of a large network it is the linear probe that papers on such networks report.
///
/// Departs from the paper: for several classes; see ``Plans/LogisticRegression`` for what is minimised and how C is chosen.
public struct LogisticProbe: Method, Equatable {
  /// Name on the command line.
  public static let name = "logistic"
  /// One line for lists of methods.
  public static let summary =
    "frozen features, logistic regression to convergence, its penalty by cross-validation"
  /// Where it was published.
  public static let citation = Citation(
    authors: "Cox", title: "The Regression Analysis of Binary Sequences",
    venue: "Journal of the Royal Statistical Society B 1958",
    link: "https://doi.org/10.1111/j.2517-6161.1958.tb00292.x")
  /// When to use it, and what is known of it.
  public static let guide = Guide(
    .plain,
    use: "First, on features of a large network: seconds, and what a longer training has to beat.",
    avoid: "Where no weights fit the pictures: features of an untrained network say little.",
    claim: "None about imbalance; balanced and adjust make it answer for rare classes.",
    settings: [
      "c":
        "C, the inverse of the penalty, above 0; 0 chooses it by cross-validation that keeps groups together",
      "balanced": "whether every class weighs the same in the fit",
      "adjust":
        "τ of the adjustment of the logits for the classes' shares, at least 0; 1 is Menon et al.'s",
      "folds": "folds that C is chosen on, 2 or more",
    ])

  /// C, above 0; 0 chooses it.
  public var c = 0.0
  /// Whether every class weighs the same.
  public var balanced = false
  /// τ of the logits' adjustment, at least 0.
  public var adjust = 0.0
  /// Folds that C is chosen on, at least 2.
  public var folds = 5.0

  /// C chosen in five folds, rows as they come.
  public init() {}

  /// Every value must be in its range.
  public var problems: [HyperparameterProblem] {
    [
      .unlessNonNegative("c", c), .unlessNonNegative("adjust", adjust),
      .unlessFolds("folds", folds),
    ].compactMap(\.self)
  }

  /// What is fitted.
  var regression: LogisticRegression {
    LogisticRegression(c: c > 0 ? c : nil, isBalanced: balanced, folds: Int(folds))
  }

  /// One stage without a step.
  ///
  /// - Precondition: `problems` is empty.
  public func stages(for classes: ClassCounts) -> [Stage] {
    [Stage(fitting: FittedHead(.logistic(regression), adjustment: adjust))]
  }
}
