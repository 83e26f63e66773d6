import Files
import Networks
import Requirements
public import Torch

/// What a network sees in a set of examples before it answers: features, and the logits of every expert.
public struct SetOutputs: Sendable {
  /// What the heads see, the branches' features side by side, `[N, F]`, float32, on the processor.
  public let features: Tensor
  /// The logits of each head, `[N, E, C]`, float32, on the processor; E is 1 for a plain network, C is 0 where heads give
  /// images.
  public let logits: Tensor

  /// Outputs of their parts.
  ///
  /// - Parameters:
  ///   - features: `[N, F]`.
  ///   - logits: `[N, E, C]`.
  /// - Precondition: as many rows in both.
  public init(features: Tensor, logits: Tensor) {
    require(
      features.rank == 2 && logits.rank == 3 && features.shape[0] == logits.shape[0],
      "SetOutputs: expected features [N, F] and logits [N, E, C], got \(features.shape) and "
        + "\(logits.shape)")
    (self.features, self.logits) = (features, logits)
  }

  /// Rows there are, N.
  public var count: Int { features.shape[0] }

  /// Some rows, in the order given.
  ///
  /// - Parameter rows: row numbers, each in `0..<N`.
  func keeping(_ rows: [Int]) -> SetOutputs {
    let places = Tensor(rows.map(Int64.init), shape: [rows.count])
    return SetOutputs(
      features: features.indexSelect(dim: 0, places), logits: logits.indexSelect(dim: 0, places))
  }
}

/// Outputs of batches, put together as they come.
struct OutputsCollector {
  private var features = BatchedRows()
  private var logits = BatchedRows()

  /// Takes the batch of some examples in.
  mutating func take(_ outputs: Outputs, _ rows: [Int]) {
    features.take(.concatenated(outputs.features, dim: 1), rows)
    let heads = outputs.heads
    logits.take(
      heads[0].rank == 2
        ? .stacked(heads, dim: 1) : .zeros([heads[0].shape[0], heads.count, 0]), rows)
  }

  /// All rows; those of an empty set are as wide as the network's.
  func whole(of network: Network) -> SetOutputs {
    SetOutputs(
      features: features.whole ?? .zeros([0, network.featureCount * network.form.branches]),
      logits: logits.whole
        ?? .zeros([0, network.heads.count, network.givesImages ? 0 : network.heads[0].classes]))
  }
}
