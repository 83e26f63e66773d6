import Torch

/// Two 3×3 convolutions and a shortcut: y = relu(F(x) + shortcut(x)). He et al. 2016, figure 2.
///
/// Names: `conv1`, `bn1`, `conv2`, `bn2`, and `downsample.0`, `downsample.1` where the shape changes.
struct BasicBlock: Layer {
  static let expansion = 1
  private let conv1, conv2: Convolution
  private let bn1, bn2: BatchNorm
  private let shortcut: Shortcut
  private let path: DropPath

  /// - Parameters:
  ///   - inputs: Channels in.
  ///   - width: Channels of both convolutions.
  ///   - stride: Of the first convolution.
  ///   - shortcut: What to do where the shape changes.
  ///   - path: How often it is left out.
  init(
    _ inputs: Int, _ width: Int, stride: Int, shortcut: Shortcut.Kind,
    _ distribution: Initializer.Distribution, path: DropPath = DropPath(),
    using initializer: Initializer
  ) {
    self.path = path
    conv1 = Convolution(inputs, width, .init(3, stride: stride), distribution, using: initializer)
    bn1 = BatchNorm(width, using: initializer)
    conv2 = Convolution(width, width, .init(3), distribution, using: initializer)
    bn2 = BatchNorm(width, using: initializer)
    self.shortcut = Shortcut(shortcut, inputs, width, stride: stride, using: initializer)
  }

  func callAsFunction(_ x: Tensor, _ context: Context) -> Tensor {
    conv2.normed(
      conv1.normed(x, by: bn1, then: .relu, context), by: bn2,
      onto: Residual(shortcut: shortcut(x, context), path: path), then: .relu, context)
  }

  func visit(_ visitor: inout TensorVisitor) {
    visitor.layer("conv1", conv1)
    visitor.layer("bn1", bn1)
    visitor.layer("conv2", conv2)
    visitor.layer("bn2", bn2)
    visitor.layer("downsample", shortcut)
  }
}
