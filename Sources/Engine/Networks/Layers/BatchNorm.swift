import Requirements
public import Torch

/// Batch normalisation over rows and places of each channel: torch's `BatchNorm1d` and `BatchNorm2d`.
///
/// Training normalises by the batch's mean and biased variance and moves the running statistics in
/// place by a tenth towards the batch's (the variance unbiased); evaluation uses the running ones.
/// Ioffe and Szegedy, arXiv:1502.03167. A frozen layer (its scale does not require a gradient) uses
/// its running statistics and leaves them alone: frozen means that nothing moves, unless the context
/// shifts statistics (``Context/shiftsStatistics``). Where the context records
/// no statistics, the batch's are used and the running ones keep their bytes. In a ragged batch of series
/// (``Context/lengths``) mean and variance are those of the valid steps, and the result is 0 at all others.
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

  /// What it is in evaluation: a factor and a summand of each channel, `[C]` each.
  var affine: (factor: Tensor, summand: Tensor) {
    let factor = weight / (runningVariance + epsilon).sqrt()
    return (factor, bias - runningMean * factor)
  }

  /// - Parameter x: `[N, C, H, W]`, `[N, C, T]` or `[N, C]`.
  /// - Returns: the same shape.
  /// - Precondition: in training a channel has more than one value: a single one has no variance.
  public func callAsFunction(_ x: Tensor, _ context: Context) -> Tensor {
    self(x, then: nil, context)
  }

  /// The same, added to a residual and activated, without a pass over memory for these where the engine can.
  func callAsFunction(
    _ x: Tensor, onto residual: Residual? = nil, then activation: Activation?, _ context: Context
  ) -> Tensor {
    let fuses = context.valid(x) == nil && residual?.path.drops(context) != true
    let own = fuses ? activation?.ofNormalization : nil
    let y = normalized(x, adding: fuses ? residual?.shortcut : nil, then: own ?? .identity, context)
    let sum = fuses ? y : residual?(y, context) ?? y
    return own == nil ? activation?(sum) ?? sum : sum
  }

  /// Whether it normalises by the batch's own statistics.
  private func learns(_ context: Context) -> Bool {
    context.training && (weight.requiresGrad || context.shiftsStatistics)
  }

  private func momentum(_ context: Context) -> Double {
    context.recordsStatistics ? Self.momentum : 0
  }

  /// Counts a batch by whose statistics it normalises, where the context records them.
  func count(_ context: Context) {
    if context.recordsStatistics { batches.copy(from: batches + Self.one) }
  }

  /// What an operation needs that normalises a whole batch of maps itself and activates it; `nil` where it does not learn from all
  /// of it, where something counts operations, and before an activation that no such operation has. Who uses it counts (``count(_:)``).
  func learning(_ context: Context, then activation: Activation?) -> Tensor.BatchNormalization? {
    guard learns(context), context.lengths == nil, context.tracing == nil else { return nil }
    guard let own = activation.map(\.ofNormalization) ?? .identity else { return nil }
    return Tensor.BatchNormalization(
      weight: weight, bias: bias, mean: runningMean, variance: runningVariance,
      momentum: momentum(context), eps: epsilon, then: own)
  }

  private func normalized(
    _ x: Tensor, adding added: Tensor?, then activation: Tensor.Activation, _ context: Context
  ) -> Tensor {
    let learning = learns(context)
    let valid = context.valid(x)
    // More rows than one have more values than one, however short they are.
    let values =
      valid != nil && x.shape[0] == 1
      ? Int(context.lengths?.sum().item() ?? 0) : x.count / weight.count
    context.tracing?.note(normalized: values)
    require(
      !learning || values > 1,
      "BatchNorm: expected more than one value per channel in training, got \(x.shape)")
    if learning { count(context) }
    let momentum = learning ? self.momentum(context) : 0
    if let valid {
      let (y, moved) = ragged(x, valid, learning: learning)
      if momentum > 0, let moved { record(moved.mean, moved.variance) }
      return y
    }
    return x.batchNorm(
      weight: weight, bias: bias, mean: runningMean, variance: runningVariance,
      training: learning, momentum: momentum, eps: epsilon, adding: added,
      then: activation)
  }

  /// The valid steps normalised, 0 elsewhere, and in training their mean and unbiased variance.
  ///
  /// Computed in float32 at least: sums over many steps are not taken in half precision.
  private func ragged(
    _ x: Tensor, _ valid: Tensor, learning: Bool
  ) -> (y: Tensor, moved: (mean: Tensor, variance: Tensor)?) {
    // First of all: 0 times a padding that is NaN would be NaN, in the sums and in the slopes.
    let x = Context.masked(x, valid)
    guard learning else {
      let y = x.batchNorm(
        weight: weight, bias: bias, mean: runningMean, variance: runningVariance,
        training: false, momentum: 0, eps: epsilon)
      return (Context.masked(y, valid), nil)
    }
    let values = x.dtype == .float64 ? x : x.to(.float32)
    let (mask, channels) = (valid.to(values.dtype), [1, weight.count, 1])
    let count = mask.sum()
    let mean = values.sum(dims: [0, 2], keepDims: true) / count
    let centred = (values - mean) * mask
    let squares = centred.square().sum(dims: [0, 2], keepDims: true)
    let scale = weight.reshaped(channels) / (squares / count + epsilon).sqrt()
    let y = centred * scale + bias.reshaped(channels) * mask
    return (y.to(x.dtype), (mean, squares / (count - 1)))
  }

  private func record(_ mean: Tensor, _ variance: Tensor) {
    for (running, batch) in [(runningMean, mean), (runningVariance, variance)] {
      running.lerp(to: batch.detached().flattened(from: 0).to(running.dtype), weight: Self.momentum)
    }
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
