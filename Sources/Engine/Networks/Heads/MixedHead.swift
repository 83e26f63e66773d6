import Requirements
public import Torch

/// The mean of a linear and a cosine head over the same features: z_c = ½ (w_c f + b_c + s · cos(v_c, f)).
///
/// The linear half may answer by the length of the features, the cosine half by their direction alone; the mean of logits is
/// the geometric mean of their probabilities, renormalised. Each half has weights of its own and learns from the mean;
/// dropout, where there is some, is before the linear half.
public struct MixedHead: Head {
  /// W and b.
  public let linear: LinearHead
  /// V and s.
  public let cosine: CosineHead

  /// A head of its halves, whose tensors are shared.
  ///
  /// - Parameters:
  ///   - linear: W `[C, F]` and b `[C]`.
  ///   - cosine: V `[C, F]` and s.
  /// - Precondition: as many classes in both.
  public init(_ linear: LinearHead, _ cosine: CosineHead) {
    require(
      linear.classes == cosine.classes,
      "MixedHead: expected as many classes in both halves, got \(linear.classes) and \(cosine.classes)"
    )
    (self.linear, self.cosine) = (linear, cosine)
  }

  /// `.mixed(scale:)`.
  public var form: HeadForm { .mixed(scale: cosine.scale) }
  /// The number of logits, C.
  public var classes: Int { linear.classes }
  /// W of the linear half, `[C, F]`.
  public var classRows: Tensor? { linear.classRows }

  /// - Parameter x: `[N, F]`.
  /// - Returns: `[N, C]`.
  public func callAsFunction(_ x: Tensor, _ context: Context) -> Tensor {
    (linear(x, context) + cosine(x, context)) * 0.5
  }

  /// Shows `weight`, `bias` and `cosine.weight`.
  public func visit(_ visitor: inout TensorVisitor) {
    linear.visit(&visitor)
    visitor.layer("cosine", cosine)
  }
}
