import Foundation
import Testing
import Torch
import TorchTestSupport

/// Convolutions of 1 × 1, 3 × 3 and few channels in bfloat16, which the engine computes itself, or of stride 2 their kernels' gradients, where
/// the processor multiplies pairs, beside libtorch in float64.
@Suite struct PairConvolutionTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var images = 2
    var inputs: Int
    var outputs: Int
    var size: [Int]
    var kernel = 1
    var stride = 1
    var padding: Int { kernel / 2 }
    /// Of what minimal filtering multiplies, sums of several numbers are rounded once more.
    var tolerance: Double { kernel == 3 && stride == 1 ? 0.008 : 0.005 }
    var testDescription: String {
      "\(inputs) → \(outputs) of \(images) × \(size), \(kernel) × \(kernel) / \(stride)"
    }
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

  /// Squares of 2 × 2 results by minimal filtering: one vector of channels and several, panels with one vector at their end, more inputs and
  /// outputs than a range has, more ranges than groups; lines and columns of an odd number, odd numbers of squares in a line, one square, one
  /// line of them, blocks that end in an image, the longest lines. Then what is left to libtorch: one line, one column, longer lines, channels
  /// that fill no vector.
  static let squares = [
    Case(images: 3, inputs: 16, outputs: 16, size: [32, 32], kernel: 3),
    Case(inputs: 32, outputs: 48, size: [17, 19], kernel: 3),
    Case(images: 4, inputs: 48, outputs: 80, size: [9, 13], kernel: 3),
    Case(images: 5, inputs: 80, outputs: 32, size: [14, 14], kernel: 3),
    Case(images: 9, inputs: 272, outputs: 96, size: [7, 7], kernel: 3),
    Case(inputs: 16, outputs: 576, size: [3, 5], kernel: 3),
    Case(images: 1, inputs: 48, outputs: 48, size: [2, 2], kernel: 3),
    Case(images: 7, inputs: 32, outputs: 16, size: [3, 3], kernel: 3),
    Case(images: 8, inputs: 64, outputs: 64, size: [2, 30], kernel: 3),
    Case(images: 1, inputs: 16, outputs: 32, size: [255, 2], kernel: 3),
    Case(images: 1, inputs: 48, outputs: 16, size: [3, 256], kernel: 3),
    Case(images: 64, inputs: 16, outputs: 16, size: [1, 8], kernel: 3),
    Case(images: 3, inputs: 32, outputs: 16, size: [9, 1], kernel: 3),
    Case(images: 1, inputs: 16, outputs: 16, size: [4, 257], kernel: 3),
    Case(images: 4, inputs: 24, outputs: 16, size: [12, 12], kernel: 3),
    Case(images: 4, inputs: 16, outputs: 24, size: [12, 12], kernel: 3),
  ]

  /// Of strides of 2 the gradient of the kernel alone is the engine's: sides that the stride divides and others, vectors of channels that are not
  /// full, lines of one result, more results than a block has; few inputs. Then what is left to libtorch: many inputs; and lines so short
  /// that taps meet no pixel, whose gradients libtorch's bfloat16 leaves unwritten.
  static let strides = [
    Case(images: 3, inputs: 16, outputs: 32, size: [32, 32], kernel: 3, stride: 2),
    Case(inputs: 32, outputs: 64, size: [15, 17], kernel: 3, stride: 2),
    Case(images: 3, inputs: 38, outputs: 70, size: [7, 10], kernel: 3, stride: 2),
    Case(images: 1, inputs: 64, outputs: 20, size: [9, 1], kernel: 3, stride: 2),
    Case(images: 1, inputs: 20, outputs: 3, size: [1, 200], kernel: 3, stride: 2),
    Case(inputs: 3, outputs: 16, size: [20, 20], kernel: 3, stride: 2),
    Case(inputs: 80, outputs: 16, size: [8, 8], kernel: 3, stride: 2),
    Case(images: 4, inputs: 128, outputs: 32, size: [4, 1], kernel: 3, stride: 2),
    Case(images: 4, inputs: 256, outputs: 256, size: [1, 1], kernel: 3, stride: 2),
    Case(images: 4, inputs: 128, outputs: 32, size: [1, 9], kernel: 3, stride: 2),
    Case(images: 4, inputs: 128, outputs: 32, size: [4, 2], kernel: 3, stride: 2),
    Case(images: 4, inputs: 32, outputs: 32, size: [4, 2], kernel: 3, stride: 2),
    Case(images: 4, inputs: 96, outputs: 16, size: [3, 2], kernel: 3, stride: 3),
    Case(images: 4, inputs: 8, outputs: 64, size: [2, 1], kernel: 5, stride: 2),
  ]

  /// Of few channels, as of images: the first layers of networks, kernels of one run of values and of several vectors, an odd number of values,
  /// bands that end in an image, one line, one column, lines longer than a band, taps that meet no pixel.
  static let images = [
    Case(images: 3, inputs: 3, outputs: 32, size: [33, 31], kernel: 3, stride: 2),
    Case(inputs: 3, outputs: 16, size: [32, 32], kernel: 3),
    Case(inputs: 3, outputs: 64, size: [40, 56], kernel: 7, stride: 2),
    Case(images: 5, inputs: 1, outputs: 24, size: [28, 28], kernel: 5),
    Case(inputs: 4, outputs: 10, size: [17, 90], kernel: 9, stride: 3),
    Case(images: 1, inputs: 2, outputs: 7, size: [3, 1100], kernel: 3),
    Case(images: 2, inputs: 3, outputs: 33, size: [1, 9], kernel: 3, stride: 2),
    Case(images: 2, inputs: 3, outputs: 16, size: [9, 1], kernel: 3, stride: 2),
    Case(images: 1, inputs: 3, outputs: 16, size: [130, 5], kernel: 3, stride: 4),
  ]

  /// Values that bfloat16 holds exactly; small whole numbers on request.
  private func values(
    _ shape: [Int], _ turn: Int, _ type: DType, whole: Bool, times factor: Double = 1
  )
    -> Tensor
  {
    let spread = spread(shape, turn: turn)
    return ((whole ? rounded(spread) : spread) * factor).to(.bfloat16).to(type)
  }

  /// Memory as large as a gradient's, given back with what is not a number in it: what is not written is found.
  private func leaveNaNs(_ shape: [Int]) {
    for type in [DType.bfloat16, .float32] {
      _ = (0..<4).map { _ in Tensor.full(shape, .nan, dtype: type) }
    }
  }

  /// As evaluation has them, with a summand a channel and an activation: beside float64, an image alone as among others, and of what
  /// was packed for these sizes also another size.
  @Test(
    "folded squares", .enabled(if: Engine.hasNativeBFloat16), arguments: squares,
    Tensor.Activation.allCases)
  func folded(one: Case, activation: Tensor.Activation) {
    let weight = values([one.outputs, one.inputs, 3, 3], 1, .float32, whole: false, times: 0.1)
    let bias = values([one.outputs], 2, .float32, whole: false)
    func images(_ count: Int, _ size: [Int]) -> Tensor {
      values([count, one.inputs] + size, 0, .bfloat16, whole: false).channelsLast()
    }
    let x = images(one.images, one.size)
    let packed = x.packedConvolutionWeight(weight, stride: 1, padding: 1, groups: 1)
    func answer(_ x: Tensor) -> Tensor {
      x.conv2d(packed: packed, bias, stride: 1, padding: 1, groups: 1, activation: activation)
    }
    for batch in [x, images(2, [1, 5]), images(1, [6, 7])] {
      let sum = batch.to(.float64).conv2d(
        weight.to(.float64), bias.to(.float64), stride: 1, padding: 1, groups: 1)
      let expected = sum.activated(by: activation)
      let far: Double = (answer(batch).to(.float64) - expected).abs().amax().item()
      let largest: Double = sum.abs().amax().item()
      #expect(far < 0.012 * largest, "\(batch.shape)")
    }
    let alone = answer(x.narrowed(dim: 0, start: 0, length: 1).channelsLast())
    let among = answer(x).narrowed(dim: 0, start: 0, length: 1)
    #expect(alone.to(.float32).scalars(as: Float.self) == among.to(.float32).scalars())
  }

  /// What is not a number is not hidden by limits.
  @Test(.enabled(if: Engine.hasNativeBFloat16), arguments: Tensor.Activation.allCases)
  func foldedSquaresKeepNaNs(activation: Tensor.Activation) {
    let x = Tensor.full([1, 16, 4, 4], .nan, dtype: .bfloat16).channelsLast()
    let weight = values([16, 16, 3, 3], 1, .float32, whole: false)
    let packed = x.packedConvolutionWeight(weight, stride: 1, padding: 1, groups: 1)
    let y = x.conv2d(
      packed: packed, Tensor.zeros([16]), stride: 1, padding: 1, groups: 1, activation: activation)
    let isNowhereANumber = y.scalars(as: Float.self).allSatisfy(\.isNaN)
    #expect(isNowhereANumber)
  }

  private func rounded(_ x: Tensor) -> Tensor {
    Tensor(x.scalars(as: Double.self).map { $0.rounded() }, shape: x.shape)
  }

  /// The answer and the gradients, if they are learned, of weight and data.
  private func found(
    _ one: Case, _ type: DType, casting: Bool = false, whole: Bool = false,
    learnsData: Bool = true, learnsWeight: Bool = true
  ) throws -> [Tensor] {
    let x = values([one.images, one.inputs] + one.size, 0, type, whole: whole).channelsLast()
      .requiringGrad(learnsData)
    let kernel = [one.outputs, one.inputs, one.kernel, one.kernel]
    // A quarter of a kernel's numbers is whole, as minimal filtering multiplies it.
    let weight = values(kernel, 1, casting ? .float32 : type, whole: whole, times: whole ? 4 : 1)
      .requiringGrad(learnsWeight)
    let y = withAutocast(casting ? type : nil, on: .cpu) {
      x.conv2d(weight, stride: one.stride, padding: one.padding)
    }
    #expect(y.dtype == type)
    leaveNaNs(kernel)
    (y.to(.float64) * values(y.shape, 2, .float64, whole: whole)).sum().backward()
    #expect(learnsData == (x.grad != nil) && learnsWeight == (weight.grad != nil))
    if let slope = weight.grad { #expect(slope.dtype == weight.dtype) }
    return [y.detached()] + [weight.grad, x.grad].compactMap { $0 }
  }

  @Test(arguments: cases + squares + strides + images) func agreesWithFloat64(_ one: Case) throws {
    let exact = try found(one, .float64)
    #expect(try worst(try found(one, .bfloat16), exact) < one.tolerance)
    #expect(try worst(try found(one, .bfloat16, casting: true), exact) < one.tolerance)
    let frozen = try found(one, .bfloat16, casting: true, learnsData: false)
    #expect(try worst(frozen, Array(exact.prefix(2))) < one.tolerance)
    let fixed = try found(one, .bfloat16, casting: true, learnsWeight: false)
    #expect(try worst(fixed, [exact[0], exact[2]]) < one.tolerance)
  }

  /// Of small whole numbers every product and every sum is exact, so each value of an answer or gradient is the exact one, rounded once.
  @Test(arguments: cases + squares + strides + images) func wholeNumbersAreExact(_ one: Case) throws
  {
    let exact = try found(one, .float64, whole: true)
    for casting in [false, true] {
      let found = try found(one, .bfloat16, casting: casting, whole: true)
      try #require(found.count == exact.count)
      for (some, exact) in zip(found, exact) {
        let rounded = [some, exact].map { $0.to(.bfloat16).to(.float32).scalars(as: Float.self) }
        #expect(rounded[0] == rounded[1])
      }
    }
  }

  /// A gradient of libtorch's is of the type that it multiplies in; the engine's sums of a float32 weight are float32.
  @Test(arguments: [cases[0], squares[0], squares[4], strides[0], images[0]])
  func gradientsOfTheEngineAreNotRounded(_ one: Case) throws {
    guard try multipliesPairs() else { return }
    let slope = try found(one, .bfloat16, casting: true)[1]
    let values = slope.scalars(as: Float.self)
    #expect(slope.to(.bfloat16).to(.float32).scalars(as: Float.self) != values)
  }

  @Test(arguments: [
    Case(images: 4, inputs: 48, outputs: 300, size: [17, 19]),
    Case(images: 9, inputs: 48, outputs: 80, size: [17, 19], kernel: 3),
    Case(images: 9, inputs: 48, outputs: 80, size: [17, 19], kernel: 3, stride: 2),
    Case(images: 9, inputs: 3, outputs: 32, size: [33, 31], kernel: 3, stride: 2),
  ])
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
  @Test(
    arguments: [(1, 1, [12, 12]), (3, 1, [12, 12]), (3, 2, [12, 12]), (3, 2, [4, 2])], [32, 3])
  func recordingChangesNoAnswer(_ form: (kernel: Int, stride: Int, size: [Int]), _ inputs: Int) {
    let (kernel, stride, size) = form
    let x = spread([2, inputs] + size).to(.bfloat16).channelsLast()
    for casting in [false, true] {
      let weight = spread([48, inputs, kernel, kernel], turn: 1).to(casting ? .float32 : .bfloat16)
      let answer = {
        withAutocast(casting ? .bfloat16 : nil, on: .cpu) {
          x.conv2d(weight, stride: stride, padding: kernel / 2).detached().to(.float32)
        }
      }
      let plain = answer().scalars(as: Float.self)
      weight.requiringGrad()
      #expect(answer().scalars(as: Float.self) == plain)
    }
  }

  /// Images in float32, which autocast would round, are rounded as it does, and so is their gradient's kernel.
  @Test func imagesOfFloat32AreRoundedOnTheWay() throws {
    let image = spread([2, 3, 24, 24]).to(.float32).channelsLast()
    func found(_ x: Tensor) throws -> [Tensor] {
      let (x, weight) = (
        x.detached().requiringGrad(),
        spread([16, 3, 3, 3], turn: 1).to(.float32).requiringGrad()
      )
      let y = withAutocast(.bfloat16, on: .cpu) { x.conv2d(weight, stride: 2, padding: 1) }
      #expect(y.dtype == .bfloat16)
      (y.to(.float32) * spread(y.shape, turn: 2).to(.float32)).sum().backward()
      let slopes = [try #require(weight.grad), try #require(x.grad)]
      #expect(slopes[0].dtype == .float32 && slopes[1].dtype == x.dtype)
      return ([y.detached()] + slopes)
    }
    let (single, half) = (try found(image), try found(image.to(.bfloat16)))
    for (one, other) in zip(single, half) {
      #expect(
        one.to(.float32).scalars(as: Float.self) == other.to(.float32).scalars(as: Float.self))
    }
  }

  /// Series so short that taps meet no pixel learn the right kernel too.
  @Test(arguments: [(1, 3, 2), (2, 7, 3)])
  func shortSeriesLearn(_ length: Int, _ kernel: Int, _ stride: Int) throws {
    func slope(_ type: DType) throws -> Tensor {
      let x = values([4, 128, length], 0, type, whole: false)
      let weight = values([32, 128, kernel], 1, type, whole: false).requiringGrad()
      let y = x.conv1d(weight, stride: stride, padding: kernel / 2)
      leaveNaNs(weight.shape)
      y.to(.float64).sum().backward()
      return try #require(weight.grad)
    }
    #expect(try worst([try slope(.bfloat16)], [try slope(.float64)]) < 0.005)
  }

  /// An image's answer is the same bits alone and among others.
  @Test(arguments: [32, 3]) func aBatchChangesNoAnswer(_ inputs: Int) {
    let x = spread([5, inputs, 8, 8]).to(.bfloat16).channelsLast()
    let weight = spread([48, inputs, 3, 3], turn: 1).to(.bfloat16)
    let answers = [x, x.narrowed(dim: 0, start: 3, length: 1).channelsLast()].map {
      $0.conv2d(weight, padding: 1).to(.float32)
    }
    let alone = answers[1].scalars(as: Float.self)
    #expect(answers[0].narrowed(dim: 0, start: 3, length: 1).scalars(as: Float.self) == alone)
  }

  /// The result of maps of ones but for one channel of one pixel, of line 2 and column 3, and a kernel of ones: the pixels at which it is not finite, and whether
  /// one of them is not a number.
  private func unusual(_ value: Float, _ kernel: Int, of side: Int) -> ([[Int]], isNaN: Bool) {
    let inputs = 16
    var values = [Float](repeating: 1, count: inputs * side * side)
    values[2 * side + 3] = value
    let x = Tensor(values, shape: [1, inputs, side, side]).to(.bfloat16).channelsLast()
    let weight = Tensor.ones([16, inputs, kernel, kernel], dtype: .bfloat16)
    let y = x.conv2d(weight, padding: kernel / 2).to(.float32).scalars(as: Float.self)
    let found = y.indices.filter { !y[$0].isFinite }
    #expect(found.count % 16 == 0)
    return (
      found.prefix(found.count / 16).map { [$0 / side, $0 % side] }, found.contains { y[$0].isNaN }
    )
  }

  /// Whether the processor multiplies pairs but no tiles, by the system's list of what it has.
  private func multipliesPairs() throws -> Bool {
    guard FileManager.default.fileExists(atPath: "/proc/cpuinfo") else { return false }
    let flags = try String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)
      .split { $0 == " " || $0 == "\n" }
    return flags.contains("avx512_bf16") && !flags.contains("amx_bf16")
  }

  static let reached = (1...3).flatMap { line in (2...4).map { [line, $0] } }

  @Test func notANumberReachesNoMoreThanItsResults() {
    #expect(unusual(.nan, 1, of: 20).0 == [[2, 3]])
    #expect(unusual(.nan, 3, of: 20).0 == Self.reached)
    #expect(unusual(.nan, 3, of: 257).0 == Self.reached)
  }

  /// An infinity neither, but where squares of results are computed together it is taken off itself: the proof that they are, in lines of up to 256.
  @Test func infinityShowsWhereSquaresAreFiltered() throws {
    let pairs = try multipliesPairs()
    #expect(unusual(.infinity, 3, of: 20) == (Self.reached, isNaN: pairs))
    #expect(unusual(.infinity, 3, of: 257) == (Self.reached, isNaN: false))
  }
}
