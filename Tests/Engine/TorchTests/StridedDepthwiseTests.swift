import Testing
import Torch

/// The engine's own gradient of a strided depthwise convolution in bfloat16.
@Suite struct StridedDepthwiseTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var size: [Int], kernel: Int, stride: Int, padding: Int, channelsLast: Bool
    var testDescription: String {
      "\(size) kernel \(kernel) stride \(stride) padding \(padding) last \(channelsLast)"
    }
  }

  static let cases = [true, false].flatMap { last in
    [
      Case(size: [8, 8], kernel: 3, stride: 2, padding: 1, channelsLast: last),
      Case(size: [7, 10], kernel: 3, stride: 2, padding: 1, channelsLast: last),
      Case(size: [9, 7], kernel: 3, stride: 3, padding: 0, channelsLast: last),
      Case(size: [11, 8], kernel: 5, stride: 2, padding: 2, channelsLast: last),
      Case(size: [6, 6], kernel: 2, stride: 2, padding: 0, channelsLast: last),
      Case(size: [3, 3], kernel: 3, stride: 2, padding: 0, channelsLast: last),
    ]
  }

  /// Inputs that bfloat16 holds exactly, so that only sums differ from float32.
  @Test(arguments: cases) func agreesWithFloat32(_ one: Case) throws {
    let layout: (Tensor) -> Tensor = { one.channelsLast ? $0.channelsLast() : $0 }
    let x = layout(spread([2, 16] + one.size).to(.bfloat16).to(.float32)).requiringGrad()
    let weight = layout(
      spread([16, 1, one.kernel, one.kernel], turn: 1).to(.bfloat16).to(.float32)
    ).requiringGrad()
    func gradients(_ type: DType?) throws -> [Tensor] {
      let y = withAutocast(type, on: .cpu) {
        x.conv2d(weight, stride: one.stride, padding: one.padding, groups: 16)
      }
      #expect(y.dtype == type ?? .float32)
      let slope = spread(y.shape, turn: 2).to(.bfloat16).to(.float32)
      (y.to(.float32) * slope).sum().backward()
      defer { [x, weight].forEach { $0.clearGrad() } }
      return [y.detached(), try #require(x.grad), try #require(weight.grad)]
    }
    for (exact, low) in zip(try gradients(nil), try gradients(.bfloat16)) {
      #expect(exact.shape == low.shape)
      let error = (low.to(.float32) - exact).norm().item() / exact.norm().item()
      #expect(error < 0.01)
    }
    #expect(x.dtype == .float32)
  }
}
