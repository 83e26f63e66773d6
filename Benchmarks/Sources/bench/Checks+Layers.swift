import Torch

extension Check {
  static let layers = [
    Check(name: "matrix product", bound: 1e-5) { device in
      try deviation([drawn([64, 512], seed: 1), drawn([512, 96], seed: 2)], on: device) {
        [$0[0].matmul($0[1])]
      }
    },
    convolution("3x3", inputs: 16, outputs: 24, kernel: 3, stride: 1, groups: 1),
    convolution("7x7, stride 2", inputs: 3, outputs: 24, kernel: 7, stride: 2, groups: 1),
    convolution("1x1", inputs: 32, outputs: 16, kernel: 1, stride: 1, groups: 1),
    convolution("depthwise 3x3", inputs: 32, outputs: 32, kernel: 3, stride: 1, groups: 32),
    convolution(
      "depthwise 5x5, stride 2", inputs: 32, outputs: 32, kernel: 5, stride: 2, groups: 32),
    normalization("alone", .identity, adds: false),
    normalization("ReLU6", .relu6, adds: false),
    normalization("sum and ReLU", .relu, adds: true),
    Check(name: "maximum and mean of windows", bound: 1e-5) { device in
      try deviation([drawn([4, 8, 15, 15], seed: 3)], on: device) {
        [$0[0].maxPool2d(kernel: 3, stride: 2, padding: 1).adaptiveAvgPool2d()]
      }
    },
  ]

  private static func convolution(
    _ kind: String, inputs: Int, outputs: Int, kernel: Int, stride: Int, groups: Int
  ) -> Check {
    Check(name: "convolution \(kind)", bound: 1e-4) { device in
      let x = drawn([4, inputs, 17, 17], seed: 4)
      let weight = drawn([outputs, inputs / groups, kernel, kernel], seed: 5)
      return try deviation([x, weight, drawn([outputs], seed: 6)], on: device) {
        [
          $0[0].conv2d(
            $0[1], $0[2], stride: stride, padding: kernel / 2, groups: groups)
        ]
      }
    }
  }

  /// Of training: answer, running statistics, and gradients of what goes in.
  private static func normalization(
    _ kind: String, _ activation: Tensor.Activation, adds: Bool
  ) -> Check {
    Check(name: "batch normalisation, \(kind)", bound: 1e-4) { device in
      let x = drawn([8, 12, 9, 9], seed: 7)
      let inputs = [x, drawn([12], seed: 8), drawn([12], seed: 9), drawn([8, 12, 9, 9], seed: 10)]
      return try deviation(inputs, on: device) {
        let (mean, variance) = (
          Tensor.zeros([12], device: $0[0].device), Tensor.ones([12], device: $0[0].device)
        )
        let y = $0[0].batchNorm(
          weight: $0[1], bias: $0[2], mean: mean, variance: variance, training: true,
          adding: adds ? $0[3] : nil, then: activation)
        return [y, mean, variance]
      }
    }
  }
}
