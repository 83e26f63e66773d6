import Batches
import TestSupport
import Torch

/// `Goldens/Mixing/mixing.json`: two batches `[4, 3, 2, 2]` of 3 classes and their mixtures.
struct GoldenMixing: Decodable {
  struct Case: Decodable {
    var lambda: Double
    var mixup: [Double], mixupTarget: [Double], balanced: [Double], balancedTarget: [Double]
  }
  var shape: [Int], classes: Int
  var a: [Float], b: [Float], ya: [Int], yb: [Int], partner: [Int]
  var cases: [Case]

  static func load() throws -> GoldenMixing { try Golden.load("Mixing/mixing.json") }

  var first: Batch {
    Batch(
      inputs: Tensor(a, shape: shape).channelsLast(), target: Target(ya), examples: [3, 5, 8, 9])
  }
  var second: Batch {
    Batch(
      inputs: Tensor(b, shape: shape).channelsLast(), target: Target(yb), examples: [1, 1, 4, 2])
  }
}

func agree(_ tensor: Tensor, _ golden: [Double]) -> String? {
  difference(tensor.scalars(as: Double.self), golden, relative: 1e-6, absolute: 1e-6)
}
