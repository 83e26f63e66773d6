import Requirements
public import Torch

/// z_c = s · cos(w_c, f): only directions count, so no class wins by the length of its weights.
///
/// Source: Gidaris and Komodakis, "Dynamic Few-Shot Visual Learning without Forgetting", CVPR 2018.
public struct CosineHead: Head {
  /// s, above 0.
  public let scale: Double
  /// W, `[C, F]`, of any length row by row; shared.
  public let weight: Tensor

  /// An untrained head: weights drawn as a linear layer's.
  ///
  /// - Parameters:
  ///   - features: length of a feature vector.
  ///   - classes: logits, at least 1.
  ///   - scale: s, above 0.
  ///   - initializer: makes the weight.
  /// - Precondition: `classes` and `scale` are in range.
  public init(features: Int, classes: Int, scale: Double = 1, using initializer: Initializer) {
    require(classes >= 1, "CosineHead: expected at least 1 class, got \(classes)")
    self.init(weight: initializer.weight([classes, features], .uniformFanIn), scale: scale)
  }

  /// A head of given directions.
  ///
  /// - Parameters:
  ///   - weight: `[C, F]`.
  ///   - scale: s, above 0.
  /// - Precondition: `weight` has two dimensions, `scale` is above 0.
  public init(weight: Tensor, scale: Double) {
    require(
      weight.rank == 2 && scale > 0 && scale.isFinite,
      "CosineHead: expected a weight [C, F] and a scale above 0, got \(weight.shape) and \(scale)")
    (self.weight, self.scale) = (weight, scale)
  }

  /// `.cosine(scale:)`.
  public var form: HeadForm { .cosine(scale: scale) }
  /// The number of logits.
  public var classes: Int { weight.shape[0] }

  /// W, `[C, F]`.
  public var classRows: Tensor? { weight }

  /// - Parameter x: `[N, F]`.
  /// - Returns: `[N, C]`, in −s…s.
  public func callAsFunction(_ x: Tensor, _ context: Context) -> Tensor {
    let y = x.unitRows().matmul(weight.unitRows().transposed(0, 1))
    context.tracing?.add(multiplyAdds: y.count * weight.shape[1])
    return scale == 1 ? y : y * scale
  }

  /// Shows `weight`.
  public func visit(_ visitor: inout TensorVisitor) { visitor.parameter("weight", weight) }
}
