import Torch

/// MobileNetV2: inverted residuals with linear bottlenecks, width 1.
///
/// Sandler et al., CVPR 2018, table 2, as in torchvision. Names: `features.0.0`, `features.1.conv.0.0`,
/// …, `features.18.1`.
struct MobileNetV2: DivisibleBackbone {
  let featureCount = 1280
  let steps: [BackboneStep]

  /// Rows of table 2 after the first: expansion, channels, repetitions, stride of the first.
  private static let rows = [
    (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1),
  ]

  /// - Parameter channels: channels of the images.
  init(channels: Int, using initializer: Initializer) {
    var steps = [BackboneStep(unnamed: Opening(channels, 32, 16, using: initializer))]
    var inputs = 16
    let blocks = 1 + Self.rows.reduce(0) { $0 + $1.2 }
    for (expansion, channels, repetitions, stride) in Self.rows {
      for index in 0..<repetitions {
        let number = steps.count
        let block = InvertedResidual(
          inputs, channels, stride: index == 0 ? stride : 1, expansion: expansion,
          path: DropPath(share: Double(number) / Double(blocks)), using: initializer)
        steps.append(BackboneStep([("features.\(number + 1)", block)]))
        inputs = channels
      }
    }
    let last = NormedConvolution(inputs, featureCount, .init(1), using: initializer)
    steps.append(
      BackboneStep([("features.\(blocks + 1)", last)], group: .ofPrevious) { $0.globalMean() })
    self.steps = steps
  }

  /// The blocks of 160 and 320 channels with the last convolution: what works on a map of a 32nd of the side;
  /// or the last block and that convolution.
  func cut(_ division: Division) -> Int { division == .lateStages ? 13 : 16 }

  /// `features.0` and `features.1`, the stem and the block that does not expand: its filter follows the stem as it follows the
  /// expansion of the others, so that it is computed as theirs is.
  private struct Opening: Layer {
    private let stem: NormedConvolution
    private let inside: InvertedBottleneck

    init(_ inputs: Int, _ middle: Int, _ outputs: Int, using initializer: Initializer) {
      stem = NormedConvolution(inputs, middle, .init(3, stride: 2), using: initializer)
      inside = InvertedBottleneck(
        after: stem, middle, outputs, projectionNumber: 1, using: initializer)
    }

    func callAsFunction(_ x: Tensor, _ context: Context) -> Tensor {
      inside(x, onto: nil, context)
    }

    /// The block counts as one deeper than the stem.
    func visit(_ visitor: inout TensorVisitor) {
      visitor.layer("features.0", stem)
      visitor.depth = visitor.depth.map { $0 + 1 }
      visitor.nested("features.1") {
        $0.layer("conv.0", inside.depthwise)
        inside.projection.visit(&$0)
      }
    }
  }
}
