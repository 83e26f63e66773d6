internal import CTorch
import Requirements

extension Tensor {
  /// Matrix product of shapes `[…, M, K] × […, K, N] → […, M, N]`; leading dimensions broadcast.
  /// - Precondition: equal K and element types; leading dimensions that broadcast.
  public func matmul(_ other: Tensor) -> Tensor {
    Tensor(
      ct_matmul(pointer, other.pointer), "matmul", expected: "[…, M, K] and […, K, N]",
      got: [self, other])
  }
  /// The pseudo-inverse of Moore and Penrose, `[M, K]` → `[K, M]`.
  ///
  /// Singular values below the largest one times max(M, K) times the type's precision count as 0; where one does, the
  /// gradient means nothing.
  /// - Precondition: two dimensions or more, the last two the matrix; a floating type.
  public func pseudoInverse() -> Tensor {
    Tensor(ct_pinv(pointer), "pseudoInverse", expected: "[M, K] of a floating type", got: [self])
  }
  /// `x Wᵀ + b`: `[…, I]` with weight `[O, I]` and bias `[O]` gives `[…, O]`.
  /// - Precondition: the shapes above, of one element type.
  public func linear(_ weight: Tensor, _ bias: Tensor?) -> Tensor {
    Tensor(
      ct_linear(pointer, weight.pointer, bias?.pointer), "linear",
      expected: "[…, I], weight [O, I], bias [O]", got: [self, weight] + (bias.map { [$0] } ?? []))
  }
  /// Cross-correlation `[N, I, H, W]` with weight `[O, I / groups, K, K]`, bias `[O]`, to
  /// `[N, O, H', W']`, H' = ⌊(H + 2 padding − dilation (K − 1) − 1) / stride⌋ + 1.
  ///
  /// In bfloat16, channels last, on processors of x86 that multiply pairs of it but no tiles, kernels of 3 × 3 with a stride and a padding of 1,
  /// without bias, dilation and groups, whose I and O 16 divides, are filtered by F(2 × 2, 3 × 3) (Winograd; Lavin and Gray, CVPR 2016), of maps of
  /// two lines and more and 2 to 256 columns: 16 multiplications in place of 36. Sums of the maps' values are rounded to bfloat16 on the way, so the
  /// error beside exact arithmetic is about twice that of a plain convolution: .0043 in place of .0023 of the result's norm, and .0030 to .0042 in
  /// place of .0017 of the kernel's gradient, of random numbers. Where a value is infinite, results that it reaches may be no numbers.
  ///
  /// On such processors a convolution of up to four channels, as of images, is a product of matrices in bfloat16; under autocast images in float32 are
  /// rounded on the way.
  ///
  /// All others in bfloat16 on the processor: at a stride above 1, a convolution of lines so short that a tap of the kernel meets no pixel is computed in
  /// float32: oneDNN leaves the gradient of such a tap unwritten. ``conv1d(_:_:stride:padding:dilation:groups:)`` does the same.
  /// - Precondition: the shapes above; the kernel is no larger than the padded input.
  public func conv2d(
    _ weight: Tensor, _ bias: Tensor? = nil, stride: Int = 1, padding: Int = 0,
    dilation: Int = 1, groups: Int = 1
  ) -> Tensor {
    Tensor(
      ct_conv2d(
        pointer, weight.pointer, bias?.pointer, Int64(stride), Int64(padding), Int64(dilation),
        Int64(groups)),
      "conv2d",
      expected: "[N, I, H, W] and weight [O, I / \(groups), K, K], K <= H, W after padding",
      got: [self, weight])
  }
  /// Batch normalisation of `[N, C, …]`; in training `mean` and `variance` (`[C]`) are moved in place.
  ///
  /// `y = (x - μ) / √(σ² + eps) · weight + bias`, with the batch's μ and σ² in training and the
  /// running ones otherwise. Running value: `(1 - momentum) · old + momentum · batch`, the
  /// variance unbiased. Source: Ioffe and Szegedy 2015, with PyTorch's convention of momentum.
  ///
  /// The result is activation(y + added), rounded once: in training on the processor, channels last, in float32 and bfloat16,
  /// sum and activation cost no pass over memory of their own (`batch_norm_kernels.h`).
  ///
  /// - Parameters:
  ///   - weight: a factor of each channel.
  ///   - bias: a summand of each channel.
  ///   - mean: the running mean.
  ///   - variance: the running variance.
  ///   - training: whether the batch's own mean and variance are taken.
  ///   - momentum: how far the running ones move, in `0...1`.
  ///   - eps: what is added to the variance.
  ///   - added: what is added to the result, of its shape; `nil` is nothing.
  ///   - activation: what is applied to the sum: `identity`, `relu` or `relu6`.
  /// - Precondition: the shapes above; in training more than one value a channel, which is not
  ///   checked here.
  public func batchNorm(
    weight: Tensor, bias: Tensor, mean: Tensor, variance: Tensor, training: Bool,
    momentum: Double = 0.1, eps: Double = 1e-5, adding added: Tensor? = nil,
    then activation: Activation = .identity
  ) -> Tensor {
    let norm = BatchNormalization(
      weight: weight, bias: bias, mean: mean, variance: variance, momentum: momentum, eps: eps,
      then: activation)
    var all = norm.forEngine
    return Tensor(
      ct_batch_norm(pointer, &all, added?.pointer, training), "batchNorm",
      expected:
        "[N, C, …] with weight, bias, mean, variance [C], more than one value a channel, ReLU, ReLU6 or nothing behind it",
      got: [self] + norm.tensors + (added.map { [$0] } ?? []))
  }
  /// Group normalisation of `[N, C, …]` with weight and bias `[C]` (Wu and He 2018).
  /// - Precondition: `groups` divides C.
  public func groupNorm(
    groups: Int, weight: Tensor, bias: Tensor, eps: Double = 1e-5
  ) -> Tensor {
    Tensor(
      ct_group_norm(pointer, Int64(groups), weight.pointer, bias.pointer, eps), "groupNorm",
      expected: "[N, C, …] with C divisible by \(groups), weight and bias [C]",
      got: [self, weight, bias])
  }
  /// Cross-correlation `[N, I, T]` with weight `[O, I / groups, K]`, bias `[O]`, to `[N, O, T']`,
  /// T' = ⌊(T + 2 padding − dilation (K − 1) − 1) / stride⌋ + 1.
  /// - Precondition: the shapes above; the kernel is no longer than the padded input.
  public func conv1d(
    _ weight: Tensor, _ bias: Tensor? = nil, stride: Int = 1, padding: Int = 0,
    dilation: Int = 1, groups: Int = 1
  ) -> Tensor {
    Tensor(
      ct_conv1d(
        pointer, weight.pointer, bias?.pointer, Int64(stride), Int64(padding), Int64(dilation),
        Int64(groups)),
      "conv1d", expected: "[N, I, T] and weight [O, I / \(groups), K], K <= T after padding",
      got: [self, weight])
  }
  /// Layer normalisation over the last dimension, `[…, C]` with weight and bias `[C]`.
  ///
  /// Mean and biased variance of each vector. Source: Ba, Kiros and Hinton, arXiv:1607.06450.
  /// - Precondition: the shapes above.
  public func layerNorm(weight: Tensor?, bias: Tensor?, eps: Double = 1e-5) -> Tensor {
    Tensor(
      ct_layer_norm(pointer, weight?.pointer, bias?.pointer, eps), "layerNorm",
      expected: "[…, C] with weight and bias [C]",
      got: [self] + [weight, bias].compactMap { $0 })
  }
  /// softmax(q kᵀ / √d) v: queries `self` `[…, M, d]`, keys `[…, L, d]`, values `[…, L, e]`.
  ///
  /// Source: Vaswani et al., "Attention is all you need", NeurIPS 2017.
  /// - Returns: shape `[…, M, e]`.
  /// - Precondition: the shapes above; leading dimensions that broadcast.
  public func attention(to key: Tensor, _ value: Tensor) -> Tensor {
    Tensor(
      ct_attention(pointer, key.pointer, value.pointer), "attention",
      expected: "[…, M, d], […, L, d], […, L, e]", got: [self, key, value])
  }
  /// `[N, C, H, W]` at another size by cubic convolution (a = −0.5), widened where it shrinks, which
  /// averages what would be skipped; pixel centres correspond, corners do not.
  /// - Precondition: four dimensions, and a size of at least 1.
  public func resizedBicubic(height: Int, width: Int) -> Tensor {
    Tensor(
      ct_resize_bicubic(pointer, Int64(height), Int64(width)), "resizedBicubic",
      expected: "[N, C, H, W] and a size of at least 1", got: [self])
  }
  /// Largest of each window of `kernel` steps of `[N, C, T]`; padded places never win.
  /// - Precondition: T is at least `kernel` after padding; `padding` is at most half of `kernel`.
  public func maxPool1d(kernel: Int, stride: Int, padding: Int = 0) -> Tensor {
    Tensor(
      ct_max_pool1d(pointer, Int64(kernel), Int64(stride), Int64(padding)), "maxPool1d",
      expected: "[N, C, T] at least \(kernel) long after padding", got: [self])
  }
  /// Largest of each `kernel`² window of `[N, C, H, W]`; padded places never win.
  /// - Precondition: H and W are at least `kernel` after padding; `padding` is at most half of
  ///   `kernel`.
  public func maxPool2d(kernel: Int, stride: Int, padding: Int = 0) -> Tensor {
    Tensor(
      ct_max_pool2d(pointer, Int64(kernel), Int64(stride), Int64(padding)), "maxPool2d",
      expected: "[N, C, H, W] at least \(kernel) wide after padding", got: [self])
  }
  /// Mean of each `kernel`² window of `[N, C, H, W]`; padded places count as zeros.
  /// - Precondition: H and W are at least `kernel` after padding; `padding` is at most half of
  ///   `kernel`.
  public func avgPool2d(kernel: Int, stride: Int, padding: Int = 0) -> Tensor {
    Tensor(
      ct_avg_pool2d(pointer, Int64(kernel), Int64(stride), Int64(padding)), "avgPool2d",
      expected: "[N, C, H, W] at least \(kernel) wide after padding", got: [self])
  }
  /// Means of `[N, C, H, W]` over a grid of `height` × `width` windows that cover it.
  /// - Precondition: three or four dimensions.
  public func adaptiveAvgPool2d(height: Int = 1, width: Int = 1) -> Tensor {
    Tensor(
      ct_adaptive_avg_pool2d(pointer, Int64(height), Int64(width)), "adaptiveAvgPool2d",
      expected: "[N, C, H, W]", got: [self])
  }
  /// Dropout, of any shape: each element 0 with probability `p`, else divided by `1 - p`.
  ///
  /// Srivastava et al. 2014, in its inverted form.
  /// - Parameter p: in `0..<1`.
  /// - Precondition: `p` is in `0..<1`; a floating type.
  public func dropout(_ p: Double, using generator: Generator) -> Tensor {
    require((0..<1).contains(p), "Tensor.dropout: expected p in 0..<1, got \(p)")
    guard p > 0 else { return self }
    let kept = Tensor.bernoulli(shape, 1 - p, using: generator, dtype: dtype)
    kept.multiply(by: 1 / (1 - p))
    return self * kept.moved(to: device)
  }
}
