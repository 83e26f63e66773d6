import Torch

/// MobileNetV2: inverted residuals with linear bottlenecks, width 1.
///
/// Sandler et al., CVPR 2018, table 2, as in torchvision. Names: `features.0.0`, `features.1.conv.0.0`,
/// …, `features.18.1`.
struct MobileNetV2: DivisibleBackbone {
  let featureCount = 1280
  let steps: [BackboneStep]

  /// Rows of table 2: expansion, channels, repetitions, stride of the first.
  private static let rows = [
    (1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2),
    (6, 320, 1, 1),
  ]

  /// - Parameter channels: channels of the images.
  init(channels: Int, using initializer: Initializer) {
    var layers: [any Layer] = [
      NormedConvolution(channels, 32, .init(3, stride: 2), using: initializer)
    ]
    var inputs = 32
    let count = Double(Self.rows.reduce(0) { $0 + $1.2 })
    for (expansion, channels, repetitions, stride) in Self.rows {
      for index in 0..<repetitions {
        layers.append(
          InvertedResidual(
            inputs, channels, stride: index == 0 ? stride : 1, expansion: expansion,
            path: DropPath(share: Double(layers.count - 1) / count), using: initializer))
        inputs = channels
      }
    }
    layers.append(NormedConvolution(inputs, featureCount, .init(1), using: initializer))
    let last = layers.count - 1
    steps = layers.enumerated().map { number, layer in
      BackboneStep([("features.\(number)", layer)], group: number == last ? .ofPrevious : .own) {
        number == last ? $0.globalMean() : $0
      }
    }
  }

  /// The blocks of 160 and 320 channels with the last convolution: what works on a map of a 32nd of the side;
  /// or the last block and that convolution.
  func cut(_ division: Division) -> Int { division == .lateStages ? 14 : 17 }
}
