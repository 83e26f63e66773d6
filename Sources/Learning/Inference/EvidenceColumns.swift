import Evaluation
import Networks
import Torch

/// What experts say of each example beside its probabilities, as columns of its predictions: how many of them it engages,
/// and of experts that weigh evidence what they leave uncertain.
struct EvidenceColumns {
  /// τ of experts that weigh evidence; `nil` where a router says how many are engaged.
  private let threshold: Double?
  private var rows = BatchedRows()

  /// - Parameter form: of the network; `nil` comes out where it neither weighs evidence nor has a router.
  init?(_ form: NetworkForm) {
    if case .evidential(_, let threshold) = form.readout {
      self.threshold = threshold
    } else {
      guard form.routes else { return nil }
      threshold = nil
    }
  }

  /// Takes the batch of some examples in.
  mutating func take(_ outputs: Outputs, _ numbers: [Int]) {
    if let threshold {
      let evidence = Evidence(of: outputs.heads)
      rows.take(
        .stacked([evidence.engaged(above: threshold), evidence.uncertainty], dim: 1), numbers)
    } else if let engaged = outputs.engaged {
      rows.take(engaged.unsqueezed(1), numbers)
    }
  }

  /// `uncertainty` in 0…1, where there is one, and `experts` of the examples of these numbers, in their order.
  func columns(of numbers: [Int]) -> [Predictions.Column] {
    let values = rows.whole?.scalars(as: Float.self) ?? []
    let width = threshold == nil ? 1 : 2
    let engaged = Predictions.Column("experts", numbers.map { "\(Int(values[width * $0]))" })
    guard threshold != nil else { return [engaged] }
    return [.init("uncertainty", numbers.map { "\(values[width * $0 + 1])" }), engaged]
  }
}
