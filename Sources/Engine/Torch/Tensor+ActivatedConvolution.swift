internal import CTorch

extension Tensor {
  /// What a convolution, or a normalisation, applies to each value of its result.
  public enum Activation: Int32, Sendable, CaseIterable {
    /// Nothing.
    case identity
    /// max(0, x).
    case relu
    /// min(max(0, x), 6).
    case relu6
    /// x · σ(x).
    case silu
  }

  /// Cross-correlation and activation in one pass, without gradients: of `[N, I, H, W]` with weight
  /// `[O, I / groups, K, K]`, both float32 or both bfloat16, and bias `[O]` in float32.
  ///
  /// - Parameters:
  ///   - weight: the kernel, as it is or as ``packedConvolutionWeight(_:stride:padding:groups:)`` gives it.
  ///   - bias: what is added to each channel.
  ///   - stride: pixels from one output to the next.
  ///   - padding: zeros on each side.
  ///   - groups: channel groups.
  ///   - activation: what is applied to the sum.
  /// - Returns: `[N, O, H', W']`.
  /// - Precondition: the shapes and types above; bfloat16 where the processor multiplies it.
  public func conv2d(
    packed weight: Tensor, _ bias: Tensor, stride: Int, padding: Int, groups: Int,
    activation: Activation
  ) -> Tensor {
    Tensor(
      ct_conv2d_activated(
        pointer, weight.pointer, bias.pointer, Int64(stride), Int64(padding), Int64(groups),
        activation.rawValue),
      "conv2d", expected: "[N, I, H, W], a packed weight of its type, bias [O]", got: [self, bias])
  }

  /// A kernel in the order of memory that the processor's convolution of such an input reads best.
  ///
  /// What it gives is for ``conv2d(packed:_:stride:padding:groups:activation:)`` alone: its values cannot be read. Inputs of
  /// other sizes take it as well.
  ///
  /// - Parameters:
  ///   - weight: `[O, I / groups, K, K]`, float32 or of this tensor's type, to which it is rounded.
  ///   - stride: pixels from one output to the next.
  ///   - padding: zeros on each side.
  ///   - groups: channel groups.
  /// - Returns: a tensor whose shape, type and values are libtorch's own, or the engine's.
  /// - Precondition: this tensor is `[N, I, H, W]`, float32 or bfloat16.
  public func packedConvolutionWeight(
    _ weight: Tensor, stride: Int, padding: Int, groups: Int
  ) -> Tensor {
    Tensor(
      ct_conv2d_packed_weight(
        weight.pointer, pointer, Int64(stride), Int64(padding), Int64(groups)),
      "packedConvolutionWeight",
      expected: "[N, I, H, W] and weight [O, I / \(groups), K, K]",
      got: [self, weight])
  }
}
