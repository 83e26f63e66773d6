import Torch

/// MobileNetV2: inverted residuals with linear bottlenecks, width 1.
///
/// Sandler et al., CVPR 2018, table 2, as in torchvision. Names: `features.0.0`, `features.1.conv.0.0`,
/// …, `features.18.1`.
struct MobileNetV2: Backbone {
  let featureCount = 1280
  private let stem: ConvolutionUnit
  private let blocks: [InvertedResidual]
  private let last: ConvolutionUnit

  /// Rows of table 2: expansion, channels, repetitions, stride of the first.
  private static let rows = [
    (1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2),
    (6, 320, 1, 1),
  ]

  init(using initializer: Initializer) {
    stem = ConvolutionUnit(3, 32, .init(3, stride: 2), using: initializer)
    var inputs = 32
    blocks = Self.rows.flatMap { expansion, channels, repetitions, stride in
      (0..<repetitions).map { index in
        defer { inputs = channels }
        return InvertedResidual(
          inputs, channels, stride: index == 0 ? stride : 1, expansion: expansion,
          using: initializer)
      }
    }
    last = ConvolutionUnit(inputs, featureCount, .init(1), using: initializer)
  }

  func callAsFunction(_ x: Tensor, _ context: Context) -> Tensor {
    last(blocks.reduce(stem(x, context)) { $1($0, context) }, context).globalMean()
  }

  func visit(_ visitor: inout TensorVisitor) {
    visitor.layer("features.0", stem)
    for (index, block) in blocks.enumerated() { visitor.layer("features.\(index + 1)", block) }
    visitor.layer("features.\(blocks.count + 1)", last)
  }
}
