import Testing
import Torch

/// The engine's operations over the inside of an inverted residual block, beside the same steps of libtorch in float64.
@Suite struct InvertedBottleneckTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var inputs = 8
    var middle: Int
    var outputs = 6
    var images = 2
    var size: [Int]
    var kernel = 3
    var stride = 1
    /// Whether zeros are TensorFlow's, of which an odd one stands behind.
    var same = false
    var activations = [Tensor.Activation.relu6, .relu6]
    var testDescription: String {
      "\(inputs) → \(middle) → \(outputs) of \(images) × \(size), kernel \(kernel), stride \(stride), same \(same), \(activations)"
    }

    private func outputs(_ side: Int) -> Int {
      same ? (side + stride - 1) / stride : (side + 2 * (kernel / 2) - kernel) / stride + 1
    }
    var sides: [Int] { size.map(outputs) }
    /// Zeros before and behind each axis.
    var zeros: [(before: Int, behind: Int)] {
      zip(size, sides).map { side, output in
        let all = max((output - 1) * stride + kernel - side, 0)
        let before = same ? all / 2 : kernel / 2
        return (before, (output - 1) * stride + kernel - side - before)
      }
    }
  }

  /// Channels that fill no vector, one and a part, several; bands of lines that part an image.
  static let shapes = [
    Case(middle: 5, size: [7, 9]), Case(middle: 16, size: [12, 12], stride: 2),
    Case(middle: 21, size: [6, 5], kernel: 5, stride: 2),
    Case(middle: 40, images: 3, size: [5, 8], kernel: 5), Case(middle: 33, size: [3, 3]),
    Case(middle: 24, size: [9, 12], stride: 2, same: true),
    Case(middle: 24, size: [11, 8], kernel: 5, stride: 2, same: true),
    Case(middle: 16, size: [2, 1], kernel: 5, same: true),
    Case(middle: 8, size: [1, 3], stride: 2),
    Case(middle: 96, size: [40, 36]), Case(middle: 96, size: [40, 36], stride: 2),
  ]
  static let cases = shapes.flatMap { shape in
    [[Tensor.Activation.relu6, .relu6], [.relu, .identity], [.identity, .relu]].map {
      var one = shape
      one.activations = $0
      return one
    }
  }

  /// Values that bfloat16 holds exactly.
  private static func values(
    _ shape: [Int], _ turn: Int, times factor: Double = 1, plus shift: Double = 0, _ type: DType
  ) -> Tensor {
    (spread(shape, turn: turn) * factor + shift).to(.bfloat16).to(type)
  }

  /// Two normalisations and a filter of `middle` channels, and everything of them that is learned or moved.
  private struct Parts {
    var before, after: Tensor.BatchNormalization
    var filter: Tensor.DepthwiseFilter
    var kernel: Tensor
    var norms: [[Tensor]]

    init(_ one: Case, _ type: DType, momentum: Double = 0.3) {
      let channels = one.middle
      norms = [0, 1].map { place in
        [
          values([channels], place, times: 2, plus: 3, type).requiringGrad(),
          values([channels], place + 2, times: 2, plus: 1, type).requiringGrad(),
          values([channels], place + 4, type), values([channels], place + 5, plus: 2, type),
        ]
      }
      let made = zip(norms, one.activations).map { norm, activation in
        Tensor.BatchNormalization(
          weight: norm[0], bias: norm[1], mean: norm[2], variance: norm[3], momentum: momentum,
          eps: 1e-5, then: activation)
      }
      (before, after) = (made[0], made[1])
      kernel = values([channels, 1, one.kernel, one.kernel], 1, type).requiringGrad()
      filter = .init(
        kernel, stride: one.stride, top: one.zeros[0].before, left: one.zeros[1].before,
        sides: one.sides)
    }

    /// The same by one step after the other; what bfloat16 would keep is rounded to it.
    func steps(_ x: Tensor, _ one: Case, rounding: Bool = false) -> Tensor {
      func normed(_ x: Tensor, _ place: Int) -> Tensor {
        let norm = norms[place]
        return x.batchNorm(
          weight: norm[0], bias: norm[1], mean: norm[2], variance: norm[3], training: true,
          momentum: 0.3, then: one.activations[place])
      }
      let (rows, columns) = (one.zeros[0], one.zeros[1])
      let z = normed(x, 0)
        .padded(
          left: columns.before, right: columns.behind, top: rows.before, bottom: rows.behind
        )
        .conv2d(kernel, stride: one.stride, groups: one.middle)
      return normed(rounding ? z.to(.bfloat16).to(z.dtype) : z, 1)
    }

    var learned: [Tensor] { norms.flatMap { $0[..<2] } + [kernel] }
    var moved: [Tensor] { norms.flatMap { $0[2...] } }
  }

  /// The answer, the gradient of the data, those of what is learned, and the running statistics.
  private func outcome(_ y: Tensor, _ x: Tensor, _ learned: [Tensor], _ moved: [Tensor]) throws
    -> [Tensor]
  {
    let slope = Self.values(y.shape, 2, .float64)
    (y.to(.float64) * slope).sum().backward()
    return try [y.detached()] + ([x] + learned).map { try #require($0.grad) } + moved
  }

  private func worst(_ some: [Tensor], _ exact: [Tensor]) throws -> Double {
    // A gradient that is zero but for rounding is measured against the largest.
    let longest = exact[1...].map { Double($0.to(.float64).norm().item()) }.max() ?? 0
    return try TorchTests.worst(some, exact, least: 1e-3 * longest)
  }

  private func depthwise(_ one: Case, _ type: DType) throws -> [Tensor] {
    let kept: DType = type == .float64 ? .float64 : .float32
    let shape = [one.images, one.middle] + one.size
    let x = Self.values(shape, 0, times: 3, plus: 7, type).channelsLast().requiringGrad()
    let parts = Parts(one, kept)
    let y =
      type == .float64
      ? parts.steps(x, one)
      : try #require(x.depthwise(parts.filter, between: parts.before, and: parts.after))
    #expect(y.dtype == type && y.shape == shape[..<2] + one.sides)
    return try outcome(y, x, parts.learned, parts.moved)
  }

  @Test(arguments: cases) func depthwiseAgreesWithFloat64(_ one: Case) throws {
    let exact = try depthwise(one, .float64)
    #expect(try worst(try depthwise(one, .float32), exact) < 2e-4)
  }

  /// Its result is rounded once, in the middle; gradients lose where that turns an activation.
  @Test(arguments: [
    Case(middle: 24, size: [12, 9], stride: 2, activations: [.relu6, .identity]),
    Case(middle: 40, size: [9, 8], kernel: 5, activations: [.identity, .identity]),
  ])
  func depthwiseInBFloat16(_ one: Case) throws {
    #expect(try worst(try depthwise(one, .bfloat16), try depthwise(one, .float64)) < 0.03)
  }

  /// Of work enough for several threads, of which each takes some bands.
  @Test(arguments: [DType.float32, .bfloat16]) func threadsChangeNoBit(_ type: DType) throws {
    let before = Engine.threads
    defer { Engine.threads = before }
    let one = Case(middle: 96, images: 6, size: [24, 24], stride: 2)
    let found = try [1, 2, 5].map { threads in
      Engine.threads = threads
      return try depthwise(one, type).map { $0.to(.float32).scalars(as: Float.self) }
    }
    #expect(found[0] == found[1] && found[0] == found[2])
  }

  /// `nil` where another way is the only one: other types and layouts, kernels and strides, an activation that no normalisation has, one
  /// value of a channel.
  @Test func otherWaysAreLeftToOthers() {
    let one = Case(middle: 16, size: [8, 8])
    let x = Self.values([2, 16, 8, 8], 0, .float32).channelsLast()
    func serves(_ x: Tensor, _ one: Case, _ type: DType = .float32) -> Bool {
      let parts = Parts(one, type)
      return x.depthwise(parts.filter, between: parts.before, and: parts.after) != nil
    }
    #expect(serves(x, one))
    #expect(!serves(x.to(.float64), one, .float64))
    #expect(!serves(Self.values([2, 16, 8, 8], 0, .float32), one))
    #expect(!serves(x, Case(middle: 16, size: [8, 8], kernel: 7)))
    #expect(!serves(x, Case(middle: 16, size: [8, 8], stride: 3)))
    #expect(!serves(x, Case(middle: 16, size: [8, 8], activations: [.silu, .identity])))
    #expect(!serves(x, Case(middle: 12, size: [8, 8])))
    let single = Self.values([1, 16, 2, 2], 0, .float32).channelsLast()
    #expect(!serves(single, Case(middle: 16, images: 1, size: [2, 2], stride: 2)))
    let cast = withAutocast(.bfloat16, on: .cpu) { serves(x, one) }
    #expect(!cast)
  }

  /// Momentum 0 leaves running statistics to the byte; data without a gradient, which is a part of other data, is read as it lies.
  @Test func partsAgree() throws {
    let one = Case(middle: 16, size: [7, 8])
    let whole = Self.values([2, 16, 9, 8], 0, .float32).channelsLast()
    let part = whole.narrowed(dim: 2, start: 1, length: 7)
    let parts = Parts(one, .float32, momentum: 0)
    let still = parts.moved.map { $0.scalars(as: Float.self) }
    let y = try #require(part.depthwise(parts.filter, between: parts.before, and: parts.after))
    y.sum().backward()
    #expect(whole.grad == nil)
    #expect(parts.moved.map { $0.scalars(as: Float.self) } == still)
    let exact = Parts(one, .float64)
    exact.steps(part.to(.float64), one).sum().backward()
    let pairs = try [parts, exact].map { try $0.learned.map { try #require($0.grad) } }
    // The sum of what is normalised is the same whatever goes in.
    #expect(try worst(Array(pairs[0][2...3]), Array(pairs[1][2...3])) < 1e-4)
  }

  @Test func filterBesideTheMaps() async throws {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      let ones = Tensor.ones([4])
      let norm = Tensor.BatchNormalization(
        weight: ones, bias: ones, mean: ones, variance: ones, momentum: 0, eps: 1e-5,
        then: .identity)
      _ = Tensor.zeros([1, 4, 8, 8]).channelsLast().depthwise(
        .init(Tensor.zeros([4, 1, 3, 3]), stride: 2, top: 1, left: 1, sides: [4, 6]),
        between: norm, and: norm)
    }
    let said = String(decoding: try #require(result).standardErrorContent, as: UTF8.self)
    #expect(
      said.contains(
        "Tensor.depthwise: expected [N, C, H, W] and a kernel [C, 1, K, K] that touches it everywhere, "
          + "got float32[1, 4, 8, 8], float32[4, 1, 3, 3]: a depthwise convolution's kernel lies outside the maps"
      ), "\(said.prefix(400))")
  }

  // MARK: - The whole inside

  /// Large enough for the operation, which smaller maps do not need.
  static let large = [
    Case(
      inputs: 16, middle: 96, outputs: 24, images: 3, size: [88, 83], stride: 2,
      activations: [.relu6, .identity]),
    Case(
      inputs: 10, middle: 130, outputs: 18, images: 2, size: [90, 91], kernel: 5, same: true,
      activations: [.relu6, .identity]),
    Case(
      inputs: 24, middle: 500, outputs: 98, images: 3, size: [38, 37], stride: 2, same: true,
      activations: [.relu, .identity]),
  ]

  /// By the operation, in bfloat16 also by steps of which each is tested by itself.
  private func bottleneck(_ one: Case, _ type: DType, bySteps: Bool = false) throws -> [Tensor]? {
    let kept: DType = type == .float64 ? .float64 : .float32
    let x = Self.values([one.images, one.inputs] + one.size, 0, type).channelsLast()
      .requiringGrad()
    let expand = Self.values([one.middle, one.inputs, 1, 1], 3, kept).requiringGrad()
    let project = Self.values([one.outputs, one.middle, 1, 1], 4, kept).requiringGrad()
    let parts = Parts(one, kept)
    let y: Tensor
    if type == .float64 {
      let maps = x.conv2d(expand).to(.bfloat16).to(.float64)
      y = parts.steps(maps, one, rounding: true).to(.bfloat16).to(.float64).conv2d(project)
    } else {
      let found = withAutocast(.bfloat16, on: .cpu) {
        bySteps
          ? x.conv2d(expand).depthwise(parts.filter, between: parts.before, and: parts.after)?
            .conv2d(project)
          : x.invertedBottleneck(
            expand: expand, parts.before, parts.filter, parts.after, project: project)
      }
      guard let found else { return nil }
      y = found
    }
    return try outcome(y, x, [expand, project] + parts.learned, parts.moved)
  }

  @Test(arguments: large) func bottleneckAgrees(_ one: Case) throws {
    guard let found = try bottleneck(one, .bfloat16) else {
      print("skipped: this processor has no product of pairs in bfloat16")
      return
    }
    let steps = try #require(try bottleneck(one, .bfloat16, bySteps: true))
    #expect(try worst(found, steps) < 0.005)
    // What is rounded to bfloat16 on the way turns some activations.
    #expect(try worst(found, try #require(try bottleneck(one, .float64))) < 0.1)
  }

  @Test func threadsChangeNoBitOfABottleneck() throws {
    let before = Engine.threads
    defer { Engine.threads = before }
    let found = try [1, 2, 3].map { threads in
      Engine.threads = threads
      return try bottleneck(Self.large[0], .bfloat16)?.map {
        $0.to(.float32).scalars(as: Float.self)
      }
    }
    guard found[0] != nil else {
      print("skipped: this processor has no product of pairs in bfloat16")
      return
    }
    #expect(found[0] == found[1] && found[0] == found[2])
  }

  /// Data, or a matrix, that does not learn has no gradient and changes no other, bit by bit.
  @Test(arguments: 0..<3) func frozenOnesChangeNoOther(_ frozen: Int) throws {
    let one = Self.large[0]
    func gradients(_ frozen: Int?) throws -> [[Float]?]? {
      let x = Self.values([one.images, one.inputs] + one.size, 0, .bfloat16).channelsLast()
      let expand = Self.values([one.middle, one.inputs, 1, 1], 3, .float32)
      let project = Self.values([one.outputs, one.middle, 1, 1], 4, .float32)
      let all = [x, expand, project]
      for (place, tensor) in all.enumerated() { _ = tensor.requiringGrad(place != frozen) }
      let parts = Parts(one, .float32)
      let y = withAutocast(.bfloat16, on: .cpu) {
        x.invertedBottleneck(
          expand: expand, parts.before, parts.filter, parts.after, project: project)
      }
      guard let y else { return nil }
      (y.to(.float32) * Self.values(y.shape, 2, .float32)).sum().backward()
      return (all + parts.learned).map { $0.grad?.to(.float32).scalars(as: Float.self) }
    }
    guard var all = try gradients(nil) else {
      print("skipped: this processor has no product of pairs in bfloat16")
      return
    }
    all[frozen] = nil as [Float]?
    #expect(try gradients(frozen) == all)
  }

  @Test func bottlenecksThatStepsServeAsWell() {
    func serves(_ one: Case, casts: Bool = true) -> Bool {
      let x = Self.values([one.images, one.inputs] + one.size, 0, .bfloat16).channelsLast()
      let parts = Parts(one, .float32)
      return withAutocast(casts ? .bfloat16 : nil, on: .cpu) {
        x.invertedBottleneck(
          expand: Self.values([one.middle, one.inputs, 1, 1], 3, .float32), parts.before,
          parts.filter, parts.after,
          project: Self.values([one.outputs, one.middle, 1, 1], 4, .float32)) != nil
      }
    }
    var odd = Self.large[0]
    odd.inputs = 15
    #expect(!serves(odd))
    #expect(!serves(Self.large[0], casts: false))
    #expect(!serves(Case(middle: 96, size: [12, 12])))
  }
}
