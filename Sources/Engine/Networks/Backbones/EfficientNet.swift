import Torch

/// EfficientNet: blocks of depthwise convolutions, in widths and depths that grow together.
///
/// Tan and Le, *EfficientNet: rethinking model scaling for convolutional neural networks*, ICML 2019, table 1, with
/// the padding and the normalisations' ε of the published TensorFlow weights (timm's `tf_efficientnet_*`) or of PyTorch
/// (timm's `efficientnet_*`), which have the same names, but not the same numbers. First weights are the published ones, the last layer's excepted: U(±1/√in) with biases 0, in place of U(±1/√classes).
/// Names: `conv_stem`, `bn1`, `blocks.0.0.conv_dw`, …, `conv_head`, `bn2`.
struct EfficientNet: DivisibleBackbone {
  let featureCount: Int
  let steps: [BackboneStep]
  /// How many blocks the last two stages have.
  private let lateBlocks: Int

  /// - Parameters:
  ///   - size: width, depth and form.
  ///   - channels: channels of the images.
  ///   - initializer: makes the tensors.
  init(_ size: EfficientNetSize, channels: Int, using initializer: Initializer) {
    let activation = size.activation
    featureCount = size.features
    let stem = NormedConvolution(
      ("conv_stem", "bn1"), channels, size.stem, kernel: 3, stride: 2,
      origin: size.origin, then: activation, using: initializer)
    var steps = [BackboneStep(unnamed: stem)]
    var inputs = size.stem
    let stages = size.stages
    var place = 0.0
    let count = Double(stages.reduce(0) { $0 + $1.repetitions })
    for (stage, row) in stages.enumerated() {
      for index in 0..<row.repetitions {
        let block = MobileBlock(
          kernel: row.kernel, expansion: row.expansion, inputs, row.channels,
          stride: index == 0 ? row.stride : 1, squeezes: !size.isLite, activation: activation,
          origin: size.origin, path: DropPath(share: place / count), using: initializer)
        place += 1
        steps.append(BackboneStep([("blocks.\(stage).\(index)", block)]))
        inputs = row.channels
      }
    }
    let last = NormedConvolution(
      ("conv_head", "bn2"), inputs, featureCount, origin: size.origin, then: activation,
      using: initializer)
    steps.append(BackboneStep(unnamed: last, group: .ofPrevious) { $0.globalMean() })
    self.steps = steps
    lateBlocks = stages.suffix(2).reduce(0) { $0 + $1.repetitions }
  }

  /// The stages that work on a map of a 32nd of the side, with the last convolution; or the last block and it.
  func cut(_ division: Division) -> Int {
    steps.count - 1 - (division == .lateStages ? lateBlocks : 1)
  }
}
