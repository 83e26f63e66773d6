import Losses
public import Networks
public import Plans
public import Sampling

/// Squared error: classes that are grades 0, 1, …, K − 1 as numbers, and a network with one output, the grade.
///
/// With `alpha` above 0 on the batches of Balanced-MixUp, which blends the grades. The nearest grade decides;
/// probabilities are those of an error of variance 1; temperature scaling (`steelyard decide`) makes it what it is.
///
/// Departs from the paper: it surveys, and calls this the naive approach; the network is whatever the run has.
public struct SquaredErrorTraining: Method, Equatable {
  /// Name on the command line.
  public static let name = "squared-error"
  /// One line for lists of methods.
  public static let summary = "grades as numbers, by squared error"
  /// Where it was published.
  public static let citation = Citation(
    authors: "Gutiérrez, Pérez-Ortiz, Sánchez-Monedero, Fernández-Navarro, Hervás-Martínez",
    title: "Ordinal Regression Methods: Survey and Experimental Study",
    venue: "IEEE Transactions on Knowledge and Data Engineering 2016",
    link: "https://doi.org/10.1109/TKDE.2015.2457911")
  /// When to use it, what its paper claims, and what may be set.
  public static let guide = Guide(
    .otherTargets,
    use: "Use it where grades are evenly spaced and a mean error is what counts.",
    avoid: "Avoid it where middle grades are rare: it puts everything unsure into the middle.",
    claim: "The survey of Gutiérrez et al. has it as the simplest of ordinal methods.",
    settings: [
      "alpha":
        "first parameter of Balanced-MixUp's Beta distribution, at least 0; 0 blends nothing",
      "rate": "learning rate as part of the run's, above 0",
    ])

  /// Learning rate as part of the run's, above 0: a squared error has up to eight times the curvature of a
  /// cross-entropy, and diverges at the rates that suit this.
  public var rate = 0.1
  /// First parameter of Balanced-MixUp's Beta distribution, at least 0; 0 blends nothing.
  public var alpha = 0.0

  /// A tenth of the rate, and nothing blended.
  public init() {}

  /// `rate` must be above 0, `alpha` at least 0.
  public var problems: [HyperparameterProblem] {
    [.unlessPositive("rate", rate), .unlessNonNegative("alpha", alpha)].compactMap(\.self)
  }

  /// Decodes a grade.
  public var network: NetworkForm { NetworkForm(decoding: .number) }

  /// They are grades.
  public var ordersClasses: Bool { true }

  /// Of numbers: `erm`, with `alpha` above 0 `balanced-mixup`, at the part of the rate that is set.
  public func stages(for table: NumberTable) -> [Stage]? {
    var stage = Stage.of(SquaredError(), blending: alpha)
    stage.rate = .restarts(factor: rate)
    return [stage]
  }

  /// One stage.
  ///
  /// - Precondition: `problems` is empty.
  public func stages(for classes: ClassCounts) -> [Stage] {
    var stage = Stage.of(SquaredError(), blending: alpha)
    stage.rate = .restarts(factor: rate)
    return [stage]
  }
}
