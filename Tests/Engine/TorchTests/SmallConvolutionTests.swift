import Testing
import Torch

/// Convolutions of 1 × 1 in bfloat16, which the engine computes itself where the processor multiplies pairs, beside libtorch in float64.
@Suite struct SmallConvolutionTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var images = 2
    var inputs: Int
    var outputs: Int
    var size: [Int]
    var testDescription: String { "\(inputs) → \(outputs) of \(images) × \(size)" }
  }

  /// Rows and channels that fill a tile, a part of one, and several; rows of an odd number; more outputs than one task has, more rows than
  /// one chunk; what is left to libtorch for its size or its odd channels.
  static let cases = [
    Case(inputs: 16, outputs: 96, size: [7, 9]),
    Case(images: 3, inputs: 24, outputs: 144, size: [5, 5]),
    Case(inputs: 34, outputs: 18, size: [3, 5]), Case(inputs: 6, outputs: 1280, size: [2, 2]),
    Case(inputs: 400, outputs: 30, size: [3, 3]),
    Case(images: 1, inputs: 10, outputs: 14, size: [13, 1]),
    Case(images: 4, inputs: 8, outputs: 200, size: [24, 31]),
    Case(images: 1, inputs: 2, outputs: 2, size: [1, 2]),
    Case(inputs: 7, outputs: 12, size: [4, 4]),
    Case(inputs: 12, outputs: 7, size: [4, 4]), Case(inputs: 256, outputs: 256, size: [40, 40]),
  ]

  /// The answer and the gradients of data and weight.
  private func found(
    _ one: Case, _ type: DType, casting: Bool = false, learnsData: Bool = true
  ) throws -> [Tensor] {
    func values(_ shape: [Int], _ turn: Int, _ type: DType) -> Tensor {
      spread(shape, turn: turn).to(.bfloat16).to(type)
    }
    let x = values([one.images, one.inputs] + one.size, 0, type).channelsLast()
      .requiringGrad(learnsData)
    let weight = values([one.outputs, one.inputs, 1, 1], 1, casting ? .float32 : type)
      .requiringGrad()
    let y = withAutocast(casting ? type : nil, on: .cpu) { x.conv2d(weight) }
    #expect(y.dtype == type)
    (y.to(.float64) * values(y.shape, 2, .float64)).sum().backward()
    #expect(learnsData == (x.grad != nil))
    let slope = try #require(weight.grad)
    #expect(slope.dtype == weight.dtype)
    return [y.detached(), slope] + (x.grad.map { [$0] } ?? [])
  }

  private func worst(_ some: [Tensor], _ exact: [Tensor]) throws -> Double {
    try zip(some, exact).map { some, exact in
      try #require(some.shape == exact.shape)
      return Double((some.to(.float64) - exact).norm().item()) / Double(exact.norm().item())
    }.max() ?? 0
  }

  @Test(arguments: cases) func agreesWithFloat64(_ one: Case) throws {
    let exact = try found(one, .float64)
    #expect(try worst(try found(one, .bfloat16), exact) < 0.005)
    #expect(try worst(try found(one, .bfloat16, casting: true), exact) < 0.005)
    let frozen = try found(one, .bfloat16, casting: true, learnsData: false)
    #expect(try worst(frozen, exact) < 0.005)
  }

  @Test(arguments: [Case(images: 4, inputs: 48, outputs: 300, size: [17, 19])])
  func threadsChangeNoBit(_ one: Case) throws {
    let before = Engine.threads
    defer { Engine.threads = before }
    let answers = try [1, 2, 5].map { threads in
      Engine.threads = threads
      return try found(one, .bfloat16).map { $0.to(.float32).scalars(as: Float.self) }
    }
    #expect(answers[0] == answers[1] && answers[0] == answers[2])
  }

  /// The answer of training is that of validation, bit by bit.
  @Test func recordingChangesNoAnswer() {
    let x = spread([2, 32, 12, 12]).to(.bfloat16).channelsLast()
    let weight = spread([48, 32, 1, 1], turn: 1).to(.bfloat16)
    let plain = x.conv2d(weight).to(.float32).scalars(as: Float.self)
    weight.requiringGrad()
    #expect(x.conv2d(weight).detached().to(.float32).scalars(as: Float.self) == plain)
  }

  /// Not a number reaches its pixel's results alone.
  @Test func notANumberStaysInItsPixel() {
    var values = [Float](repeating: 1, count: 4 * 9)
    values[4] = .nan
    let x = Tensor(values, shape: [1, 4, 3, 3]).to(.bfloat16).channelsLast()
    let y = x.conv2d(Tensor.ones([2, 4, 1, 1], dtype: .bfloat16)).to(.float32)
    let found = y.scalars(as: Float.self)
    #expect(found.indices.filter { found[$0].isNaN } == [4, 13])
  }
}
