public import Batches
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
    /// One value per row, `[N]`.
    public let perExample: Tensor

    /// - Parameters:
    ///   - name: what the log calls it.
    ///   - perExample: one value per row, `[N]`.
    public init(name: String, perExample: Tensor) {
      (self.name, self.perExample) = (name, perExample)
    }
  }

  /// The losses, in the order in which they are added up.
  public let terms: [Term]
  /// What the network saw, after mixing: shows what was really drawn, and λ.
  public let batch: Batch

  /// - Parameters:
  ///   - terms: named losses, each `[N]`.
  ///   - batch: what the network saw, after mixing.
  /// - Precondition: at least one term, with a value for every row of `batch`.
  public init(_ terms: [Term], of batch: Batch) {
    require(
      !terms.isEmpty && terms.allSatisfy { $0.perExample.shape == [batch.count] },
      "Terms: expected losses of shape [\(batch.count)], got "
        + "\(terms.map { "\($0.name) \($0.perExample.shape)" })")
    (self.terms, self.batch) = (terms, batch)
  }

  /// The number to minimise, `[]`: the sum of the terms' means over rows.
  public var total: Tensor {
    let means = terms.map { $0.perExample.mean() }
    return means.dropFirst().reduce(means[0], +)
  }
}
