import Losses
import TestSupport
import Testing
import Torch
import TorchTestSupport

/// Contrasts with weights: PyTorch's values, limits, draws of partners.
@Suite struct BalancedContrastTests {
  struct GoldenFile: Decodable {
    var labels: [Int], features: [Double], centres: [Double], dimensions: Int, balanced: [Double]
  }

  private let golden: GoldenFile

  init() throws { golden = try Golden.load("Losses/experts.json") }

  private var both: [Int] { golden.labels + golden.labels }
  private var features: Tensor {
    Tensor(golden.features, shape: [both.count, golden.dimensions])
  }
  private var centres: Tensor { Tensor(golden.centres, shape: [4, golden.dimensions]) }

  @Test func theValuesArePyTorchs() {
    for length in [1, 7.0] {
      let rows = BalancedContrast()(features * length, both, centres: centres * length)
      #expect(
        difference(rows.values.scalars(as: Double.self), golden.balanced, relative: 1e-6) == nil)
      #expect(rows.denominator == Double(both.count))
    }
  }

  @Test func gradients() {
    let contrast = BalancedContrast(temperature: 0.5)
    #expect(
      gradientDifference(at: [features, centres], absolute: 1e-7) {
        contrast($0[0], both, centres: $0[1]).values
      } == nil)
  }

  /// One class and its centre: the log of a mean less the mean of logs, 0 where all are one point.
  @Test func oneClass() {
    let labels = [Int](repeating: 0, count: 4)
    let point = Tensor.ones([4, 3], dtype: .float64)
    let equal = BalancedContrast()(point, labels, centres: Tensor.ones([1, 3], dtype: .float64))
    #expect(equal.values.scalars(as: Double.self).allSatisfy { abs($0) < 1e-12 })
    let apart = BalancedContrast()(
      Tensor.normal([4, 3], using: Generator(seed: 2)).to(.float64), labels,
      centres: Tensor.ones([1, 3], dtype: .float64))
    #expect(apart.values.scalars(as: Double.self).allSatisfy { $0 > 0 })
  }

  /// Rows of a common class more change nothing for others while they lie at the class's mean score: each class counts
  /// once.
  @Test func repeatedRowsOfAnotherClassChangeNothing() {
    let z = Tensor.normal([4, 3], using: Generator(seed: 4)).to(.float64)
    let centres = z.narrowed(dim: 0, start: 2, length: 2)
    // Class 1 is one point: its rows and its centre are equal.
    let point = z.narrowed(dim: 0, start: 3, length: 1)
    func values(_ copies: Int) -> [Double] {
      let rows = Tensor.concatenated(
        [z.narrowed(dim: 0, start: 0, length: 2)] + [Tensor](repeating: point, count: copies),
        dim: 0)
      let labels = [0, 0] + [Int](repeating: 1, count: copies)
      return Array(
        BalancedContrast()(rows, labels, centres: centres).values.scalars(as: Double.self).prefix(2)
      )
    }
    #expect(difference(values(9), values(2), relative: 1e-6) == nil)
  }

  /// Weights of 1 and 0 are masks; a partner's weight and a column's count do what they say.
  @Test func weightsOfPartnersAndOfWhatIsCompared() {
    let z = Tensor.normal([2, 4], using: Generator(seed: 5)).to(.float64)
    let v = Tensor.normal([3, 4], using: Generator(seed: 6)).to(.float64)
    func values(_ partners: [Double], _ compared: [Double], _ v: Tensor) -> [Double] {
      let shape = [2, v.shape[0]]
      return Contrast(
        z, v, partners: Tensor(partners, shape: shape), compared: Tensor(compared, shape: shape)
      ).values(Tensor(0.3)).scalars()
    }
    let plain = values([1, 0, 0, 0, 1, 0], [1, 1, 1, 1, 1, 1], v)
    // Twice as much of a partner is the same where it is the only one.
    #expect(
      difference(values([2, 0, 0, 0, 5, 0], [1, 1, 1, 1, 1, 1], v), plain, relative: 1e-12) == nil)
    // A column that is there twice is one that counts twice.
    let twice = Tensor.concatenated([v, v.narrowed(dim: 0, start: 2, length: 1)], dim: 0)
    #expect(
      difference(
        values([1, 0, 0, 0, 0, 1, 0, 0], [1, 1, 1, 1, 1, 1, 1, 1], twice),
        values([1, 0, 0, 0, 1, 0], [1, 1, 2, 1, 1, 2], v), relative: 1e-12) == nil)
    // Logits beside it stand under the same logarithm: one of −∞, as good as, changes nothing.
    let contrast = Contrast(
      z, v, partners: Tensor([1.0, 0, 0, 0, 1, 0], shape: [2, 3]),
      compared: Tensor.ones([2, 3]))
    let far = contrast.beside(
      Tensor.full([2, 1], -1e4, dtype: .float64), partners: Tensor.zeros([2, 1]))
    #expect(
      difference(far.values(Tensor(0.3)).scalars(as: Double.self), plain, relative: 1e-12) == nil)
  }

  /// So many of those that are there, every one as often as another, the same by the same seed.
  @Test func partnersAreDrawnAlike() {
    let mask = Tensor([1, 1, 0, 1, 1, 0, 0, 1, 1, 0] as [Float], shape: [2, 5])
    var counts = [Double](repeating: 0, count: 10)
    for seed in 0..<2000 {
      let drawn = PairMask.drawn(mask, count: 2, using: Generator(seed: UInt64(seed)))
      let cells = drawn.scalars(as: Double.self)
      #expect(cells.prefix(5).reduce(0, +) == 2 && cells.suffix(5).reduce(0, +) == 2)
      for place in cells.indices { counts[place] += cells[place] / 2000 }
    }
    #expect(difference(counts, [0.5, 0.5, 0, 0.5, 0.5, 0, 0, 1, 1, 0], absolute: 0.05) == nil)
    #expect([2, 5, 6, 9].allSatisfy { counts[$0] == 0 })
    let all = PairMask.drawn(mask, count: 5, using: Generator(seed: 0))
    #expect(all.scalars(as: Float.self) == mask.scalars(as: Float.self))
  }
}
