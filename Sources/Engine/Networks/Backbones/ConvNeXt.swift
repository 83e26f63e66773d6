import Torch

/// What networks of the ConvNeXt family differ in.
struct ConvNeXtSize: Sendable {
  /// Blocks of the four stages.
  let depths: [Int]
  /// Channels of the four stages.
  let widths: [Int]
  /// Whether it is of version 2: channels compete in every block, in place of a learned factor.
  var isSecond = false

  static func tiny(second: Bool = false) -> ConvNeXtSize {
    ConvNeXtSize(depths: [3, 3, 9, 3], widths: [96, 192, 384, 768], isSecond: second)
  }
  static func small(second: Bool = false) -> ConvNeXtSize {
    ConvNeXtSize(depths: [3, 3, 27, 3], widths: [96, 192, 384, 768], isSecond: second)
  }
  static func base(second: Bool = false) -> ConvNeXtSize {
    ConvNeXtSize(depths: [3, 3, 27, 3], widths: [128, 256, 512, 1024], isSecond: second)
  }
  static func large(second: Bool = false) -> ConvNeXtSize {
    ConvNeXtSize(depths: [3, 3, 27, 3], widths: [192, 384, 768, 1536], isSecond: second)
  }
}

/// ConvNeXt: depthwise 7×7 convolutions and perceptrons on pixels, in four stages, without batch statistics.
///
/// Liu et al., *A ConvNet for the 2020s*, CVPR 2022; version 2: Woo et al., *ConvNeXt V2*, CVPR 2023. As in timm: the
/// mean over pixels is normalised before the last layer. Names: `stem.0`, `stem.1`, `stages.0.blocks.0.conv_dw`, …,
/// `stages.1.downsample.0`, …, `head.norm`.
struct ConvNeXt: DivisibleBackbone {
  let featureCount: Int
  let steps: [BackboneStep]
  /// The first block of the last stage, with what halves the side before it.
  private let lastStage: Int

  /// - Parameters:
  ///   - size: depths, widths, version.
  ///   - channels: channels of the images.
  init(_ size: ConvNeXtSize, channels: Int, using initializer: Initializer) {
    var inputs = size.widths[0]
    var steps = [
      BackboneStep([
        ("stem.0", Self.patches(channels, inputs, side: 4, using: initializer)),
        ("stem.1", LayerNorm(inputs, using: initializer)),
      ])
    ]
    var lastStage = 0
    var place = 0
    let count = size.depths.reduce(0, +)
    for (stage, (depth, width)) in zip(size.depths, size.widths).enumerated() {
      if stage > 0 {
        lastStage = steps.count
        steps.append(
          BackboneStep([
            ("stages.\(stage).downsample.0", LayerNorm(inputs, using: initializer)),
            (
              "stages.\(stage).downsample.1",
              Self.patches(inputs, width, side: 2, using: initializer)
            ),
          ]))
      }
      for index in 0..<depth {
        let block = ConvNeXtBlock(
          width, isSecond: size.isSecond, path: DropPath(place, of: count), using: initializer)
        place += 1
        let isLast = stage == size.depths.count - 1 && index == depth - 1
        steps.append(
          BackboneStep(
            [("stages.\(stage).blocks.\(index)", block)],
            group: stage > 0 && index == 0 ? .ofPrevious : .own
          ) {
            isLast ? $0.globalMean() : $0
          })
      }
      inputs = width
    }
    let norm = LayerNorm(inputs, using: initializer)
    steps.append(BackboneStep([("head.norm", norm)], group: .ofHeads))
    (self.steps, featureCount, self.lastStage) = (steps, inputs, lastStage)
  }

  /// The stage that works on a map of a 32nd of the side; or its last block. The last normalisation belongs to both.
  func cut(_ division: Division) -> Int {
    division == .lateStages ? lastStage : steps.count - 2
  }

  /// A convolution of squares that do not overlap.
  private static func patches(
    _ inputs: Int, _ outputs: Int, side: Int, using initializer: Initializer
  ) -> Convolution {
    Convolution(
      inputs, outputs, .init(side, stride: side, padding: 0), bias: .zero,
      .normal(deviation: 0.02), using: initializer)
  }
}

/// ConvNeXt's block: y = x + γ · perceptron(norm(depthwise 7×7(x))).
///
/// Liu et al. 2022, figure 4. Names: `gamma` (not in version 2), `conv_dw`, `norm`, `mlp`.
struct ConvNeXtBlock: Layer {
  private let scale: LayerScale?
  private let depthwise: Convolution
  private let norm: LayerNorm
  private let perceptron: Perceptron
  private let path: DropPath

  /// - Parameters:
  ///   - channels: in and out.
  ///   - isSecond: whether channels compete, in place of the learned factor.
  ///   - path: how often it is left out.
  init(
    _ channels: Int, isSecond: Bool, path: DropPath = DropPath(), using initializer: Initializer
  ) {
    self.path = path
    depthwise = Convolution(
      channels, channels, .init(7, groups: channels), bias: .zero, .normal(deviation: 0.02),
      using: initializer)
    norm = LayerNorm(channels, using: initializer)
    perceptron = Perceptron(channels, competes: isSecond, using: initializer)
    scale = isSecond ? nil : LayerScale(channels, 1e-6, using: initializer)
  }

  func callAsFunction(_ x: Tensor, _ context: Context) -> Tensor {
    let pixels = depthwise(x, context).permuted([0, 2, 3, 1])
    let y = perceptron(norm.onVectors(pixels), context)
    return x + path((scale?(y) ?? y).permuted([0, 3, 1, 2]), context)
  }

  func visit(_ visitor: inout TensorVisitor) {
    if let scale { visitor.parameter("gamma", scale.gamma) }
    visitor.layer("conv_dw", depthwise)
    visitor.layer("norm", norm)
    visitor.layer("mlp", perceptron)
  }
}
