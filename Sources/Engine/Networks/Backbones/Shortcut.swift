import Torch

/// The path around a residual block: the identity, made to fit where the block changes the shape.
struct Shortcut: Layer {
  /// How to fit. The letters are those of He et al. 2016, section 3.3.
  enum Kind {
    /// Option A: every other pixel, zero channels added on both sides; nothing to learn.
    case padded
    /// Option B: a 1×1 convolution and batch normalisation.
    case projected
  }

  private enum Form {
    case identity
    case padded(stride: Int, before: Int, after: Int)
    case projected(Convolution, BatchNorm)
  }

  private let form: Form

  init(_ kind: Kind, _ inputs: Int, _ outputs: Int, stride: Int, using initializer: Initializer) {
    switch kind {
    case _ where stride == 1 && inputs == outputs:
      form = .identity
    case .padded:
      let before = (outputs - inputs) / 2
      form = .padded(stride: stride, before: before, after: outputs - inputs - before)
    case .projected:
      let geometry = Convolution.Geometry(1, stride: stride)
      form = .projected(
        Convolution(inputs, outputs, geometry, .heFanOut, using: initializer),
        BatchNorm(outputs, using: initializer))
    }
  }

  func callAsFunction(_ x: Tensor, _ context: Context) -> Tensor {
    switch form {
    case .identity:
      return x
    case .projected(let convolution, let norm):
      return convolution.normed(x, by: norm, context)
    case .padded(let stride, let before, let after):
      let y = x.subsampled(by: stride)
      let zeros = { (channels: Int) -> Tensor in
        var shape = y.shape
        shape[1] = channels
        return Tensor.zeros(shape, dtype: y.dtype, device: y.device).channelsLast()
      }
      return .concatenated([zeros(before), y, zeros(after)], dim: 1)
    }
  }

  func visit(_ visitor: inout TensorVisitor) {
    guard case .projected(let convolution, let norm) = form else { return }
    visitor.layer("0", convolution)
    visitor.layer("1", norm)
  }
}
