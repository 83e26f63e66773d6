import Torch

/// BiT-M-R50x1: ResNet-v2-50 with group normalisation and weight standardisation.
///
/// Kolesnikov et al., *Big Transfer*, ECCV 2020, as its authors publish it: pre-activation
/// bottlenecks, no groups, the pooling preceded by a border of zeros (which win over negative values,
/// unlike the padding of a pooling). Names: `root.conv`, `body.block1.unit01.gn1`, …, `head.gn`.
struct BiTResNet: Backbone {
  let featureCount = 2048
  private let root: StandardizedConvolution
  private let blocks: [[PreActivationBottleneck]]
  private let norm: GroupNorm

  init(using initializer: Initializer) {
    root = StandardizedConvolution(3, 64, .init(7, stride: 2), using: initializer)
    var inputs = 64
    blocks = [3, 4, 6, 3].enumerated().map { stage, units in
      (0..<units).map { unit in
        let outputs = 256 << stage
        defer { inputs = outputs }
        return PreActivationBottleneck(
          inputs, outputs, stride: unit == 0 && stage > 0 ? 2 : 1, using: initializer)
      }
    }
    norm = GroupNorm(inputs, using: initializer)
  }

  func callAsFunction(_ x: Tensor, _ context: Context) -> Tensor {
    let border = root(x, context).padded(left: 1, right: 1, top: 1, bottom: 1)
    let first = border.maxPool2d(kernel: 3, stride: 2, padding: 0)
    let last = blocks.joined().reduce(first) { $1($0, context) }
    return norm(last, context).reluInPlace().globalMean()
  }

  func visit(_ visitor: inout TensorVisitor) {
    visitor.layer("root.conv", root)
    for (stage, units) in blocks.enumerated() {
      for (index, unit) in units.enumerated() {
        let number = index + 1
        visitor.layer("body.block\(stage + 1).unit\(number < 10 ? "0" : "")\(number)", unit)
      }
    }
    visitor.layer("head.gn", norm)
  }
}
