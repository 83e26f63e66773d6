import Networks
import Torch

/// The rows as they are: what stands in the place of hidden layers where a head is fitted to features.
struct GivenRows: Backbone {
  /// The length of a row.
  let featureCount = LTGauss.features

  /// Rows of shape `[N, 16]`, unchanged.
  func callAsFunction(_ x: Tensor, _ context: Context) -> Tensor { x }

  /// There is nothing to name.
  func visit(_ visitor: inout TensorVisitor) {}
}
