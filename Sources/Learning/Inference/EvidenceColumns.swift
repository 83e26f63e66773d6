import Evaluation
import Networks
import Torch

/// What experts that weigh evidence leave uncertain of each example, and how many of them it engages: columns of its
/// predictions.
struct EvidenceColumns {
  private let threshold: Double
  private var rows = BatchedRows()

  /// - Parameter readout: of the network; `nil` comes out where it weighs no evidence.
  init?(_ readout: Readout) {
    guard case .evidential(_, let threshold) = readout else { return nil }
    self.threshold = threshold
  }

  /// Takes the batch of some examples in.
  mutating func take(_ outputs: Outputs, _ numbers: [Int]) {
    let evidence = Evidence(of: outputs.heads)
    rows.take(
      .stacked([evidence.uncertainty, evidence.engaged(above: threshold)], dim: 1), numbers)
  }

  /// `uncertainty` in 0…1 and `experts` of the examples of these numbers, in their order.
  func columns(of numbers: [Int]) -> [Predictions.Column] {
    let values = rows.whole?.scalars(as: Float.self) ?? []
    return [
      .init("uncertainty", numbers.map { "\(values[2 * $0])" }),
      .init("experts", numbers.map { "\(Int(values[2 * $0 + 1]))" }),
    ]
  }
}
