import Networks
import OrderedCollections
import TestSupport
import Testing
import Torch
import TorchTestSupport
import Weights

/// Series of unequal length: a row comes out the same alone and in any batch.
@Suite("Ragged series")
struct RaggedSeriesTests {
  /// A case of `Goldens/Networks/ragged.py`, where every series keeps its own length and nothing is padded.
  struct Case: Decodable {
    let shape, lengths: [Int]
    let images: Int
    let training: Bool
    let features, logits: [Double]
    let gradients: [String: [Double]]
    let statistics, stepped: [String: [Double]]?

    var series: Tensor { GoldenRule.tensor(images, shape, scale: 3.4, .float64) }
  }

  private static func lengths(_ values: [Int]) -> Tensor {
    Tensor(values.map(Int64.init), shape: [values.count])
  }

  /// `value` in every step behind a row's length.
  private static func padded(_ x: Tensor, _ lengths: [Int], with value: Double) -> Tensor {
    let steps = Tensor.arange(x.shape[2]).reshaped([1, 1, -1])
    let valid = steps.less(than: Self.lengths(lengths).reshaped([-1, 1, 1]))
    return Tensor.where(valid, x, Tensor.full([], value, dtype: x.dtype))
  }

  private func network(_ channels: Int, dtype: DType = .float64) throws -> Network {
    let network = try Architectures.named("inception_time").build(
      classes: 5, inputs: channels, using: Initializer(dtype: dtype, generator: nil))
    GoldenRule.fill(network)
    return network
  }

  private func summary(_ x: Tensor) -> [Double] {
    [x.to(.float64).norm().item()] + x.scalars(as: Double.self).prefix(3)
  }

  /// What is not the golden's, in words.
  private func disagreements(_ name: String, _ golden: Case, lengths: Tensor?) throws -> [String] {
    let network = try network(golden.shape[1])
    let context = Context(training: golden.training, lengths: lengths)
    let series = Self.padded(golden.series, golden.lengths, with: .nan)
    let features = network.features(series, context)
    let logits = network.logits(of: features, context)[0]
    (logits * GoldenRule.tensor(GoldenRule.projection, logits.shape, .float64)).sum().backward()
    var wrong: [String] = []
    func compare(_ name: String, _ got: [Double], _ expected: [Double]?, scale: Double? = nil) {
      let scale = scale ?? expected?.map(abs).max() ?? 0
      let found = difference(got, expected ?? [], absolute: 1e-9 * scale + 1e-13)
      if let found { wrong.append("\(name): \(found)") }
    }
    compare("features", features[0].scalars(), golden.features)
    compare("logits", logits.scalars(), golden.logits)
    let whole = golden.gradients.values.map { $0[0] * $0[0] }.reduce(0, +).squareRoot()
    for (name, parameter) in network.parameters {
      guard let gradient = parameter.grad else {
        wrong.append("\(name): no gradient")
        continue
      }
      let expected = golden.gradients[name]
      compare(name, summary(gradient), expected, scale: max(expected?[0] ?? 0, 1e-3 * whole))
      guard let stepped = golden.stepped?[name] else { continue }
      let moved = withoutGradients { parameter - 0.1 * gradient }
      compare("\(name) after a step", summary(moved), stepped, scale: max(stepped[0], whole))
    }
    for (name, expected) in golden.statistics ?? [:] {
      compare(name, network.stateDict[name].map(summary) ?? [], expected)
    }
    return wrong
  }

  @Test(
    "features, logits, gradients, statistics and a step are those of series that were never padded")
  func golden() throws {
    let cases: [String: Case] = try Golden.load("Networks/inception_time_ragged.json")
    #expect(cases.count == 8)
    for (name, golden) in cases {
      let wrong = try disagreements(name, golden, lengths: Self.lengths(golden.lengths))
      #expect(wrong.isEmpty, "\(name), \(wrong.count): \(wrong.prefix(3))")
      guard Set(golden.lengths).count == 1 else { continue }
      let whole = try disagreements(name, golden, lengths: nil)
      #expect(whole.isEmpty, "\(name) without lengths, \(whole.count): \(whole.prefix(3))")
    }
  }

  @Test("in evaluation a row is the same alone and in a padded batch, whatever the padding holds")
  func alone() throws {
    let network = try network(2, dtype: .float32)
    let lengths = [41, 1, 5, 8, 60, 20]
    let series = GoldenRule.tensor(3, [lengths.count, 2, 60], scale: 3.4, .float32)
    let (batch, longer) = withoutGradients {
      let wide = Tensor.concatenated([series, series], dim: 2)
      let context = Context(lengths: Self.lengths(lengths))
      return (
        network(Self.padded(series, lengths, with: -7e30), context),
        network(Self.padded(wide, lengths, with: .infinity), context)
      )
    }
    for (row, length) in lengths.enumerated() {
      let one = series.narrowed(dim: 0, start: row, length: 1)
        .narrowed(dim: 2, start: 0, length: length)
      let expected = withoutGradients { network(one, Context()).scalars(as: Double.self) }
      for logits in [batch, longer] {
        let found = logits.narrowed(dim: 0, start: row, length: 1).scalars(as: Double.self)
        #expect(difference(found, expected, relative: 1e-5, absolute: 1e-5) == nil, "\(length)")
      }
    }
  }

  @Test("gradients agree with central differences, at every input")
  func centralDifferences() throws {
    let lengths = [4, 1, 6]
    let network = try network(1)
    let x = GoldenRule.tensor(5, [3, 1, 6], scale: 2, .float64)
    for training in [true, false] {
      var context = Context(training: training, lengths: Self.lengths(lengths))
      context.recordsStatistics = false
      let found = gradientDifference(at: [x], step: 1e-6, relative: 1e-5, absolute: 1e-7) {
        [context] in network($0[0], context)
      }
      #expect(found == nil, "training: \(training)")
    }
  }

  @Test("a batch normalisation of a ragged batch gives mean 0 and variance 1 over what is valid")
  func batchNorm() throws {
    let lengths = [3, 1, 5]
    let layer = BatchNorm(2, using: Initializer(dtype: .float64, generator: nil))
    let x = GoldenRule.tensor(6, [3, 2, 5], scale: 4, .float64) + 1000
    let context = Context(training: true, lengths: Self.lengths(lengths))
    let rows = layer(x, context)
    let values: [Double] = rows.scalars()
    for channel in 0..<2 {
      let valid = lengths.enumerated().flatMap { row, length in
        (0..<length).map { values[(row * 2 + channel) * 5 + $0] }
      }
      let mean = valid.reduce(0, +) / 9
      #expect(abs(mean) < 1e-9)
      #expect(abs(valid.reduce(0) { $0 + $1 * $1 } / 9 - 1) < 1e-4)
    }
    #expect(values.count { $0 == 0 } == 2 * 6)
    let found = gradientDifference(at: [x - 1000]) { layer($0[0], context) }
    #expect(found == nil)
    let half = layer(x.to(.bfloat16), context)
    #expect(half.dtype == .bfloat16)
  }

  @Test("statistics stay where they are not recorded and where the layer is frozen")
  func frozen() {
    let layer = BatchNorm(2, using: Initializer(dtype: .float64, generator: nil))
    var visitor = TensorVisitor()
    layer.visit(&visitor)
    func statistics() -> [Double] { visitor.buffers.flatMap { $0.tensor.scalars(as: Double.self) } }
    let x = GoldenRule.tensor(6, [2, 2, 5], scale: 4, .float64)
    var context = Context(
      .frozenStatistics, generator: Generator(seed: 0), lengths: Self.lengths([5, 2]))
    let normalised = layer(x, context)
    #expect(statistics() == [0, 0, 1, 1, 0])
    context.recordsStatistics = true
    visitor.parameters[0].tensor.requiringGrad(false)
    let unchanged = layer(x, context)
    #expect(statistics() == [0, 0, 1, 1, 0])
    #expect(normalised.scalars(as: Double.self) != unchanged.scalars(as: Double.self))
    visitor.parameters[0].tensor.requiringGrad(true)
    _ = layer(x, context)
    #expect(statistics()[4] == 1 && statistics()[0] != 0)
  }

  @Test(
    "constant and one-point series have finite answers and gradients", arguments: [1, 2, 7, 45])
  func extremes(length: Int) throws {
    for lengths in [nil, Self.lengths([length, 1, length])] {
      let network = try network(1, dtype: .float32)
      let x = Tensor.full([3, 1, length], 5)
      let logits = network(x, Context(training: true, lengths: lengths))
      logits.square().sum().backward()
      #expect(logits.scalars(as: Float.self).allSatisfy { $0.isFinite })
      for (name, tensor) in network.parameters {
        let gradient = tensor.grad?.scalars(as: Float.self) ?? []
        #expect(!gradient.isEmpty && gradient.allSatisfy { $0.isFinite }, "\(name)")
      }
      for (name, tensor) in network.buffers {
        #expect(tensor.scalars(as: Float.self).allSatisfy { $0.isFinite }, "\(name)")
      }
    }
  }

  @Test(
    "one valid value in training, and lengths that are not the rows', stop with what was expected")
  func misuse() async {
    await #expect(processExitsWith: .failure) {
      let layer = BatchNorm(2, using: Initializer(generator: Generator(seed: 0)))
      let context = Context(training: true, lengths: Tensor([Int64(1)], shape: [1]))
      _ = layer(Tensor.zeros([1, 2, 5]), context)
    }
    await #expect(processExitsWith: .failure) {
      let layer = BatchNorm(2, using: Initializer(generator: Generator(seed: 0)))
      _ = layer(Tensor.zeros([2, 2, 5]), Context(lengths: Tensor([Int64(1)], shape: [1])))
    }
    await #expect(processExitsWith: .failure) {
      _ = Convolution1D(2, 2, kernel: 4, using: Initializer(generator: Generator(seed: 0)))
    }
  }
}
