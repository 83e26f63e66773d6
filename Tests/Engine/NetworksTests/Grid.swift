import Networks
import Torch

/// Numbers in row-major order with their shape, for loops written out.
struct Grid {
  let shape: [Int]
  var values: [Double]

  init(_ shape: [Int], _ values: [Double]) { (self.shape, self.values) = (shape, values) }

  init(_ tensor: Tensor) { self.init(tensor.shape, tensor.contiguous().scalars(as: Double.self)) }

  /// Numbers between −1 and 1 that follow from a seed.
  static func drawn(_ shape: [Int], seed: Int, scale: Double = 2) -> Grid {
    Grid(shape, GoldenRule.centred(seed, shape.reduce(1, *)).map { $0 * scale })
  }

  var tensor: Tensor { Tensor(values, shape: shape) }

  /// The number at a place of four axes; 0 outside of the last two.
  subscript(n: Int, c: Int, y: Int, x: Int) -> Double {
    guard (0..<shape[2]).contains(y), (0..<shape[3]).contains(x) else { return 0 }
    return values[((n * shape[1] + c) * shape[2] + y) * shape[3] + x]
  }
}

extension Layer {
  /// The layer with its tensors, in the order of its names, set to these numbers.
  func holding(_ grids: Grid...) -> Self {
    var visitor = TensorVisitor()
    visit(&visitor)
    withoutGradients {
      for (named, grid) in zip(visitor.all, grids) { named.tensor.copy(from: grid.tensor) }
    }
    return self
  }

  /// Names of its tensors and their shapes, in order.
  var described: [String] {
    var visitor = TensorVisitor()
    visit(&visitor)
    return visitor.all.map { "\($0.name) \($0.tensor.shape)" }
  }
}
