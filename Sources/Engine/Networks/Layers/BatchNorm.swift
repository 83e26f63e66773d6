import Requirements
public import Torch

/// Batch normalisation over `[N, H, W]` of each channel: torch's `BatchNorm2d`.
///
/// Training normalises by the batch's mean and biased variance and moves the running statistics in
/// place by a tenth towards the batch's (the variance unbiased); evaluation uses the running ones.
/// Ioffe and Szegedy, arXiv:1502.03167. A frozen layer (its scale does not require a gradient) uses
/// its running statistics and leaves them alone: frozen means that nothing moves. Where the context records
/// no statistics, the batch's are used and the running ones keep their bytes.
///
/// Names: `weight`, `bias`, `running_mean`, `running_var` `[C]`, `num_batches_tracked` `[]`.
public struct BatchNorm: Layer {
  private static let momentum = 0.1
  private static let one = Tensor(Int64(1))
  private let epsilon: Double
  let weight: Tensor
  let bias: Tensor
  let runningMean: Tensor
  let runningVariance: Tensor
  let batches: Tensor

  /// A batch normalisation that starts as the identity.
  ///
  /// - Parameters:
  ///   - channels: Channels of its input.
  ///   - epsilon: What is added to the variance, above 0; torch's default, or TensorFlow's 10⁻³.
  ///   - initializer: Makes the tensors.
  public init(_ channels: Int, epsilon: Double = 1e-5, using initializer: Initializer) {
    self.epsilon = epsilon
    weight = initializer.vector(channels, 1)
    bias = initializer.vector(channels, 0)
    runningMean = initializer.constant([channels], 0)
    runningVariance = initializer.constant([channels], 1)
    batches = Tensor.zeros([], dtype: .int64, device: initializer.device)
  }

  /// - Parameter x: `[N, C, H, W]`.
  /// - Returns: `[N, C, H, W]`.
  /// - Precondition: in training `N · H · W` is above 1: a single value has no variance.
  public func callAsFunction(_ x: Tensor, _ context: Context) -> Tensor {
    let learning = context.training && weight.requiresGrad
    let values = x.count / weight.count
    context.tracing?.note(normalized: values)
    require(
      !learning || values > 1,
      "BatchNorm: expected more than one value per channel in training, got \(x.shape)")
    let records = learning && context.recordsStatistics
    if records { batches.copy(from: batches + Self.one) }
    return x.batchNorm(
      weight: weight, bias: bias, mean: runningMean, variance: runningVariance,
      training: learning, momentum: records ? Self.momentum : 0, eps: epsilon)
  }

  /// Shows its tensors to `visitor`.
  public func visit(_ visitor: inout TensorVisitor) {
    visitor.parameter("weight", weight)
    visitor.parameter("bias", bias)
    visitor.buffer("running_mean", runningMean)
    visitor.buffer("running_var", runningVariance)
    visitor.buffer("num_batches_tracked", batches)
  }
}
