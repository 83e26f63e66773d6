public import Networks
import Requirements
import Torch

/// Something added to the logit of each class for good, b_c ← b_c + δ_c: a decision by another prior of the classes.
///
/// With δ = −τ ln π a network that answers for priors π answers, at τ = 1, for balanced classes: its probabilities are
/// divided by π and scaled to sum to 1. It stands in the bias of the saved model and no program that reads it need know.
///
/// Sources: Menon, Jayasumana, Rawat, Jain, Veit, Kumar, "Long-Tail Learning via Logit Adjustment", ICLR 2021; Buda,
/// Maki, Mazurowski, "A systematic study of the class imbalance problem in convolutional neural networks", Neural
/// Networks 2018 (thresholding).
public struct ShiftedLogits: NetworkEdit, Equatable {
  /// δ, `[C]`.
  public var shift: [Double]

  /// - Parameter shift: δ, `[C]`.
  /// - Precondition: all are finite.
  public init(_ shift: [Double]) {
    require(
      shift.allSatisfy(\.isFinite), "ShiftedLogits: expected finite numbers, got \(shift)")
    self.shift = shift
  }

  /// δ, `[C]`.
  public var logitShift: [Double]? { shift }

  /// It does.
  public var needsLinearHeads: Bool { true }

  /// The same weights under other biases.
  ///
  /// - Precondition: linear heads with an output for each number.
  public func edited(_ network: Network, with tools: any EditTools) -> Network {
    withoutGradients {
      network.with(
        heads: network.linearHeads(for: "ShiftedLogits", outputs: shift.count).map { head in
          let added = Tensor(shift, shape: [shift.count])
            .to(head.bias.dtype).moved(to: head.bias.device)
          return LinearHead(
            weight: head.weight.detached().requiringGrad(),
            bias: (head.bias.detached() + added).requiringGrad(), dropout: head.dropout)
        })
    }
  }
}
