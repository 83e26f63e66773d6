public import Torch

/// Calibrated scores of a linear head that stays: z_c = σ(f) (a_c s_c + b_c) + (1 − σ(f)) s_c with s = W f + b_0 and
/// σ(f) = sigmoid(v f + u), how far a row's scores are to be calibrated.
///
/// Begins as the head under it: a = 1, b = 0. Source: Zhang, Li, Yan, He, Sun, "Distribution Alignment: A Unified
/// Framework for Long-Tail Visual Recognition", CVPR 2021, equations 3 and 4; v begins at .1 as in the authors' code,
/// whose a begins at 2.
public struct AlignedHead: Head {
  /// The head under the calibration.
  public let linear: LinearHead
  /// a, `[C]`; begins as 1; shared.
  public let scale: Tensor
  /// b, `[C]`; begins as 0; shared.
  public let shift: Tensor
  private let confidence: Linear

  /// A head that changes no score yet.
  ///
  /// - Parameters:
  ///   - linear: what is calibrated; its tensors are shared.
  ///   - features: length of a feature vector.
  ///   - initializer: makes the other tensors.
  public init(_ linear: LinearHead, features: Int, using initializer: Initializer) {
    self.linear = linear
    scale = initializer.vector(linear.classes, 1)
    shift = initializer.vector(linear.classes, 0)
    let weight = initializer.constant([1, features], Self.firstWeight).requiringGrad()
    confidence = Linear(weight: weight, bias: initializer.vector(1, 0))
  }

  /// First value of every element of v.
  private static let firstWeight = 0.1

  /// `.aligned`.
  public var form: HeadForm { .aligned }
  /// The number of logits.
  public var classes: Int { linear.classes }

  /// - Parameter x: `[N, F]`.
  /// - Returns: `[N, C]`.
  public func callAsFunction(_ x: Tensor, _ context: Context) -> Tensor {
    let scores = linear(x, context)
    let confidence = confidence(x, context).sigmoid()
    return confidence * (scores * scale + shift) + (1 - confidence) * scores
  }

  /// Shows `weight`, `bias`, `scale`, `shift`, `confidence.weight` and `confidence.bias`.
  public func visit(_ visitor: inout TensorVisitor) {
    linear.visit(&visitor)
    visitor.parameter("scale", scale)
    visitor.parameter("shift", shift)
    visitor.layer("confidence", confidence)
  }
}
