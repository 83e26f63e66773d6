public import Randomness

/// A logistic regression on as many rows of every class as the commonest has, made by SMOTE, of which those in Tomek links
/// were taken out.
///
/// C is chosen on the rows as they are: a made row lies between two others and is no test of either. Source: Batista, Prati,
/// Monard, "A Study of the Behavior of Several Methods for Balancing Machine Learning Training Data", SIGKDD Explorations 2004;
/// links are taken out of all classes.
public struct CleanedSMOTE: Sendable, Equatable {
  /// How rows are made.
  public var smote: SMOTE
  /// What is fitted.
  public var fit: LogisticRegression

  /// - Parameters:
  ///   - smote: how rows are made.
  ///   - fit: what is fitted.
  public init(smote: SMOTE = SMOTE(), fit: LogisticRegression = LogisticRegression()) {
    (self.smote, self.fit) = (smote, fit)
  }

  /// The rows that it fits: those of the set and made ones, without those in links.
  ///
  /// - Parameters:
  ///   - rows: features, `[N, D]`, with their classes.
  ///   - classes: K.
  ///   - key: of all draws.
  public func rows(_ rows: LabelledFeatures, classes: Int, key: RandomKey) -> LabelledFeatures {
    let grown = SMOTE.grown(rows, by: smote.draws(rows, classes: classes, key: key))
    return grown.keeping(TomekLinks(grown.features, grown.labels).kept(.both))
  }

  /// Fits rows `[N, D]` without reports of how far it is; else as the function with `progress`.
  ///
  /// - Precondition: at least one row; C above 0; at least 2 folds.
  public func callAsFunction(
    _ rows: LabelledFeatures, classes: Int, key: RandomKey
  ) -> LogisticRegression.Solution {
    self(rows, classes: classes, key: key) { _, _ in }
  }

  /// Fits.
  ///
  /// - Parameters:
  ///   - rows: features, `[N, D]`, with their classes, and groups where rows belong together.
  ///   - classes: K.
  ///   - key: of all draws.
  ///   - progress: told at every step of a fit how many of its fits are done, and of how many; may
  ///     throw to stop.
  /// - Returns: the fit of the rows that were made and kept, with what was tried on the rows as
  ///   they are.
  /// - Throws: what `progress` throws.
  /// - Precondition: at least one row; C above 0; at least 2 folds.
  public func callAsFunction(
    _ rows: LabelledFeatures, classes: Int, key: RandomKey,
    progress: (Int, Int) throws -> Void
  ) rethrows -> LogisticRegression.Solution {
    var fit = fit
    let tried =
      fit.c == nil ? try fit(rows, classes: classes, key: key, progress: progress) : nil
    fit.c = fit.c ?? tried?.c
    let grown = self.rows(rows, classes: classes, key: key)
    let found = try fit(grown, classes: classes, key: key, progress: progress)
    return LogisticRegression.Solution(
      weight: found.weight, bias: found.bias, c: found.c, objective: found.objective,
      iterations: found.iterations, isConverged: found.isConverged, tried: tried?.tried ?? [])
  }
}
