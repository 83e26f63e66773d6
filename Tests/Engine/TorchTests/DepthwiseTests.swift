import Testing
import Torch

/// The engine's own gradients of depthwise convolutions, beside the convolution in float64, which has none of its own.
@Suite struct DepthwiseTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var channels = 16
    var size: [Int]
    var kernel: Int
    var stride: Int
    var padding: Int
    var last = true
    var bias = false
    var testDescription: String {
      "\(channels) × \(size) kernel \(kernel) stride \(stride) padding \(padding) last \(last) bias \(bias)"
    }
  }

  static let shapes = [
    Case(size: [8, 8], kernel: 3, stride: 2, padding: 1),
    Case(size: [7, 10], kernel: 3, stride: 2, padding: 1),
    Case(size: [9, 7], kernel: 3, stride: 3, padding: 0),
    Case(size: [11, 8], kernel: 5, stride: 2, padding: 2),
    Case(size: [6, 6], kernel: 2, stride: 2, padding: 0),
    Case(size: [3, 3], kernel: 3, stride: 2, padding: 0),
    Case(size: [8, 9], kernel: 5, stride: 1, padding: 2),
    Case(size: [2, 2], kernel: 3, stride: 1, padding: 1),
    Case(size: [2, 1], kernel: 5, stride: 2, padding: 2),
    Case(size: [9, 12], kernel: 7, stride: 1, padding: 3, bias: true),
    Case(size: [10, 9], kernel: 7, stride: 4, padding: 3),
    // Channels that fill no vector, one vector and a part, and several.
    Case(channels: 5, size: [6, 7], kernel: 5, stride: 2, padding: 2, bias: true),
    Case(channels: 21, size: [6, 7], kernel: 5, stride: 1, padding: 2),
    Case(channels: 48, size: [5, 5], kernel: 3, stride: 2, padding: 1, bias: true),
  ]
  static let cases =
    shapes
    + shapes.map {
      var one = $0
      one.last = false
      return one
    }

  /// The answer and the gradients of data, weight and bias.
  private func gradients(_ one: Case, _ type: DType, casting: Bool = false) throws -> [Tensor] {
    let layout: (Tensor) -> Tensor = { one.last ? $0.channelsLast() : $0 }
    // Values that bfloat16 holds exactly, so that only sums differ.
    let held: DType = casting ? .float32 : type
    func values(_ shape: [Int], _ turn: Int) -> Tensor {
      spread(shape, turn: turn).to(.bfloat16).to(held)
    }
    let x = layout(values([2, one.channels] + one.size, 0)).requiringGrad()
    let weight = values([one.channels, 1, one.kernel, one.kernel], 1).requiringGrad()
    let bias = one.bias ? values([one.channels], 3).requiringGrad() : nil
    let y = withAutocast(casting ? type : nil, on: .cpu) {
      x.conv2d(
        weight, bias, stride: one.stride, padding: one.padding, groups: one.channels)
    }
    #expect(y.dtype == type)
    let slope = spread(y.shape, turn: 2).to(.bfloat16).to(.float64)
    (y.to(.float64) * slope).sum().backward()
    return try [y.detached()]
      + ([x, weight] + (bias.map { [$0] } ?? [])).map { try #require($0.grad) }
  }

  /// The answer of training is that of validation, bit by bit.
  @Test func recordingChangesNoAnswer() {
    let x = spread([2, 32, 12, 12]).to(.bfloat16).channelsLast()
    let weight = spread([32, 1, 7, 7], turn: 1).to(.bfloat16)
    let bias = spread([32], turn: 3).to(.bfloat16)
    func answer() -> [Float] {
      x.conv2d(weight, bias, padding: 3, groups: 32).detached().to(.float32)
        .scalars(as: Float.self)
    }
    let plain = answer()
    weight.requiringGrad()
    bias.requiringGrad()
    #expect(answer() == plain)
  }

  @Test(arguments: cases) func agreesWithFloat64(_ one: Case) throws {
    let exact = try gradients(one, .float64)
    #expect(try worst(try gradients(one, .float32), exact) < 2e-6)
    #expect(try worst(try gradients(one, .bfloat16), exact) < 0.01)
    #expect(try worst(try gradients(one, .bfloat16, casting: true), exact) < 0.01)
  }

  /// What is frozen has no gradient and changes none; data that are a part of larger data, and a slope that is one number for all, are
  /// read as they lie. Both gradients are the engine's own here.
  @Test(arguments: [DType.float32, .bfloat16]) func partsAndFrozenOnesAgree(_ type: DType) throws {
    func gradients(_ type: DType, _ learnsData: Bool, _ learnsWeight: Bool) -> [Tensor?] {
      let whole = spread([2, 21, 9, 8]).to(.bfloat16).to(type).channelsLast()
        .requiringGrad(learnsData)
      let weight = spread([21, 1, 5, 5], turn: 1).to(.bfloat16).to(type)
        .requiringGrad(learnsWeight)
      whole.narrowed(dim: 2, start: 1, length: 7)
        .conv2d(weight, stride: 2, padding: 2, groups: 21).sum().backward()
      return [whole.grad, weight.grad]
    }
    let exact = gradients(.float64, true, true)
    for (learnsData, learnsWeight) in [(true, true), (true, false), (false, true)] {
      let found = gradients(type, learnsData, learnsWeight)
      for (place, isLearned) in [learnsData, learnsWeight].enumerated() {
        guard isLearned else {
          #expect(found[place] == nil)
          continue
        }
        let error = try worst(
          [try #require(found[place])], [try #require(exact[place])])
        #expect(error < (type == .float32 ? 1e-5 : 0.01))
      }
    }
  }

  /// Channels and lines go to threads whole, so sums are of the same terms in the same order. Work enough for several threads.
  @Test func threadsChangeNoBit() throws {
    let one = Case(channels: 96, size: [14, 14], kernel: 5, stride: 2, padding: 2)
    let before = Engine.threads
    defer { Engine.threads = before }
    let found = try [1, 2].map { threads in
      Engine.threads = threads
      return try gradients(one, .float32)
    }
    for (single, several) in zip(found[0], found[1]) {
      #expect(single.scalars(as: Float.self) == several.scalars(as: Float.self))
    }
  }
}
