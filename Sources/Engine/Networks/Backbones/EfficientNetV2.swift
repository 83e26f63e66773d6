import Torch

/// EfficientNetV2-S: early blocks of whole convolutions, late ones of depthwise ones.
///
/// Tan and Le, *EfficientNetV2: smaller models and faster training*, ICML 2021, table 4, with padding and ε of the
/// published TensorFlow weights: timm's `tf_efficientnetv2_s`. Names: `conv_stem`, `bn1`, `blocks.0.0.conv`, …,
/// `blocks.1.0.conv_exp`, …, `blocks.3.0.conv_pw`, …, `conv_head`, `bn2`.
struct EfficientNetV2: DivisibleBackbone {
  let featureCount = 1280
  let steps: [BackboneStep]

  /// Rows of table 4: stride of the first, expansion, channels, repetitions.
  private static let rows = [
    (1, 1, 24, 2), (2, 4, 48, 4), (2, 4, 64, 4), (2, 4, 128, 6), (1, 6, 160, 9), (2, 6, 256, 15),
  ]

  /// - Parameter channels: channels of the images.
  init(channels: Int, using initializer: Initializer) {
    let origin = EfficientNetSize.Origin.tensorFlow
    let stem = NormedConvolution(
      ("conv_stem", "bn1"), channels, 24, kernel: 3, stride: 2, origin: origin,
      then: .silu, using: initializer)
    var steps = [BackboneStep(unnamed: stem)]
    let count = Self.rows.reduce(0) { $0 + $1.3 }
    var (inputs, place) = (24, 0)
    for (stage, (stride, expansion, width, repetitions)) in Self.rows.enumerated() {
      for index in 0..<repetitions {
        let path = DropPath(share: Double(place) / Double(count))
        let stride = index == 0 ? stride : 1
        let block: any Layer =
          stage < 3
          ? WholeBlock(
            inputs, width, expansion: expansion, stride: stride, path: path, using: initializer)
          : MobileBlock(
            kernel: 3, expansion: expansion, inputs, width, stride: stride, squeezes: true,
            activation: .silu, origin: origin, path: path, using: initializer)
        steps.append(BackboneStep([("blocks.\(stage).\(index)", block)]))
        (inputs, place) = (width, place + 1)
      }
    }
    let last = NormedConvolution(
      ("conv_head", "bn2"), inputs, featureCount, origin: origin, then: .silu, using: initializer)
    steps.append(BackboneStep(unnamed: last, group: .ofPrevious) { $0.globalMean() })
    self.steps = steps
  }

  /// The last stage, which works on a map of a 32nd of the side, with the last convolution; or the last block and it.
  func cut(_ division: Division) -> Int {
    steps.count - 1 - (division == .lateStages ? Self.rows[5].3 : 1)
  }
}

/// A block of whole 3×3 convolutions: one that expands and a 1×1 that projects, or one alone; the input is added where the
/// shape allows. Names: `conv_exp`, `bn1`, `conv_pwl`, `bn2`; alone `conv`, `bn1`.
private struct WholeBlock: Layer {
  private let first: NormedConvolution
  private let projection: NormedConvolution?
  private let adds: Bool
  private let path: DropPath

  init(
    _ inputs: Int, _ outputs: Int, expansion: Int, stride: Int, path: DropPath,
    using initializer: Initializer
  ) {
    let expands = expansion > 1
    let middle = inputs * expansion
    first = NormedConvolution(
      (expands ? "conv_exp" : "conv", "bn1"), inputs, expands ? middle : outputs, kernel: 3,
      stride: stride, origin: .tensorFlow, then: .silu, using: initializer)
    projection =
      expands
      ? NormedConvolution(
        ("conv_pwl", "bn2"), middle, outputs, origin: .tensorFlow, then: nil, using: initializer)
      : nil
    adds = stride == 1 && inputs == outputs
    self.path = path
  }

  func callAsFunction(_ x: Tensor, _ context: Context) -> Tensor {
    let middle = first(x, context)
    let y = projection?(middle, context) ?? middle
    return adds ? x + path(y, context) : y
  }

  func visit(_ visitor: inout TensorVisitor) {
    first.visit(&visitor)
    projection?.visit(&visitor)
  }
}
