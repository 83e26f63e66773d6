import Requirements
import Torch

/// ResNet for images of about 32 pixels: 3×3 convolution, three stages of 16, 32, 64 channels.
///
/// He, Zhang, Ren and Sun, CVPR 2016, section 4.2: depth 6n + 2, identity shortcuts in all cases
/// (option A), He initialisation by fan-in. Names are those of the widely used PyTorch version and
/// of the long-tail literature: `conv1`, `bn1`, `layer1.0.conv1`, …, `linear`.
struct CIFARResNet: Backbone {
  let featureCount = 64
  private let conv1: Convolution
  private let bn1: BatchNorm
  private let stages: [LayerList<BasicBlock>]

  /// - Parameter depth: 20, 32, 44, 56, 110: 6n + 2.
  init(depth: Int, using initializer: Initializer) {
    require(depth % 6 == 2, "CIFARResNet: expected a depth of 6n + 2, got \(depth)")
    conv1 = Convolution(3, 16, .init(3), .heFanIn, using: initializer)
    bn1 = BatchNorm(16, using: initializer)
    var inputs = 16
    stages = [16, 32, 64].map { width in
      LayerList(
        (0..<depth / 6).map { _ in
          defer { inputs = width }
          return BasicBlock(
            inputs, width, stride: inputs == width ? 1 : 2, shortcut: .padded, .heFanIn,
            using: initializer)
        })
    }
  }

  func callAsFunction(_ x: Tensor, _ context: Context) -> Tensor {
    let stem = bn1(conv1(x, context), context).reluInPlace()
    return stages.reduce(stem) { $1($0, context) }.globalMean()
  }

  func visit(_ visitor: inout TensorVisitor) {
    visitor.layer("conv1", conv1)
    visitor.layer("bn1", bn1)
    for (index, stage) in stages.enumerated() { visitor.layer("layer\(index + 1)", stage) }
  }
}
