/// How trees are grown; the defaults are LightGBM's, but for the rounds, which validation ends.
public struct BoostingSettings: Sendable, Equatable {
  /// Most rounds, at least 1; each grows a tree for each score.
  public var rounds = 500
  /// Rounds without a smaller loss of validation after which growing ends, at least 1.
  public var patience = 50
  /// Shrinkage of each tree, above 0.
  public var rate = 0.1
  /// Most leaves of a tree, at least 2.
  public var leaves = 31
  /// Fewest rows of a leaf, at least 1.
  public var leastRows = 20
  /// λ of the squares of the leaves' values, at least 0.
  public var l2 = 0.0
  /// Part of the features that a tree may use, above 0 and at most 1.
  public var featurePart = 1.0
  /// Part of the rows that a tree is grown on, drawn anew in each round, above 0 and at most 1.
  public var rowPart = 1.0

  /// The defaults.
  public init() {}

  /// The same in LightGBM's words.
  ///
  /// - Parameters:
  ///   - objective: what trees are grown for.
  ///   - seed: of what is drawn, at least 0.
  ///   - threads: at least 1; no tree depends on it.
  func parameters(_ objective: BoostingObjective, seed: Int32, threads: Int) -> String {
    objective.parameters
      + " learning_rate=\(rate) num_leaves=\(leaves) min_data_in_leaf=\(leastRows) lambda_l2=\(l2)"
      + " feature_fraction=\(featurePart) bagging_fraction=\(rowPart)"
      + " bagging_freq=\(rowPart < 1 ? 1 : 0) seed=\(seed) num_threads=\(max(threads, 1))"
      // A column's sums in one thread, so that the number of threads changes no tree; row by row each thread sums a part, and from some
      // thousands of rows on the parts' sums differ in their last digits, "deterministic" or not.
      + " deterministic=true force_col_wise=true verbosity=-1"
  }

  /// Whether each round draws rows or features of its own, so that another round may find a split where one found none.
  package var draws: Bool { rowPart < 1 || featurePart < 1 }
}
