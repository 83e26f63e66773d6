import Networks
import TestSupport
import Testing
import Torch
import TorchTestSupport

/// Normalisations against loops, with scales and shifts of their own.
@Suite("Normalisations as loops")
struct NormLoopTests {
  private let initializer = Initializer(dtype: .float64, generator: nil)

  /// Mean and biased variance.
  private func moments(_ values: [Double]) -> (mean: Double, variance: Double) {
    let mean = values.reduce(0, +) / Double(values.count)
    return (
      mean, values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
    )
  }

  private let gamma = Grid([4], [0.5, -2, 1, 3])
  private let beta = Grid([4], [1, 0, -0.25, 7])
  private let x = Grid.drawn([3, 4, 2, 5], seed: 1, scale: 6)

  /// Each number by the moments of those that are normalised with it.
  private func normalized(
    _ x: Grid, epsilon: Double, with group: (_ n: Int, _ c: Int) -> [(n: Int, c: Int)]
  ) -> [Double] {
    let area = x.shape[2] * x.shape[3]
    func values(_ n: Int, _ c: Int) -> ArraySlice<Double> {
      let start = (n * x.shape[1] + c) * area
      return x.values[start..<start + area]
    }
    return (0..<x.shape[0]).flatMap { n -> [Double] in
      (0..<x.shape[1]).flatMap { c -> [Double] in
        let own = moments(group(n, c).flatMap { values($0.n, $0.c) })
        return values(n, c).map {
          ($0 - own.mean) / (own.variance + epsilon).squareRoot() * gamma.values[c] + beta.values[c]
        }
      }
    }
  }

  @Test("of groups of channels of an image", arguments: [1, 2, 4])
  func groups(count: Int) {
    let layer = GroupNorm(4, groups: count, using: initializer).holding(gamma, beta)
    let size = 4 / count
    let expected = normalized(x, epsilon: 1e-5) { n, c in
      (c / size * size..<c / size * size + size).map { (n, $0) }
    }
    for input in [x.tensor, x.tensor.channelsLast()] {
      for training in [true, false] {
        let found = Grid(layer(input, Context(training: training)))
        #expect(found.shape == x.shape)
        #expect(difference(found.values, expected, relative: 1e-10, absolute: 1e-10) == nil)
      }
    }
  }

  @Test("of a channel over the batch, in training", arguments: [1e-5, 1e-3, 0.5])
  func batches(epsilon: Double) {
    let layer = BatchNorm(4, epsilon: epsilon, using: initializer).holding(
      gamma, beta, Grid([4], [9, 9, 9, 9]), Grid([4], [7, 7, 7, 7]))
    let expected = normalized(x, epsilon: epsilon) { _, c in (0..<3).map { ($0, c) } }
    let found = Grid(layer(x.tensor.channelsLast(), Context(training: true)))
    #expect(difference(found.values, expected, relative: 1e-10, absolute: 1e-10) == nil)
    // μ ← .9 μ + .1 mean, σ² ← .9 σ² + .1 · n / (n − 1) · variance, and the batch is counted.
    var visitor = TensorVisitor()
    layer.visit(&visitor)
    for c in 0..<4 {
      let own = moments((0..<3).flatMap { n in (0..<10).map { x[n, c, $0 / 5, $0 % 5] } })
      #expect(
        close(Grid(visitor.buffers[0].tensor).values[c], 8.1 + 0.1 * own.mean, relative: 1e-12))
      #expect(
        close(
          Grid(visitor.buffers[1].tensor).values[c], 6.3 + 0.1 * own.variance * 30 / 29,
          relative: 1e-12))
    }
    #expect(visitor.buffers[2].tensor.item() == 1)
  }

  @Test("of a channel by what is remembered, in evaluation, of images, series and vectors")
  func evaluation() {
    let (mean, variance): ([Double], [Double]) = ([1, -2, 0, 4], [0.25, 1, 9, 1e-6])
    let layer = BatchNorm(4, epsilon: 1e-3, using: initializer).holding(
      gamma, beta, Grid([4], mean), Grid([4], variance))
    for shape in [[3, 4, 2, 5], [3, 4, 10], [30, 4]] {
      let area = shape.dropFirst(2).reduce(1, *)
      let values = Grid.drawn(shape, seed: 2).values
      let expected = values.enumerated().map { place, value in
        let c = place / area % 4
        return (value - mean[c]) / (variance[c] + 1e-3).squareRoot() * gamma.values[c]
          + beta.values[c]
      }
      let found = Grid(layer(Grid(shape, values).tensor, Context()))
      #expect(found.shape == shape)
      #expect(difference(found.values, expected, relative: 1e-10, absolute: 1e-10) == nil)
    }
    var visitor = TensorVisitor()
    layer.visit(&visitor)
    #expect(Grid(visitor.buffers[0].tensor).values == mean)
    #expect(visitor.buffers[2].tensor.item() == 0)
  }

  /// What a batch normalisation does and remembers in each of its states, told by three questions.
  @Test("frozen, shifting and recording", arguments: [false, true], [false, true])
  func states(isFrozen: Bool, shifts: Bool) {
    for records in [false, true] {
      let layer = BatchNorm(4, using: initializer).holding(
        gamma, beta, Grid([4], [0, 0, 0, 0]), Grid([4], [1, 1, 1, 1]))
      var visitor = TensorVisitor()
      layer.visit(&visitor)
      for (_, tensor) in visitor.parameters { _ = tensor.requiringGrad(!isFrozen) }
      var context = Context(training: true)
      (context.shiftsStatistics, context.recordsStatistics) = (shifts, records)
      let found = Grid(layer(x.tensor, context)).values
      let learns = !isFrozen || shifts
      let expected =
        learns
        ? normalized(x, epsilon: 1e-5) { _, c in (0..<3).map { ($0, c) } }
        : x.values.enumerated().map { place, value in
          value / (1 + 1e-5).squareRoot() * gamma.values[place / 10 % 4]
            + beta.values[place / 10 % 4]
        }
      #expect(difference(found, expected, relative: 1e-10, absolute: 1e-10) == nil)
      let moved = Grid(visitor.buffers[0].tensor).values != [0, 0, 0, 0]
      #expect(moved == (learns && records))
      #expect(visitor.buffers[2].tensor.item() == (learns && records ? 1 : 0))
    }
  }

  /// Steps behind the end of a series hold anything, NaN too: moments are those of the valid steps, the rest is 0, and no gradient
  /// comes from there.
  @Test(
    "of ragged series, whatever the padding holds",
    arguments: [0, 1e30, .nan, .infinity] as [Double])
  func ragged(padding: Double) throws {
    let lengths = [5, 1, 3]
    var series = Grid.drawn([3, 4, 5], seed: 3, scale: 4)
    for place in series.values.indices where place % 5 >= lengths[place / 20] {
      series.values[place] = padding
    }
    func valid(_ c: Int) -> [Double] {
      (0..<3).flatMap { n in (0..<lengths[n]).map { series.values[(n * 4 + c) * 5 + $0] } }
    }
    func expected(_ moments: (Int) -> (mean: Double, variance: Double)) -> [Double] {
      series.values.enumerated().map { place, value in
        guard place % 5 < lengths[place / 20] else { return 0 }
        let c = place / 5 % 4
        return (value - moments(c).mean) / (moments(c).variance + 1e-5).squareRoot()
          * gamma.values[c] + beta.values[c]
      }
    }
    for training in [true, false] {
      let layer = BatchNorm(4, using: initializer).holding(
        gamma, beta, Grid([4], [1, 1, 1, 1]), Grid([4], [4, 4, 4, 4]))
      let context = Context(
        training: training, lengths: Tensor(lengths.map(Int64.init), shape: [3]))
      let input = series.tensor.requiringGrad()
      let y = layer(input, context)
      let wanted = training ? expected { moments(valid($0)) } : expected { _ in (1, 4) }
      #expect(
        difference(Grid(y).values, wanted, relative: 1e-9, absolute: 1e-9) == nil, "\(training)")
      (y * Grid.drawn([3, 4, 5], seed: 4).tensor).sum().backward()
      let slope = try #require(input.grad).scalars(as: Double.self)
      #expect(slope.allSatisfy { $0.isFinite })
      for (place, value) in slope.enumerated() where place % 5 >= lengths[place / 20] {
        #expect(value == 0)
      }
      var visitor = TensorVisitor()
      layer.visit(&visitor)
      for (_, tensor) in visitor.parameters {
        let own = try #require(tensor.grad).scalars(as: Double.self)
        #expect(own.allSatisfy { $0.isFinite })
      }
      let running = Grid(visitor.buffers[0].tensor).values
      for c in 0..<4 {
        let mean = training ? 0.9 + 0.1 * moments(valid(c)).mean : 1
        #expect(close(running[c], mean, relative: 1e-12))
      }
    }
  }

  /// γ (v − mean) / √(variance + ε) + β of every vector, of each rank.
  @Test("of vectors", arguments: [1e-6, 1e-5, 0.1])
  func vectors(epsilon: Double) {
    let layer = LayerNorm(4, epsilon: epsilon, using: initializer).holding(gamma, beta)
    for shape in [[6, 4], [2, 3, 4]] {
      let values = Grid.drawn(shape, seed: 5).values
      let expected = (0..<6).flatMap { row in
        let own = Array(values[row * 4..<row * 4 + 4])
        let (mean, variance) = moments(own)
        return (0..<4).map {
          (own[$0] - mean) / (variance + epsilon).squareRoot() * gamma.values[$0] + beta.values[$0]
        }
      }
      let found = Grid(layer(Grid(shape, values).tensor, Context()))
      #expect(found.shape == shape)
      #expect(difference(found.values, expected, relative: 1e-10, absolute: 1e-10) == nil)
    }
  }

  /// Σ w x + b along the last dimension of any rank, in both forms; the order of a list is that of its layers.
  @Test("linear layers, alone and in a row") func linear() {
    let (w, b) = (Grid.drawn([3, 4], seed: 6), Grid.drawn([3], seed: 7))
    let last = Grid.drawn([2, 3], seed: 8)
    for shape in [[4], [5, 4], [2, 3, 4], [1, 2, 2, 4]] {
      let x = Grid.drawn(shape, seed: 9)
      let rows = x.values.count / 4
      func applied(_ x: [Double], _ w: Grid, _ b: [Double]) -> [Double] {
        let (outputs, inputs) = (w.shape[0], w.shape[1])
        return (0..<rows).flatMap { row in
          (0..<outputs).map { o in
            (0..<inputs).reduce(b[o]) { $0 + w.values[o * inputs + $1] * x[row * inputs + $1] }
          }
        }
      }
      let first = applied(x.values, w, b.values)
      for form in [Linear.Form.matrix, .pointwise] {
        let layer = Linear(4, 3, form: form, using: Initializer(dtype: .float64, generator: nil))
          .holding(form == .matrix ? w : Grid([3, 4, 1, 1], w.values), b)
        let count = OperationCount()
        let y = Grid(layer(x.tensor, Context(tracing: count)))
        #expect(y.shape == shape.dropLast() + [3])
        #expect(difference(y.values, first, relative: 1e-12, absolute: 1e-12) == nil)
        #expect(count.multiplyAdds == rows * 12)
        let second = Linear(3, 2, using: Initializer(dtype: .float64, generator: nil))
          .holding(last, Grid([2], [0, 1]))
        let list = LayerList([layer, second])
        let names: [String] = list.described.map { String($0.prefix(8)) }
        #expect(names == ["0.weight", "0.bias [", "1.weight", "1.bias ["])
        #expect(
          difference(
            Grid(list(x.tensor, Context())).values, applied(first, last, [0, 1]), relative: 1e-12,
            absolute: 1e-12) == nil)
      }
    }
    let none = LayerList([Linear]())
    let x = Grid.drawn([2, 3], seed: 10)
    #expect(Grid(none(x.tensor, Context())).values == x.values && none.described.isEmpty)
  }
}
