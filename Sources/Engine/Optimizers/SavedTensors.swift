import Torch

/// Copies saved tensors over a value's own, all or none.
///
/// - Throws: `OptimizerStateError` if a tensor is missing or of another shape.
func copy(
  _ saved: [String: Tensor], over own: [(name: String, value: Tensor)]
) throws(OptimizerStateError) {
  for (name, tensor) in own {
    guard let found = saved[name] else { throw .missing(name) }
    guard found.shape == tensor.shape else {
      throw .shape(name, saved: found.shape, expected: tensor.shape)
    }
  }
  withoutGradients {
    for (name, tensor) in own {
      if let found = saved[name] { tensor.copy(from: found) }
    }
  }
}
