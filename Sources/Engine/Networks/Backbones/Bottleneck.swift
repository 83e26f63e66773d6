import Torch

/// 1×1, 3×3, 1×1 convolutions and a shortcut. He et al. 2016, figure 5; with groups, Xie et al. 2017.
///
/// The stride is on the 3×3 convolution, as in torchvision ("ResNet v1.5"), not on the first as in
/// the paper. Names: `conv1`, `bn1`, …, `bn3`, and `downsample.0`, `downsample.1`.
struct Bottleneck: Layer {
  static let expansion = 4
  private let conv1, conv2, conv3: Convolution
  private let bn1, bn2, bn3: BatchNorm
  private let shortcut: Shortcut
  private let path: DropPath

  /// - Parameters:
  ///   - inputs: Channels in.
  ///   - width: A quarter of the channels out.
  ///   - stride: Of the 3×3 convolution.
  ///   - groups: Groups of the 3×3 convolution.
  ///   - groupWidth: Channels per group of the first stage; 64 without groups.
  ///   - path: How often it is left out.
  init(
    _ inputs: Int, _ width: Int, stride: Int, groups: Int, groupWidth: Int,
    path: DropPath = DropPath(), using initializer: Initializer
  ) {
    self.path = path
    let middle = width * groupWidth / 64 * groups
    let outputs = width * Self.expansion
    conv1 = Convolution(inputs, middle, .init(1), .heFanOut, using: initializer)
    bn1 = BatchNorm(middle, using: initializer)
    conv2 = Convolution(
      middle, middle, .init(3, stride: stride, groups: groups), .heFanOut, using: initializer)
    bn2 = BatchNorm(middle, using: initializer)
    conv3 = Convolution(middle, outputs, .init(1), .heFanOut, using: initializer)
    bn3 = BatchNorm(outputs, using: initializer)
    shortcut = Shortcut(.projected, inputs, outputs, stride: stride, using: initializer)
  }

  func callAsFunction(_ x: Tensor, _ context: Context) -> Tensor {
    var y = conv1.normed(x, by: bn1, then: .relu, context)
    y = conv2.normed(y, by: bn2, then: .relu, context)
    return conv3.normed(
      y, by: bn3, onto: Residual(shortcut: shortcut(x, context), path: path), then: .relu, context)
  }

  func visit(_ visitor: inout TensorVisitor) {
    visitor.layer("conv1", conv1)
    visitor.layer("bn1", bn1)
    visitor.layer("conv2", conv2)
    visitor.layer("bn2", bn2)
    visitor.layer("conv3", conv3)
    visitor.layer("bn3", bn3)
    visitor.layer("downsample", shortcut)
  }
}
