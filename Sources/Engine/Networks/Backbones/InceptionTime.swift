import Requirements
import Torch

/// What networks of the InceptionTime family differ in; as it stands, the published one.
struct InceptionTimeSize: Sendable {
  /// Modules between two residual connections.
  static let modulesPerBlock = 3

  /// Channels of the bottleneck and of each part of a module.
  var filters = 32
  /// Lengths of a module's kernels, odd. The paper's 40, 20 and 10, made odd as tsai does.
  var kernels = [39, 19, 9]
  /// Modules in all, a multiple of three.
  var modules = 6

  /// Channels out of a module, and the length of a feature vector.
  var features: Int { (kernels.count + 1) * filters }
}

/// InceptionTime: series of any length to the mean over time of 128 channels.
///
/// Fawaz et al., *InceptionTime: finding AlexNet for time series classification*, DMKD 2020: modules of convolutions of
/// unlike length, a residual connection around every third. Names, shapes and order are those of tsai's
/// `InceptionTime`: `inceptionblock.inception.0.convs.0`, …, `inceptionblock.shortcut.0.0`, …. One network; the paper
/// averages five of them. First weights are torch's for convolutions.
///
/// A ragged batch (``Context/lengths``) gives each row what it gets alone: padded steps are 0 before every convolution,
/// are no neighbours to a maximum, and count neither in a mean over time nor in a batch's statistics.
struct InceptionTime: DivisibleBackbone {
  let featureCount: Int
  let steps: [BackboneStep]
  private let blocks: [InceptionResidual]

  /// - Parameters:
  ///   - inputs: channels of the series.
  ///   - size: filters, kernels, modules.
  init(inputs: Int, _ size: InceptionTimeSize = .init(), using initializer: Initializer) {
    let perBlock = InceptionTimeSize.modulesPerBlock
    require(
      size.modules >= perBlock && size.modules % perBlock == 0,
      "InceptionTime: expected modules in threes, got \(size.modules)")
    let blocks = (0..<size.modules / perBlock).map { number in
      InceptionResidual(number, number == 0 ? inputs : size.features, size, using: initializer)
    }
    self.blocks = blocks
    featureCount = size.features
    steps =
      [BackboneStep(unnamed: MaskedSteps())] + blocks.map { BackboneStep(unnamed: $0) }
      + [BackboneStep(unnamed: MeanOfSteps())]
  }

  /// The last three modules, which one residual connection spans.
  func cut(_ division: Division) -> Int { steps.count - 2 }

  /// All modules, then all shortcuts, which is tsai's order.
  func visit(_ visitor: inout TensorVisitor) {
    for (depth, block) in blocks.enumerated() {
      visitor.depth = depth
      block.visitModules(&visitor)
    }
    for (depth, block) in blocks.enumerated() {
      visitor.depth = depth
      block.visitShortcut(&visitor)
    }
  }
}
