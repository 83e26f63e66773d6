import Requirements
public import Torch

/// One direction for all thresholds of ordered classes, and a bias for each: z_k = wᵀf + b_k, whose order is that of the biases in
/// every row.
///
/// Biases begin evenly from 1 down to 1/(K − 1), as in the authors' code. Source: the layer of CORAL, Cao, Mirjalili, Raschka,
/// "Rank Consistent Ordinal Regression for Neural Networks with Application to Age Estimation", Pattern Recognition Letters 2020.
public struct ThresholdHead: Head {
  /// Share of features dropped in training, in `0..<1`.
  public let dropout: Double
  /// w, `[1, F]`; shared.
  public let weight: Tensor
  /// b, `[K − 1]`; shared.
  public let bias: Tensor

  /// An untrained head: the weight drawn as a linear layer's.
  ///
  /// - Parameters:
  ///   - features: length of a feature vector.
  ///   - classes: thresholds, at least 1.
  ///   - dropout: share of features dropped in training, in `0..<1`.
  ///   - initializer: makes the tensors.
  /// - Precondition: `classes` and `dropout` are in range.
  public init(
    features: Int, classes: Int, dropout: Double = 0, using initializer: Initializer
  ) {
    require(
      classes >= 1 && (0..<1).contains(dropout),
      "ThresholdHead: expected at least 1 threshold and a dropout in 0..<1, got \(classes) and \(dropout)"
    )
    self.dropout = dropout
    weight = initializer.weight([1, features], .uniformFanIn)
    bias = initializer.vector(classes, 0)
    let first = (0..<classes).map { Double(classes - $0) / Double(classes) }
    withoutGradients {
      bias.copy(from: Tensor(first, shape: [classes]).to(bias.dtype).moved(to: bias.device))
    }
  }

  /// `.thresholds`.
  public var form: HeadForm { .thresholds }
  /// The number of thresholds.
  public var classes: Int { bias.shape[0] }

  /// - Parameter x: `[N, F]`.
  /// - Returns: `[N, K − 1]`.
  public func callAsFunction(_ x: Tensor, _ context: Context) -> Tensor {
    let kept =
      context.training && dropout > 0 ? x.dropout(dropout, using: context.generator) : x
    let y = kept.matmul(weight.transposed(0, 1))
    context.tracing?.add(multiplyAdds: y.count * weight.shape[1])
    return y + bias
  }

  /// Shows `weight` and `bias`.
  public func visit(_ visitor: inout TensorVisitor) {
    visitor.parameter("weight", weight)
    visitor.parameter("bias", bias)
  }
}
