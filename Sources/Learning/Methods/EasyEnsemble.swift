public import Plans
public import Sampling

/// An ensemble of logistic regressions on the features of the network as it is, each on a balanced part of the rows.
///
/// Departs from the paper: members are logistic regressions and not boosted trees, and their logits are averaged, which
/// makes one linear head; see ``Plans/BalancedEnsemble``.
public struct EasyEnsemble: Method, Equatable {
  /// Name on the command line.
  public static let name = "easy-ensemble"
  /// One line for lists of methods.
  public static let summary =
    "frozen features, logistic regressions on balanced parts of the data, averaged"
  /// Where it was published.
  public static let citation = Citation(
    authors: "Liu, Wu, Zhou", title: "Exploratory Undersampling for Class-Imbalance Learning",
    venue: "IEEE Transactions on Systems, Man and Cybernetics B 2009",
    link: "https://doi.org/10.1109/TSMCB.2008.2007853")
  /// When to use it, and what is known of it.
  public static let guide = Guide(
    .resampling,
    use:
      "On features, where rare classes count as much as common ones and a balanced fit is too bold.",
    avoid:
      "Where the rarest class has a handful of rows: each member sees only as many of the others.",
    claim: "On binary tables, ahead of single under-sampling; nothing is claimed of deep features.",
    settings: [
      "members": "members, a whole number from 1 to 1000",
      "least": "rows of a class that has so many, where the rarest has fewer; from 1",
      "c": "c of every member, above 0; 0 chooses it on the rows of the first",
      "tomek": "true never draws rows of common classes that are in a Tomek link; false draws all",
    ])

  /// Members, at least 1.
  public var members = 10.0
  /// Rows of a class that has so many, where the rarest has fewer; at least 1.
  public var least = 20.0
  /// C of every member, above 0; 0 chooses it.
  public var c = 0.0
  /// Whether rows in Tomek links that are not of the rarest class are never drawn.
  public var tomek = false

  /// Ten members.
  public init() {}

  /// Every value must be in its range.
  public var problems: [HyperparameterProblem] {
    [
      .unlessWhole("members", members, to: 1000), .unlessWhole("least", least, to: 1_000_000),
      .unlessNonNegative("c", c),
    ].compactMap(\.self)
  }

  /// One stage without a step.
  ///
  /// - Precondition: `problems` is empty.
  public func stages(for classes: ClassCounts) -> [Stage] {
    let ensemble = BalancedEnsemble(
      members: Int(members), least: Int(least),
      fit: LogisticRegression(c: c > 0 ? c : nil), cleans: tomek)
    return [Stage(fitting: FittedHead(.ensemble(ensemble)))]
  }
}
