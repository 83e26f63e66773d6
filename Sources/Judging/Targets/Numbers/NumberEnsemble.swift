import Evaluation
import Requirements

/// Several models of a number put together, ŷ = b + Σ_m w_m ŷ_m with w ≥ 0, by least squares.
///
/// Weights may not be negative, so that no model is made up for by the mistakes of another. They are fitted to what each model said of
/// examples that it had not seen; else one that has learned by heart would have all the weight.
///
/// Source: Breiman, "Stacked Regressions", Machine Learning 24, 1996.
public struct NumberEnsemble: Sendable, Equatable, Codable {
  /// What the models are called, `[M]`.
  public let models: [String]
  /// w, `[M]`, each at least 0.
  public let weights: [Double]
  /// b, in the unit of the number.
  public let intercept: Double

  /// Fits weights.
  ///
  /// - Parameters:
  ///   - models: what the models are called, `[M]`.
  ///   - said: what each said, `[M][N]`.
  ///   - truths: y, `[N]`, at least one.
  /// - Precondition: as many numbers of each model as truths, at least one.
  public init(_ models: [String], said: [[Double]], truths: [Double]) {
    require(
      said.count == models.count && !truths.isEmpty && said.allSatisfy { $0.count == truths.count },
      "NumberEnsemble: expected \(truths.count) numbers, at least one, of each of \(models.count) models"
    )
    func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
    let (means, center) = (said.map(mean), mean(truths))
    let columns = zip(said, means).map { values, mean in values.map { $0 - mean } }
    weights = NonNegativeWeights(columns, truths.map { $0 - center }).values
    intercept = center - zip(weights, means).reduce(0) { $0 + $1.0 * $1.1 }
    self.models = models
  }

  /// Why it is of no use, if it is of none: anyone may have written the file.
  ///
  /// - Parameter path: the file.
  /// - Throws: ``EnsembleError/badWeights(path:)``.
  public func checked(_ path: String) throws(EnsembleError) -> NumberEnsemble {
    guard models.count > 1, weights.count == models.count, intercept.isFinite,
      weights.allSatisfy({ $0 >= 0 && $0.isFinite })
    else { throw .badWeights(path: path) }
    return self
  }

  /// What the ensemble says of examples.
  ///
  /// - Parameter said: what each model says, `[M][N]`.
  /// - Returns: ŷ, `[N]`.
  /// - Precondition: as many lists as models.
  public func predicted(_ said: [[Double]]) -> [Double] {
    require(
      said.count == weights.count,
      "NumberEnsemble.predicted: expected \(weights.count) models, got \(said.count)")
    return (said.first ?? []).indices.map { row in
      zip(weights, said).reduce(intercept) { $0 + $1.0 * $1.1[row] }
    }
  }
}
