import Requirements
public import Torch

/// Dropout, then a linear layer: z = W f + b.
public struct LinearHead: Head {
  /// Share of features dropped in training, in `0..<1`.
  public let dropout: Double
  private let linear: Linear

  /// An untrained head.
  ///
  /// - Parameters:
  ///   - features: length of a feature vector.
  ///   - classes: logits, at least 1.
  ///   - style: first values, and how the weight is stored.
  ///   - dropout: share of features dropped in training, in `0..<1`.
  ///   - initializer: makes the tensors.
  /// - Precondition: `classes` and `dropout` are in range.
  public init(
    features: Int, classes: Int, style: HeadStyle, dropout: Double = 0,
    using initializer: Initializer
  ) {
    require(classes >= 1, "Network: expected at least 1 class, got \(classes)")
    require(
      (0..<1).contains(dropout), "Network: expected a dropout in 0..<1, got \(dropout)")
    self.dropout = dropout
    linear = Linear(
      features, classes, form: style.form, style.distribution, bias: style.bias,
      using: initializer)
  }

  /// A head of given weights, without dropout unless there is said to be some.
  ///
  /// - Parameters:
  ///   - weight: `[C, F]`, or `[C, F, 1, 1]` where it is stored as a convolution.
  ///   - bias: `[C]`.
  ///   - dropout: share of features dropped in training, in `0..<1`.
  /// - Precondition: as many biases as rows; `dropout` is in range.
  public init(weight: Tensor, bias: Tensor, dropout: Double = 0) {
    require(
      weight.rank >= 2 && bias.shape == [weight.shape[0]] && (0..<1).contains(dropout),
      "LinearHead: expected a bias for each row and a dropout in 0..<1, got \(bias.shape) for \(weight.shape) and "
        + "\(dropout)")
    self.dropout = dropout
    linear = Linear(weight: weight, bias: bias)
  }

  /// `.linear`.
  public var form: HeadForm { .linear }
  /// The number of logits.
  public var classes: Int { weight.shape[0] }
  /// W, `[C, F]`, or `[C, F, 1, 1]` where it is stored as a convolution; shared.
  public var weight: Tensor { linear.weight }
  /// W as a matrix, `[C, F]`.
  public var classRows: Tensor? { weight.rank == 2 ? weight : weight.flattened(from: 1) }
  /// b, `[C]`; shared.
  public var bias: Tensor { linear.bias }

  /// - Parameter x: `[N, F]`.
  /// - Returns: `[N, C]`.
  public func callAsFunction(_ x: Tensor, _ context: Context) -> Tensor {
    let kept =
      context.training && dropout > 0 ? x.dropout(dropout, using: context.generator) : x
    return linear(kept, context)
  }

  /// Shows `weight` and `bias`.
  public func visit(_ visitor: inout TensorVisitor) { linear.visit(&visitor) }
}
