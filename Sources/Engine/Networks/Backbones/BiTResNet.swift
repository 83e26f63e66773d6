import Torch

/// BiT-M-R50x1: ResNet-v2-50 with group normalisation and weight standardisation.
///
/// Kolesnikov et al., *Big Transfer*, ECCV 2020, as its authors publish it: pre-activation
/// bottlenecks, no groups, the pooling preceded by a border of zeros (which win over negative values,
/// unlike the padding of a pooling). Names: `root.conv`, `body.block1.unit01.gn1`, …, `head.gn`.
struct BiTResNet: DivisibleBackbone {
  let featureCount = 2048
  let steps: [BackboneStep]
  private static let depths = [3, 4, 6, 3]

  /// - Parameter channels: channels of the images.
  init(channels: Int, using initializer: Initializer) {
    let root = StandardizedConvolution(
      channels, 64, .init(7, stride: 2), using: initializer)
    let stem = BackboneStep([("root.conv", root)]) {
      $0.padded(left: 1, right: 1, top: 1, bottom: 1).maxPool2d(kernel: 3, stride: 2, padding: 0)
    }
    var inputs = 64
    var place = 0
    let all = Self.depths.reduce(0, +)
    let units = Self.depths.enumerated().flatMap { stage, count in
      (1...count).map { number in
        let outputs = 256 << stage
        defer { (inputs, place) = (outputs, place + 1) }
        let unit = PreActivationBottleneck(
          inputs, outputs, stride: number == 1 && stage > 0 ? 2 : 1,
          path: DropPath(place, of: all), using: initializer)
        return BackboneStep(
          [("body.block\(stage + 1).unit\(number < 10 ? "0" : "")\(number)", unit)])
      }
    }
    let last = GroupNorm(inputs, using: initializer)
    let norm = BackboneStep([("head.gn", last)], group: .ofPrevious) {
      $0.reluInPlace().globalMean()
    }
    steps = [stem] + units + [norm]
  }

  /// The fourth block; or its last unit. The last normalisation belongs to the branches.
  func cut(_ division: Division) -> Int {
    steps.count - 1 - (division == .lateStages ? Self.depths[3] : 1)
  }
}
