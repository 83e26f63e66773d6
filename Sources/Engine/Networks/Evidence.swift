import Foundation
import Requirements
public import Torch

/// What experts of a network say when their logits are read as evidence, and how sure the ones before each were.
///
/// ```text
/// e = exp(z),  S = Σ_c (e_c + 1),  b = e / S,  u = C / S            (belief and uncertainty; Σ b + u = 1)
/// w_1 = 1,  w_{i+1} = w_i u_i / (1 − K_i),  K_i = Σ_{p ≠ q} b_{i−1,p} b_{i,q},  K_1 = 0
/// ```
///
/// K is the conflict of an expert with the one before it. 1 − K is u + u' − u u' + Σ_c b_c b'_c, which is never less than
/// the larger u, so that w falls from expert to expert and none is negative. All of it is in float64, from logarithms:
/// logits of any size give numbers.
///
/// Source: Li, Han, Li, Fu, Zhang, "Trustworthy Long-Tailed Classification", CVPR 2022, and the authors' code, whose
/// w_i this is; in it an expert's weight follows from the experts before it alone, so that it need not be run to know it.
public struct Evidence: Sendable {
  /// b of each expert, `[N, C]`.
  public let beliefs: [Tensor]
  /// u of each expert, `[N]`, in (0, 1].
  public let uncertainties: [Tensor]
  /// w_i of each expert, `[N]`, in [0, 1]; 1 of the first.
  public let weights: [Tensor]
  /// w_{E+1}, what uncertainty is left after all experts, `[N]`, in [0, 1].
  public let uncertainty: Tensor

  /// The evidence of logits.
  ///
  /// - Parameter logits: z of each expert, `[N, C]`.
  /// - Precondition: at least one expert.
  public init(of logits: [Tensor]) {
    require(!logits.isEmpty, "Evidence: expected the logits of at least one expert, got none")
    var (beliefs, uncertainties) = ([Tensor](), [Tensor]())
    var weights = [Tensor.ones([logits[0].shape[0]], dtype: .float64, device: logits[0].device)]
    for logits in logits {
      let z = logits.to(.float64)
      let classes = Tensor.full(
        [z.shape[0], 1], log(Double(z.shape[1])), dtype: .float64, device: z.device)
      // ln S of the evidence and the C units that were there before.
      let strength = Tensor.concatenated([z, classes], dim: 1).logSumExp(dim: 1, keepDims: true)
      let (b, u) = ((z - strength).exp(), (classes - strength).exp().squeezed(1))
      let next: Tensor
      if let before = beliefs.last, let unsure = uncertainties.last {
        let agreement = u + unsure - u * unsure + (b * before).sum(dims: [1])
        next = weights[weights.count - 1] * u / agreement.clamped(min: 1e-300, max: 1)
      } else {
        next = u
      }
      beliefs.append(b)
      uncertainties.append(u)
      weights.append(next)
    }
    (self.beliefs, self.uncertainties) = (beliefs, uncertainties)
    self.weights = Array(weights.dropLast())
    uncertainty = weights[weights.count - 1]
  }

  /// a_i = exp(w_i / η) / Σ_j exp(w_j / η): what part of the answer each expert has, `[N]`; they sum to 1 in each row.
  ///
  /// Departs from the authors' code, which divides by the sum over the batch in place of that over the experts.
  ///
  /// - Parameter sharpness: η, above 0.
  public func shares(sharpness: Double) -> [Tensor] {
    let all = (Tensor.stacked(weights, dim: 1) / sharpness).softmax(dim: 1)
    return weights.indices.map { all.narrowed(dim: 1, start: $0, length: 1).squeezed(1) }
  }

  /// How many experts a row engages, those with w_i > τ, `[N]`, at least 1.
  ///
  /// - Parameter threshold: τ, in `0..<1`.
  public func engaged(above threshold: Double) -> Tensor {
    Tensor.stacked(weights, dim: 1).greater(than: threshold).to(.float64).sum(dims: [1])
  }
}
