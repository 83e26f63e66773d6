import Requirements
import Torch

/// ResNet for images of about 32 pixels: 3×3 convolution, three stages of 16, 32, 64 channels.
///
/// He, Zhang, Ren and Sun, CVPR 2016, section 4.2: depth 6n + 2, identity shortcuts in all cases
/// (option A), He initialisation by fan-in. Names are those of the widely used PyTorch version and
/// of the long-tail literature: `conv1`, `bn1`, `layer1.0.conv1`, …, `linear`.
struct CIFARResNet: DivisibleBackbone {
  let featureCount = 64
  let steps: [BackboneStep]
  private let blocksPerStage: Int

  /// - Parameters:
  ///   - depth: 20, 32, 44, 56, 110: 6n + 2.
  ///   - channels: channels of the images.
  init(depth: Int, channels: Int, using initializer: Initializer) {
    require(depth % 6 == 2, "CIFARResNet: expected a depth of 6n + 2, got \(depth)")
    let conv1 = Convolution(channels, 16, .init(3), .heFanIn, using: initializer)
    let stem = BackboneStep(
      unnamed: NormedConvolution(("conv1", "bn1"), conv1, 16, then: .relu, using: initializer))
    let count = depth / 6
    blocksPerStage = count
    var inputs = 16
    var place = 0
    let blocks = [16, 32, 64].enumerated().flatMap { stage, width in
      (0..<count).map { index in
        defer { (inputs, place) = (width, place + 1) }
        let block = BasicBlock(
          inputs, width, stride: inputs == width ? 1 : 2, shortcut: .padded, .heFanIn,
          path: DropPath(place, of: 3 * count), using: initializer)
        let isLast = stage == 2 && index == count - 1
        return BackboneStep([("layer\(stage + 1).\(index)", block)]) {
          isLast ? $0.globalMean() : $0
        }
      }
    }
    steps = [stem] + blocks
  }

  /// The last two of three stages, as in SADE's ResNet-32; or the last block.
  func cut(_ division: Division) -> Int {
    division == .lateStages ? 1 + blocksPerStage : steps.count - 1
  }

  /// The ends of the first two stages.
  var places: [Int] { [blocksPerStage, 2 * blocksPerStage] }
}
