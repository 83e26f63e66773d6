import Torch

/// ResNet for photographs: 7×7 convolution and pooling, then four stages that halve the side.
///
/// He, Zhang, Ren and Sun, CVPR 2016, table 1, as in torchvision: projection shortcuts (option B) and
/// bottlenecks with the stride on the 3×3 convolution. ResNeXt (Xie et al., CVPR 2017) is the same
/// with grouped bottlenecks. Names: `conv1`, `bn1`, `layer1.0.conv1`, ….
struct ResNet<Block: Layer>: DivisibleBackbone {
  let featureCount: Int
  let steps: [BackboneStep]
  private let depths: [Int]

  /// - Parameters:
  ///   - depths: Blocks of each stage.
  ///   - expansion: Channels out of a block over its width.
  ///   - channels: Channels of the images.
  ///   - block: Makes a block from channels in, width, stride and how often it is left out.
  init(
    depths: [Int], expansion: Int, channels: Int, using initializer: Initializer,
    block: (_ inputs: Int, _ width: Int, _ stride: Int, DropPath) -> Block
  ) {
    let conv1 = Convolution(channels, 64, .init(7, stride: 2), .heFanOut, using: initializer)
    let stem = BackboneStep(
      unnamed: NormedConvolution(("conv1", "bn1"), conv1, 64, then: .relu, using: initializer)
    ) { $0.maxPool2d(kernel: 3, stride: 2, padding: 1) }
    var inputs = 64
    var place = 0
    let count = depths.reduce(0, +)
    let blocks = depths.enumerated().flatMap { stage, depth in
      (0..<depth).map { index in
        let width = 64 << stage
        defer { (inputs, place) = (width * expansion, place + 1) }
        let made = block(
          inputs, width, index == 0 && stage > 0 ? 2 : 1, DropPath(place, of: count))
        let isLast = stage == depths.count - 1 && index == depth - 1
        return BackboneStep([("layer\(stage + 1).\(index)", made)]) {
          isLast ? $0.globalMean() : $0
        }
      }
    }
    (self.depths, steps, featureCount) = (depths, [stem] + blocks, inputs)
  }

  /// The last two of four stages, as in the published code of RIDE and SADE; or the last block.
  func cut(_ division: Division) -> Int {
    steps.count - (division == .lateStages ? depths.suffix(2).reduce(0, +) : 1)
  }

  /// The ends of all stages but the last.
  var places: [Int] {
    depths.indices.dropLast().map { depths[...$0].reduce(0, +) }
  }
}

extension ResNet where Block == BasicBlock {
  /// ResNet-18, ResNet-34.
  static func basic(_ depths: [Int], channels: Int, using initializer: Initializer) -> ResNet {
    ResNet(
      depths: depths, expansion: BasicBlock.expansion, channels: channels, using: initializer
    ) {
      BasicBlock(
        $0, $1, stride: $2, shortcut: .projected, .heFanOut, path: $3, using: initializer)
    }
  }
}

extension ResNet where Block == Bottleneck {
  /// ResNet-50 and deeper; ResNeXt with `groups` of `groupWidth` channels.
  static func bottleneck(
    _ depths: [Int], groups: Int = 1, groupWidth: Int = 64, channels: Int,
    using initializer: Initializer
  ) -> ResNet {
    ResNet(
      depths: depths, expansion: Bottleneck.expansion, channels: channels, using: initializer
    ) {
      Bottleneck(
        $0, $1, stride: $2, groups: groups, groupWidth: groupWidth, path: $3,
        using: initializer)
    }
  }
}
