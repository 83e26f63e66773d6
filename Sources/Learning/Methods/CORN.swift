import Losses
public import Networks
public import Plans
public import Sampling

/// CORN: classes that are grades, as a chain of questions whether it goes further, each learned from those rows alone
/// that have come so far. The probabilities of going beyond a grade never rise with it.
///
/// With `alpha` above 0 on the batches of Balanced-MixUp, each labelling of a blended row by its weight.
///
/// Departs from the paper: the most probable grade decides, where the paper counts the P(y > k) above ½; with
/// `steelyard decide` another rule may.
public struct CORN: Method, Equatable {
  /// Name on the command line.
  public static let name = "corn"
  /// One line for lists of methods.
  public static let summary = "grades in order, by whether it goes further at each"
  /// Where it was published.
  public static let citation = Citation(
    authors: "Shi, Cao, Raschka",
    title: "Deep Neural Networks for Rank-Consistent Ordinal Regression Based On Conditional "
      + "Probabilities", venue: "Pattern Analysis and Applications 2023",
    link: "https://arxiv.org/abs/2111.08851")
  /// When to use it, what its paper claims, and what may be set.
  public static let guide = Guide(
    .otherTargets,
    use: "Use it where classes are grades, so that a near miss is better than a far one.",
    avoid: "Avoid it where the order of the classes means nothing.",
    claim:
      "Shi et al. report lower absolute errors than other ordinal losses on face ages and other sets; "
      + "numbers were not checked here.",
    settings: [
      "alpha": "first parameter of Balanced-MixUp's Beta distribution, at least 0; 0 blends nothing"
    ])

  /// First parameter of Balanced-MixUp's Beta distribution, at least 0; 0 blends nothing.
  public var alpha = 0.0

  /// Nothing blended.
  public init() {}

  /// `alpha` must be at least 0.
  public var problems: [HyperparameterProblem] {
    [.unlessNonNegative("alpha", alpha)].compactMap(\.self)
  }

  /// Decodes a chain of questions.
  public var network: NetworkForm { NetworkForm(decoding: .corn) }

  /// They are grades.
  public var ordersClasses: Bool { true }

  /// One stage.
  ///
  /// - Precondition: `problems` is empty; two classes or more.
  public func stages(for classes: ClassCounts) -> [Stage] {
    [Stage.of(CORNLoss(), blending: alpha)]
  }
}
