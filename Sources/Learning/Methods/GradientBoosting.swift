import Boosting
import Losses
public import Networks
public import Plans
public import Sampling

/// Gradient-boosted trees on the features of the network as it is, or on rows of numbers; grown by LightGBM, where its library is
/// installed.
///
/// Of classes the trees of a round answer together; of several labels, and of grades that are said to be grades, each question has
/// a booster of its own (is the label there? is the row beyond the grade?); of a number there is one.
///
/// Boosters of thresholds that see all rows do not know of each other, and where P(y > k) rises with k a grade would have a negative
/// probability, which the decoding makes next to nothing: where the grade is right all the same, the log loss is that of an
/// impossible event. With `grades` at `onward` booster k sees the rows of y ≥ k alone and answers P(y > k | y ≥ k); the
/// probabilities are their products (``Networks/Decoding/corn``), so there is nothing to straighten. The price is that later
/// boosters have fewer rows.
///
/// Sources of both ways: Frank and Hall, "A Simple Approach to Ordinal Classification", ECML 2001; Tutz, "Sequential models in
/// categorical regression", Computational Statistics & Data Analysis 1991.
///
/// Departs from the paper: validation ends the growing, and rows may weigh by their class or by how rare their number is.
public struct GradientBoosting: Method, NeedsLibrary, Equatable {
  /// Name on the command line.
  public static let name = "lightgbm"
  /// One line for lists of methods.
  public static let summary =
    "frozen features or rows of numbers, gradient-boosted trees by LightGBM"
  /// Where it was published.
  public static let citation = Citation(
    authors: "Ke, Meng, Finley, Wang, Chen, Ma, Ye, Liu",
    title: "LightGBM: A Highly Efficient Gradient Boosting Decision Tree", venue: "NeurIPS 2017",
    link:
      "https://papers.nips.cc/paper/6907-lightgbm-a-highly-efficient-gradient-boosting-decision-tree"
  )
  /// When to use it, and what is known of it.
  public static let guide = Guide(
    .plain,
    use:
      "On tables, whose columns have scales and thresholds of their own: of classes, several labels, grades and numbers.",
    avoid:
      "Where LightGBM's library may not be installed, or the model has to run where it is not.",
    claim: "None about imbalance; balance makes it answer for rare classes.",
    settings: [
      "rounds":
        "most rounds, a whole number from 1; each grows a tree for each class, label or threshold of grades",
      "patience":
        "rounds without a smaller loss of validation after which growing ends, a whole number from 1",
      "rate": "shrinkage of each tree, above 0",
      "leaves": "most leaves of a tree, a whole number from 2",
      "least": "fewest rows of a leaf, a whole number from 1",
      "l2": "λ of the squares of the leaves' values, at least 0",
      "features": "part of the features that a tree may use, above 0 and at most 1",
      "rows": "part of the rows that a round is grown on, above 0 and at most 1",
      "balance":
        "γ of the weights (N / (C n_c))^γ, at least 0; 0 weighs rows alike, 1 classes alike; of labels and grades C is 2, yes and no",
      "weighting":
        "how numbers weigh: none, or density, which weighs rare ones more, as density-weighted does",
      "error": "what of validation ends the growing where the target is a number: rmse or mae",
      "grades":
        "of which rows a threshold of grades is learned: cumulative, of all, whose probabilities may cross and are then straightened;"
        + " onward, of those that have come so far, whose probabilities never do",
    ])

  /// Most rounds, at least 1.
  public var rounds = 500.0
  /// Rounds without gain after which growing ends, at least 1.
  public var patience = 50.0
  /// Shrinkage of each tree, above 0.
  public var rate = 0.1
  /// Most leaves of a tree, at least 2.
  public var leaves = 31.0
  /// Fewest rows of a leaf, at least 1.
  public var least = 20.0
  /// λ of the leaves' values, at least 0.
  public var l2 = 0.0
  /// Part of the features that a tree may use, above 0 and at most 1.
  public var features = 1.0
  /// Part of the rows that a round is grown on, above 0 and at most 1.
  public var rows = 1.0
  /// γ of the weights of classes, at least 0.
  public var balance = 0.0
  /// How numbers weigh: `none` or `density`.
  public var weighting = "none"
  /// What of validation ends the growing where the target is a number: `rmse` or `mae`.
  public var error = "rmse"
  /// Of which rows a threshold of grades is learned: `cumulative`, of all, or `onward`, of those that have come so far.
  public var grades = "cumulative"

  /// LightGBM's defaults, with rounds that validation ends.
  public init() {}

  /// Every value must be in its range.
  public var problems: [HyperparameterProblem] {
    [
      Self.unlessWhole("rounds", rounds, from: 1), Self.unlessWhole("patience", patience, from: 1),
      .unlessPositive("rate", rate), Self.unlessWhole("leaves", leaves, from: 2),
      Self.unlessWhole("least", least, from: 1), .unlessNonNegative("l2", l2),
      Self.unlessPart("features", features), Self.unlessPart("rows", rows),
      .unlessNonNegative("balance", balance),
      .unlessOne(of: ["none", "density"], "weighting", weighting),
      .unlessOne(of: BoostingObjective.NumberError.allCases.map(\.rawValue), "error", error),
      .unlessOne(of: ["cumulative", "onward"], "grades", grades),
    ].compactMap(\.self)
  }

  private static func unlessWhole(
    _ name: String, _ value: Double, from least: Int
  ) -> HyperparameterProblem? {
    (Double(least)...1_000_000).contains(value) && value.rounded() == value
      ? nil
      : HyperparameterProblem(
        name: name, value: value, expected: "a whole number from \(least) to 1000000")
  }

  private static func unlessPart(_ name: String, _ value: Double) -> HyperparameterProblem? {
    0 < value && value <= 1
      ? nil
      : HyperparameterProblem(name: name, value: value, expected: "above 0 and at most 1")
  }

  /// Trees split at values as they are.
  public var standardizesRows: Bool { false }

  /// Each split learns on which side missing numbers go.
  public var takesMissing: Bool { true }

  /// LightGBM tells two classes or more apart.
  public var fewestClasses: Int { 2 }

  /// Looks for LightGBM's library.
  ///
  /// - Throws: `BoostingError` that says what to install.
  public static func checkLibrary() throws { _ = try LightGBM.library() }

  /// How trees are grown.
  var settings: BoostingSettings {
    var made = BoostingSettings()
    (made.rounds, made.patience, made.rate) = (Int(rounds), Int(patience), rate)
    (made.leaves, made.leastRows, made.l2) = (Int(leaves), Int(least), l2)
    (made.featurePart, made.rowPart) = (features, rows)
    return made
  }

  private var asksOnward: Bool { grades == "onward" }

  private var edit: BoostedTrees {
    BoostedTrees(
      settings, balance: balance, weighsDensity: weighting == "density",
      numberError: BoostingObjective.NumberError(rawValue: error) ?? .rmse, asksOnward: asksOnward)
  }

  /// One stage without a step.
  ///
  /// - Precondition: `problems` is empty.
  public func stages(for classes: ClassCounts) -> [Stage] { [Stage(fitting: edit)] }

  /// The same, a booster for each label.
  public func stages(for table: LabelTable) -> [Stage]? {
    [Stage(fitting: edit, SigmoidCrossEntropy())]
  }

  /// The same, one booster.
  public func stages(for table: NumberTable) -> [Stage]? { [Stage(fitting: edit, SquaredError())] }

  /// The same, a booster for each grade but the last.
  public func gradeStages(for classes: ClassCounts) -> [Stage]? {
    [asksOnward ? Stage(fitting: edit, CORNLoss()) : Stage(fitting: edit, CORALLoss())]
  }

  /// Log odds of being beyond each grade, of all rows or of those that have come so far.
  public var gradeDecoding: Decoding? { asksOnward ? .corn : .cumulative }
}
