public import Plans
public import Sampling

/// A boosted ensemble of logistic regressions on the features of the network as it is, each on a balanced part of the rows,
/// in which a row counts by how wrong the members before were about it.
///
/// Departs from the paper: members are logistic regressions and not trees, and their probabilities boost (SAMME.R, as
/// imbalanced-learn has it), so that the mean of their logits answers and the ensemble is one linear head; see
/// ``Plans/BalancedEnsemble``.
public struct RUSBoost: Method, Equatable {
  /// Name on the command line.
  public static let name = "rusboost"
  /// One line for lists of methods.
  public static let summary =
    "frozen features, boosted logistic regressions on balanced parts of the data"
  /// Where it was published.
  public static let citation = Citation(
    authors: "Seiffert, Khoshgoftaar, Van Hulse, Napolitano",
    title: "RUSBoost: A Hybrid Approach to Alleviating Class Imbalance",
    venue: "IEEE Transactions on Systems, Man, and Cybernetics A 2010",
    link: "https://doi.org/10.1109/TSMCA.2009.2029559")
  /// When to use it, and what is known of it.
  public static let guide = Guide(
    .resampling,
    use: "On features, where easy-ensemble is wrong about the same rows in every member.",
    avoid: "Where labels are wrong now and then: boosting looks at such rows most of all.",
    claim: "Its numbers, of trees on binary tables, were not checked and are not repeated.",
    settings: [
      "members": "members, a whole number from 1 to 1000; fewer where one is never wrong",
      "least": "rows of a class that has so many, where the rarest has fewer; from 1",
      "c": "c of every member, above 0; 0 chooses it on the rows of the first",
      "rate": "learning rate of boosting, above 0; small values let members differ less",
      "tomek": "true never draws rows of common classes that are in a Tomek link; false draws all",
    ])

  /// Members, at least 1.
  public var members = 10.0
  /// Rows of a class that has so many, where the rarest has fewer; at least 1.
  public var least = 20.0
  /// C of every member, above 0; 0 chooses it.
  public var c = 0.0
  /// η of boosting, above 0.
  public var rate = 1.0
  /// Whether rows in Tomek links that are not of the rarest class are never drawn.
  public var tomek = false

  /// Ten members.
  public init() {}

  /// Every value must be in its range.
  public var problems: [HyperparameterProblem] {
    [
      .unlessWhole("members", members, to: 1000), .unlessWhole("least", least, to: 1_000_000),
      .unlessNonNegative("c", c), .unlessPositive("rate", rate),
    ].compactMap(\.self)
  }

  /// One stage without a step.
  ///
  /// - Precondition: `problems` is empty.
  public func stages(for classes: ClassCounts) -> [Stage] {
    let ensemble = BalancedEnsemble(
      members: Int(members), least: Int(least), fit: LogisticRegression(c: c > 0 ? c : nil),
      boosts: rate, cleans: tomek)
    return [Stage(fitting: FittedHead(.ensemble(ensemble)))]
  }
}
