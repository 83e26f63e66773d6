import Networks
import Plans
import Torch

/// A pass through one matrix, `[F, C]`; without one the inputs are the logits.
struct LinearPass: Pass {
  var matrix: Tensor?

  func features(_ inputs: Tensor, branches: [Int]?, _ mode: Mode) -> [Tensor] { [inputs] }
  func logits(of features: [Tensor], _ mode: Mode) -> [Tensor] {
    features.map { x in matrix.map { x.matmul($0) } ?? x }
  }
  func answer(_ heads: [Tensor]) -> Tensor { heads[0] }
  func gradient(of value: Tensor, at inputs: Tensor) -> Tensor { value.gradient(at: inputs) }
}
