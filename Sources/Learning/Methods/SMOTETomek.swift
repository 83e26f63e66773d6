public import Plans
public import Sampling

/// A logistic regression on the features of the network as it is, on rows that SMOTE made until all classes are equally
/// large, without those in Tomek links.
///
/// Departs from the paper: what is fitted is a logistic regression and no tree, on features of a network; C is chosen on the
/// rows as they are; see ``Plans/CleanedSMOTE``.
public struct SMOTETomek: Method, Equatable {
  /// Name on the command line.
  public static let name = "smote-tomek"
  /// One line for lists of methods.
  public static let summary =
    "frozen features, rows made by SMOTE and cleaned of Tomek links, logistic regression"
  /// Where it was published.
  public static let citation = Citation(
    authors: "Batista, Prati, Monard",
    title:
      "A Study of the Behavior of Several Methods for Balancing Machine Learning Training Data",
    venue: "SIGKDD Explorations 2004", link: "https://doi.org/10.1145/1007730.1007735")
  /// When to use it, and what is known of it.
  public static let guide = Guide(
    .augmentation,
    use:
      "On features of a good network, with classes of some dozens of rows that lie close to larger ones.",
    avoid:
      "Where a class is far larger than memory holds times the number of classes: every class is made as large.",
    claim: "Its numbers, of trees on binary tables, were not checked and are not repeated.",
    settings: [
      "neighbours":
        "k, how many nearest rows of the class one is drawn of, a whole number from 1 to 1000",
      "c": "C of the regression, above 0; 0 chooses it on the rows as they are",
    ])

  /// k, at least 1.
  public var neighbours = 5.0
  /// C, above 0; 0 chooses it.
  public var c = 0.0

  /// Five neighbours.
  public init() {}

  /// Every value must be in its range.
  public var problems: [HyperparameterProblem] {
    [.unlessWhole("neighbours", neighbours, to: 1000), .unlessNonNegative("c", c)]
      .compactMap(\.self)
  }

  /// One stage without a step.
  ///
  /// - Precondition: `problems` is empty.
  public func stages(for classes: ClassCounts) -> [Stage] {
    let cleaned = CleanedSMOTE(
      smote: SMOTE(neighbours: Int(neighbours)), fit: LogisticRegression(c: c > 0 ? c : nil))
    return [Stage(fitting: FittedHead(.smote(cleaned)))]
  }
}
