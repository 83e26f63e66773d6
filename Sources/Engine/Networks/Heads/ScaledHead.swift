public import Torch

/// z_c = a_c (w_c f + b_c): a linear head that stays, under one learned scale a class.
///
/// Source: learnable weight scaling, Kang et al., "Decoupling Representation and Classifier for
/// Long-Tailed Recognition", ICLR 2020.
public struct ScaledHead: Head {
  /// The head under the scales.
  public let linear: LinearHead
  /// a, `[C]`; begins as 1; shared.
  public let scale: Tensor

  /// A head whose scales are 1.
  ///
  /// - Parameters:
  ///   - linear: what is scaled; its tensors are shared.
  ///   - initializer: makes the scales.
  public init(_ linear: LinearHead, using initializer: Initializer) {
    self.linear = linear
    scale = initializer.vector(linear.classes, 1)
  }

  /// `.scaled`.
  public var form: HeadForm { .scaled }
  /// The number of logits.
  public var classes: Int { linear.classes }

  /// W of the head under the scales, `[C, F]`.
  public var classRows: Tensor? { linear.classRows }

  /// - Parameter x: `[N, F]`.
  /// - Returns: `[N, C]`.
  public func callAsFunction(_ x: Tensor, _ context: Context) -> Tensor {
    linear(x, context) * scale
  }

  /// Shows `weight`, `bias` and `scale`.
  public func visit(_ visitor: inout TensorVisitor) {
    linear.visit(&visitor)
    visitor.parameter("scale", scale)
  }
}
