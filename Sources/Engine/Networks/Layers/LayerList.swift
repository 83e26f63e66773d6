public import Torch

/// Layers of one kind in a row, named by their place: torch's `Sequential`.
public struct LayerList<Element: Layer>: Layer {
  let elements: [Element]

  /// Layers applied in order, named `0`, `1`, ….
  ///
  /// - Parameter elements: The layers; none is the identity.
  public init(_ elements: [Element]) { self.elements = elements }

  /// - Parameter x: A tensor of the shape that the first layer takes.
  /// - Returns: What the last layer returns.
  public func callAsFunction(_ x: Tensor, _ context: Context) -> Tensor {
    elements.reduce(x) { $1($0, context) }
  }

  /// Shows its tensors to `visitor`.
  public func visit(_ visitor: inout TensorVisitor) {
    for (index, element) in elements.enumerated() { visitor.layer("\(index)", element) }
  }
}
