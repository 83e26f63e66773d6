import Torch

extension Check {
  /// Products in half the width on the device beside float32 on the processor. 8 bits of fraction are 0.4 % of a number, 11 are 0.05 %.
  static let precisions = [precision(.bfloat16, bound: 3e-2), precision(.float16, bound: 5e-3)]

  private static func precision(_ type: DType, bound: Double) -> Check {
    Check(name: "autocast \(type)", bound: bound) { device in
      let inputs = [
        drawn([8, 16, 12, 12], seed: 18), drawn([32, 16, 3, 3], seed: 19),
        drawn([32, 10], seed: 20),
      ]
      func products(_ x: [Tensor]) -> Tensor {
        // Smooth: a kink has another slope where a number is rounded to its other side.
        x[0].conv2d(x[1], padding: 1).silu().mean(dims: [2, 3]).matmul(x[2])
      }
      let narrow = try answers(inputs, on: device) { leaves in
        [withAutocast(type, on: device) { products(leaves) }]
      }
      guard narrow[0].dtype == type else { return .infinity }
      return deviation(narrow, from: try answers(inputs, on: .cpu) { [products($0)] })
    }
  }
}
