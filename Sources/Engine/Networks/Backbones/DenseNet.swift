import Torch

/// DenseNet-121: every layer sees the maps of all layers before it in its block.
///
/// Huang, Liu, van der Maaten and Weinberger, *Densely connected convolutional networks*, CVPR 2017, table 1. Names, order
/// and shapes are torchvision's: `features.conv0`, `features.norm0`, `features.denseblock1.denselayer1.norm1`, …,
/// `features.transition1.norm`, …, `features.norm5`.
struct DenseNet: DivisibleBackbone {
  let featureCount: Int
  let steps: [BackboneStep]
  /// The last block, with what comes before its first layer.
  private let lastBlock: Int

  /// Layers of each block.
  private static let depths = [6, 12, 24, 16]
  /// Maps that a layer adds.
  private static let growth = 32

  /// - Parameter channels: channels of the images.
  init(channels: Int, using initializer: Initializer) {
    let conv0 = Convolution(channels, 64, .init(7, stride: 2), .heFanIn, using: initializer)
    var steps = [
      BackboneStep(
        unnamed: NormedConvolution(
          ("features.conv0", "features.norm0"), conv0, 64, then: .relu, using: initializer)
      ) { $0.maxPool2d(kernel: 3, stride: 2, padding: 1) }
    ]
    var (width, lastBlock) = (64, 0)
    for (block, depth) in Self.depths.enumerated() {
      if block > 0 {
        lastBlock = steps.count
        let transition = DenseTransition(width, using: initializer)
        steps.append(
          BackboneStep([("features.transition\(block)", transition)], group: .ofPrevious) {
            $0.avgPool2d(kernel: 2, stride: 2)
          })
        width /= 2
      }
      for index in 1...depth {
        let layer = DenseLayer(width, growth: Self.growth, using: initializer)
        steps.append(
          BackboneStep([("features.denseblock\(block + 1).denselayer\(index)", layer)]))
        width += Self.growth
      }
    }
    let norm = BatchNorm(width, using: initializer)
    steps.append(
      BackboneStep([("features.norm5", norm)], group: .ofHeads) { $0.reluInPlace().globalMean() })
    (self.steps, featureCount, self.lastBlock) = (steps, width, lastBlock)
  }

  /// The last block of layers, with what halves the side before it; or its last layer. The last normalisation belongs to both.
  func cut(_ division: Division) -> Int {
    division == .lateStages ? lastBlock : steps.count - 2
  }
}

/// x, and beside it conv 3×3(relu(norm(conv 1×1(relu(norm(x)))))). Names: `norm1`, `conv1`, `norm2`, `conv2`.
private struct DenseLayer: Layer {
  private let norm1, norm2: BatchNorm
  private let conv1, conv2: Convolution

  init(_ inputs: Int, growth: Int, using initializer: Initializer) {
    norm1 = BatchNorm(inputs, using: initializer)
    conv1 = Convolution(inputs, 4 * growth, .init(1), .heFanIn, using: initializer)
    norm2 = BatchNorm(4 * growth, using: initializer)
    conv2 = Convolution(4 * growth, growth, .init(3), .heFanIn, using: initializer)
  }

  func callAsFunction(_ x: Tensor, _ context: Context) -> Tensor {
    let middle = conv1.normed(norm1(x, then: .relu, context), by: norm2, then: .relu, context)
    let added = conv2(middle, context)
    return Tensor.concatenated([x, added], dim: 1)
  }

  func visit(_ visitor: inout TensorVisitor) {
    visitor.layer("norm1", norm1)
    visitor.layer("conv1", conv1)
    visitor.layer("norm2", norm2)
    visitor.layer("conv2", conv2)
  }
}

/// Half the maps: conv 1×1(relu(norm(x))). Names: `norm`, `conv`.
private struct DenseTransition: Layer {
  private let norm: BatchNorm
  private let conv: Convolution

  init(_ inputs: Int, using initializer: Initializer) {
    norm = BatchNorm(inputs, using: initializer)
    conv = Convolution(inputs, inputs / 2, .init(1), .heFanIn, using: initializer)
  }

  func callAsFunction(_ x: Tensor, _ context: Context) -> Tensor {
    conv(norm(x, then: .relu, context), context)
  }

  func visit(_ visitor: inout TensorVisitor) {
    visitor.layer("norm", norm)
    visitor.layer("conv", conv)
  }
}
