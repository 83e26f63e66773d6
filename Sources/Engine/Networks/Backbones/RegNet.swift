import Torch

/// What networks of the RegNetY family differ in.
struct RegNetSize: Sendable {
  /// Channels of the four stages.
  let widths: [Int]
  /// Blocks of the four stages.
  let depths: [Int]
  /// Channels of a group of the 3×3 convolutions.
  let group: Int
}

/// RegNetY: bottlenecks of one width with groups and weighed channels, in four stages found by a rule.
///
/// Radosavovic, Kosaraju, Girshick, He and Dollár, *Designing network design spaces*, CVPR 2020. Names, order and shapes are
/// timm's: `stem.conv`, `stem.bn`, `s1.b1.conv1.conv`, ….
struct RegNet: DivisibleBackbone {
  let featureCount: Int
  let steps: [BackboneStep]
  private let depths: [Int]

  /// - Parameters:
  ///   - size: widths, depths, groups.
  ///   - channels: channels of the images.
  init(_ size: RegNetSize, channels: Int, using initializer: Initializer) {
    let stem = NormedConvolution.regNet(
      channels, 32, .init(3, stride: 2), then: .relu, using: initializer)
    var steps = [BackboneStep([("stem", stem)])]
    let count = size.depths.reduce(0, +)
    var (inputs, place) = (32, 0)
    for (stage, (width, depth)) in zip(size.widths, size.depths).enumerated() {
      for index in 0..<depth {
        let block = RegNetBlock(
          inputs, width, stride: index == 0 ? 2 : 1, group: size.group,
          path: DropPath(place, of: count), using: initializer)
        (inputs, place) = (width, place + 1)
        let isLast = place == count
        steps.append(
          BackboneStep([("s\(stage + 1).b\(index + 1)", block)]) { isLast ? $0.globalMean() : $0 })
      }
    }
    (self.steps, featureCount, depths) = (steps, inputs, size.depths)
  }

  /// The last two of four stages; or the last block.
  func cut(_ division: Division) -> Int {
    steps.count - (division == .lateStages ? depths.suffix(2).reduce(0, +) : 1)
  }
}

/// 1×1, grouped 3×3, weighed channels, 1×1, and a shortcut. Names: `conv1`, `conv2`, `se`, `conv3`, `downsample`.
private struct RegNetBlock: Layer {
  private let conv1, conv2, conv3: NormedConvolution
  private let squeeze: SqueezeExcitation
  private let shortcut: NormedConvolution?
  private let path: DropPath

  init(
    _ inputs: Int, _ width: Int, stride: Int, group: Int, path: DropPath,
    using initializer: Initializer
  ) {
    conv1 = .regNet(inputs, width, .init(1), then: .relu, using: initializer)
    conv2 = .regNet(
      width, width, .init(3, stride: stride, groups: width / group), then: .relu,
      using: initializer)
    squeeze = SqueezeExcitation(
      width, reduced: Int((Double(inputs) / 4).rounded(.toNearestOrEven)), activation: .relu,
      names: ("fc1", "fc2"), using: initializer)
    conv3 = .regNet(width, width, .init(1), then: .relu, using: initializer)
    shortcut =
      stride == 1 && inputs == width
      ? nil : .regNet(inputs, width, .init(1, stride: stride), using: initializer)
    self.path = path
  }

  func callAsFunction(_ x: Tensor, _ context: Context) -> Tensor {
    let y = squeeze(conv2(conv1(x, context), context), context)
    return conv3(
      y, onto: Residual(shortcut: shortcut?(x, context) ?? x, path: path), context)
  }

  func visit(_ visitor: inout TensorVisitor) {
    visitor.layer("conv1", conv1)
    visitor.layer("conv2", conv2)
    visitor.layer("se", squeeze)
    visitor.layer("conv3", conv3)
    if let shortcut { visitor.layer("downsample", shortcut) }
  }
}

extension NormedConvolution {
  /// Under the names `conv` and `bn`.
  fileprivate static func regNet(
    _ inputs: Int, _ outputs: Int, _ geometry: Convolution.Geometry,
    then activation: Activation? = nil, using initializer: Initializer
  ) -> NormedConvolution {
    NormedConvolution(
      ("conv", "bn"),
      Convolution(inputs, outputs, geometry, .heFanOut, using: initializer), outputs,
      then: activation, using: initializer)
  }
}
