public import Networks
public import Torch

/// A hidden layer with ReLU under a name: two of them are the network for LT-Gauss, 16-64-64. Branches share the
/// first.
public struct Hidden: Backbone {
  /// The length of a feature vector.
  public let featureCount = 64
  private let name: String
  private let layer: Linear

  /// With new weights.
  ///
  /// - Parameters:
  ///   - name: what its tensors are called.
  ///   - inputs: numbers a row.
  ///   - initializer: makes the tensors.
  public init(_ name: String, inputs: Int, using initializer: Initializer) {
    self.name = name
    layer = Linear(inputs, 64, using: initializer)
  }

  /// Rows of shape `[N, inputs]` to `[N, 64]`.
  public func callAsFunction(_ x: Tensor, _ context: Context) -> Tensor { layer(x, context).relu() }

  /// Names the layer.
  public func visit(_ visitor: inout TensorVisitor) { visitor.layer(name, layer) }
}
