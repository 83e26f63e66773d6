import Testing
import Torch

/// The engine's own batch normalisation with sum and activation, beside libtorch's in float64, which takes the plain path.
@Suite struct ActivatedNormTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var shape: [Int]
    var activation = Tensor.Activation.identity
    var adds = false
    var testDescription: String { "\(shape), \(activation), adds \(adds)" }
  }

  /// Channels that fill no vector, one and a part, several, four and a part; parts of 512, of 16 and of other numbers of rows.
  static let shapes = [
    [3, 5, 4, 6], [2, 16, 5, 7], [3, 21, 4, 4], [2, 100, 9, 9], [2, 64, 40, 40], [1, 2100, 3, 7],
    [2, 8, 2, 2],
  ]
  static let cases = shapes.flatMap { shape in
    [Tensor.Activation.identity, .relu, .relu6].flatMap { activation in
      [false, true].map { Case(shape: shape, activation: activation, adds: $0) }
    }
  }

  /// The answer, the gradients of data, weight, bias and summand, and the running statistics.
  private func found(_ one: Case, _ type: DType, casting: Bool = false) throws -> [Tensor] {
    let channels = one.shape[1]
    // Values that bfloat16 holds exactly, off the middle, so that ReLU6 cuts on both sides.
    func values(_ shape: [Int], _ turn: Int, times factor: Double = 1, plus shift: Double = 0)
      -> Tensor
    {
      (spread(shape, turn: turn) * factor + shift).to(.bfloat16)
    }
    let x = values(one.shape, 0, times: 3, plus: 7).to(type).channelsLast().requiringGrad()
    let kept: DType = type == .float64 ? .float64 : .float32
    let weight = values([channels], 1, times: 2, plus: 3).to(kept).requiringGrad()
    let bias = values([channels], 3, times: 2, plus: 1).to(kept).requiringGrad()
    let added =
      one.adds ? values(one.shape, 4).to(type).channelsLast().requiringGrad() : nil
    let mean = values([channels], 5).to(kept)
    let variance = values([channels], 6, plus: 2).to(kept)
    let y = withAutocast(casting ? type : nil, on: .cpu) {
      x.batchNorm(
        weight: weight, bias: bias, mean: mean, variance: variance, training: true, momentum: 0.3,
        adding: added, then: one.activation)
    }
    #expect(y.dtype == type)
    let slope = values(y.shape, 2).to(.float64)
    (y.to(.float64) * slope).sum().backward()
    return try [y.detached(), mean, variance]
      + ([x, weight, bias] + (added.map { [$0] } ?? [])).map { try #require($0.grad) }
  }

  @Test(arguments: cases) func agreesWithFloat64(_ one: Case) throws {
    let exact = try found(one, .float64)
    #expect(try worst(try found(one, .float32), exact, least: 1e-3) < 1e-5)
    // A sum that bfloat16 rounds to 6 counts as cut, in libtorch as well: a few slopes of many are lost.
    let bound = one.adds && one.activation == .relu6 ? 0.2 : 0.02
    #expect(try worst(try found(one, .bfloat16), exact, least: 1e-3) < bound)
    #expect(try worst(try found(one, .bfloat16, casting: true), exact, least: 1e-3) < bound)
  }

  /// A mean of 1,000 deviations: squares that were summed around zero would have lost the variance.
  @Test func nothingCancels() throws {
    let x = (spread([4, 16, 30, 30]) + 1000).to(.float32).channelsLast()
    let ones = Tensor.ones([16])
    let zeros = Tensor.zeros([16])
    let y = x.batchNorm(
      weight: ones, bias: zeros, mean: zeros.cloned(), variance: ones.cloned(), training: true)
    let wide = x.to(.float64)
    let exact = wide.batchNorm(
      weight: ones.to(.float64), bias: zeros.to(.float64), mean: zeros.to(.float64),
      variance: ones.to(.float64), training: true)
    #expect(try worst([y], [exact], least: 1e-3) < 1e-4)
  }

  /// Parts of rows are summed in their order. Work enough for several threads.
  @Test(arguments: [DType.float32, .bfloat16]) func threadsChangeNoBit(_ type: DType) throws {
    let before = Engine.threads
    defer { Engine.threads = before }
    let one = Case(shape: [8, 96, 24, 24], activation: .relu6, adds: true)
    let answers = try [1, 2].map { threads in
      Engine.threads = threads
      return try found(one, type)
    }
    for (single, several) in zip(answers[0], answers[1]) {
      #expect(
        single.to(.float32).scalars(as: Float.self) == several.to(.float32).scalars(as: Float.self))
    }
  }

  /// Momentum 0 leaves running statistics to the byte; frozen data has no gradient; a slope that is one number for all, and data that is a part
  /// of other data, are read as they lie.
  @Test func partsAndFrozenOnesAgree() throws {
    func gradients(_ type: DType) throws -> [Tensor] {
      let whole = spread([2, 16, 9, 8]).to(type).channelsLast()
      let part = whole.narrowed(dim: 2, start: 1, length: 7)
      let weight = Tensor.ones([16], dtype: type).requiringGrad()
      let bias = Tensor.zeros([16], dtype: type).requiringGrad()
      let mean = Tensor.zeros([16], dtype: type)
      let y = part.batchNorm(
        weight: weight, bias: bias, mean: mean, variance: Tensor.ones([16], dtype: type),
        training: true, momentum: 0, then: .relu)
      y.sum().backward()
      #expect(whole.grad == nil)
      #expect(mean.to(.float32).scalars(as: Float.self) == Array(repeating: 0, count: 16))
      return [try #require(weight.grad), try #require(bias.grad)]
    }
    #expect(try worst(try gradients(.float32), try gradients(.float64), least: 1e-3) < 1e-5)
  }

  /// Not a number stays one and reaches every value of its channel, as it does in libtorch, and no other channel.
  @Test func notANumberStaysOne() {
    var values = (0..<64).map { Float($0) }
    values[0] = .nan
    let x = Tensor(values, shape: [1, 4, 4, 4]).channelsLast()
    let y = x.batchNorm(
      weight: Tensor.ones([4]), bias: Tensor.zeros([4]), mean: Tensor.zeros([4]),
      variance: Tensor.ones([4]), training: true, then: .relu6)
    let found = y.scalars(as: Float.self)
    #expect(found[..<16].allSatisfy { $0.isNaN })
    #expect(found[16...].allSatisfy { $0.isFinite })
  }
}
