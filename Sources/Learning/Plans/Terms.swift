public import Batches
public import Losses
import Requirements
public import Torch

/// What one step came to: named losses, one value per row, and the batch that they are of.
///
/// The only place where losses are reduced: the mean over rows, then the sum over names.
public struct Terms: Sendable {
  /// One named loss.
  public struct Term: Sendable {
    /// What the log calls it.
    public let name: String
    /// One value per row, `[N]`, and what their sum is divided by.
    public let rows: RowValues

    /// Whether each value is one row's of the batch; those of unlabelled rows are not, nor parts of what is said of the
    /// batch as a whole.
    public let isOfBatch: Bool

    /// - Parameters:
    ///   - name: what the log calls it.
    ///   - rows: one value per row, `[N]`, and what their sum is divided by.
    ///   - isOfBatch: whether each value is one row's of the batch.
    public init(_ name: String, _ rows: RowValues, isOfBatch: Bool = true) {
      (self.name, self.rows, self.isOfBatch) = (name, rows, isOfBatch)
    }
  }

  /// The losses, in the order in which they are added up.
  public let terms: [Term]
  /// What the network saw, N rows, after mixing: shows what was really drawn, and λ.
  public let batch: Batch

  /// - Parameters:
  ///   - terms: named losses, each `[N]`.
  ///   - batch: what the network saw, after mixing.
  /// - Precondition: at least one term, no name twice.
  public init(_ terms: [Term], of batch: Batch) {
    require(
      !terms.isEmpty && Set(terms.map(\.name)).count == terms.count,
      "Terms: expected at least one term, each of its own name, got \(terms.map(\.name))")
    (self.terms, self.batch) = (terms, batch)
  }

  /// The number to minimise, shape `[]`: the sum of the terms' means over rows.
  public var total: Tensor {
    total(over: terms.map(\.rows.denominator))
  }

  /// Σ values / denominator, summed over names, with other denominators: those of all processes together.
  ///
  /// - Parameter denominators: one a term, in their order, at least 0; where it is 0 no row counts.
  /// - Returns: shape `[]`.
  /// - Precondition: a denominator for each term, each at least 0.
  public func total(over denominators: [Double]) -> Tensor {
    require(
      denominators.count == terms.count,
      "Terms.total: expected \(terms.count) denominator(s), got \(denominators.count)")
    let means = zip(terms, denominators).map { term, denominator in
      RowValues(term.rows.values, denominator: denominator).mean
    }
    return means.dropFirst().reduce(means[0], +)
  }
}
