internal import CTorch
import Requirements

extension Tensor {
  /// A batch normalisation and what follows it:
  /// ``batchNorm(weight:bias:mean:variance:training:momentum:eps:adding:then:)`` says what they do.
  public struct BatchNormalization {
    let weight, bias, mean, variance: Tensor
    let momentum, eps: Double
    let activation: Activation

    /// - Parameters:
    ///   - weight: a factor of each channel, `[C]`.
    ///   - bias: a summand of each channel, `[C]`.
    ///   - mean: the running mean, `[C]`; training moves it in place.
    ///   - variance: the running variance, `[C]`; training moves it in place.
    ///   - momentum: how far the running ones move, in `0...1`.
    ///   - eps: what is added to the variance, above 0.
    ///   - activation: what follows: `identity`, `relu` or `relu6`.
    public init(
      weight: Tensor, bias: Tensor, mean: Tensor, variance: Tensor, momentum: Double,
      eps: Double, then activation: Activation
    ) {
      (self.weight, self.bias, self.mean, self.variance) = (weight, bias, mean, variance)
      (self.momentum, self.eps, self.activation) = (momentum, eps, activation)
    }

    var tensors: [Tensor] { [weight, bias, mean, variance] }

    var forEngine: ct_normalization {
      ct_normalization(
        weight: weight.pointer, bias: bias.pointer, mean: mean.pointer,
        variance: variance.pointer, momentum: momentum, eps: eps, activation: activation.rawValue)
    }
  }

  /// A kernel of each channel and how it moves over the maps `[N, C, H, W]`.
  public struct DepthwiseFilter {
    let kernel: Tensor
    let stride, top, left: Int
    let sides: [Int]

    /// - Parameters:
    ///   - kernel: `[C, 1, K, K]`, float32.
    ///   - stride: pixels from one output to the next, along both axes.
    ///   - top: zeros above the maps, fewer than K.
    ///   - left: zeros before them, fewer than K.
    ///   - sides: height and width of the result, `[2]`; below and behind are as many zeros as that needs, fewer than K.
    public init(_ kernel: Tensor, stride: Int, top: Int, left: Int, sides: [Int]) {
      (self.kernel, self.stride, self.sides) = (kernel, stride, sides)
      (self.top, self.left) = (top, left)
    }

    func forEngine(_ before: BatchNormalization, _ after: BatchNormalization) -> ct_depthwise {
      ct_depthwise(
        before: before.forEngine, kernel: kernel.pointer, stride: Int64(stride), top: Int64(top),
        left: Int64(left), height: Int64(sides[0]), width: Int64(sides[1]), after: after.forEngine)
    }
  }

  /// `after` of the depthwise convolution of `before` of these maps, in training: `[N, C, H, W]` → `[N, C, H', W']`.
  ///
  /// The maps in between do not stand in memory, but the convolution's result, which the gradient needs; what `before` gives
  /// is not rounded to bfloat16 on the way.
  ///
  /// - Parameters:
  ///   - filter: the convolution.
  ///   - before: what is done to the maps first, by their own statistics.
  ///   - after: what is done to the convolution's result, by its statistics.
  /// - Returns: `nil` where the engine has no such operation. It has one on the processor, channels last, in float32 and
  ///   bfloat16, unless autocast asks for another type, of kernels of 3 × 3 and 5 × 5 at strides of 1 and 2, where a channel has more
  ///   than one value.
  /// - Precondition: `before` and `after` of `C` channels; the kernel touches the maps at each place.
  public func depthwise(
    _ filter: DepthwiseFilter, between before: BatchNormalization, and after: BatchNormalization
  ) -> Tensor? {
    var all = filter.forEngine(before, after)
    guard ct_normed_depthwise_serves(pointer, &all) else { return nil }
    return withExtendedLifetime((before, after)) {
      Tensor(
        ct_normed_depthwise(pointer, &all), "depthwise",
        expected: "[N, C, H, W] and a kernel [C, 1, K, K] that touches it everywhere",
        got: [self, filter.kernel])
    }
  }

  /// The inside of an inverted residual block in training: `[N, I, H, W]` → `[N, O, H', W']`.
  ///
  /// `project · after(filter(before(expand · x)))`. Sandler et al., arXiv:1801.04381, figure 4. Of the maps of the `E` expanded channels
  /// two are kept for the gradient, rounded to bfloat16: what `expand` and what `filter` gives.
  ///
  /// - Parameters:
  ///   - expand: `[E, I, 1, 1]`, float32.
  ///   - before: what is done to the expanded maps.
  ///   - filter: a depthwise convolution of `E` channels.
  ///   - after: what is done to its result.
  ///   - project: `[O, E, 1, 1]`, float32.
  /// - Returns: `nil` where the engine has no such operation, or none that is faster. It has one for data in bfloat16 under autocast to it, on
  ///   processors of x86 that multiply pairs but no tiles of it, channels last, of even I, E and O, kernels of 3 × 3 and 5 × 5 at strides of 1 and
  ///   2, and expanded maps of 4 MiB and more.
  /// - Precondition: `before` and `after` of `E` channels; the kernel touches the maps at each place.
  public func invertedBottleneck(
    expand: Tensor, _ before: BatchNormalization, _ filter: DepthwiseFilter,
    _ after: BatchNormalization, project: Tensor
  ) -> Tensor? {
    var all = filter.forEngine(before, after)
    guard ct_inverted_bottleneck_serves(pointer, expand.pointer, &all, project.pointer) else {
      return nil
    }
    return withExtendedLifetime((before, after)) {
      Tensor(
        ct_inverted_bottleneck(pointer, expand.pointer, &all, project.pointer),
        "invertedBottleneck",
        expected: "[N, I, H, W], matrices [E, I, 1, 1] and [O, E, 1, 1], a kernel [E, 1, K, K]",
        got: [self, expand, project, filter.kernel])
    }
  }
}
