import Randomness
import Studies
import TestSupport
import Testing

/// The studies against SciPy and NumPy.
@Suite struct StudyGoldenTests {
  private struct Goldens: Decodable {
    struct Memory: Decodable {
      let rule: String
      let coupled: Bool
      let values: [Double]
    }
    struct Polar: Decodable {
      let matrix: [[Double]], factor: [[Double]]
    }
    struct Collapse: Decodable {
      let counts: [Int]
      let layers: Int
      let decay: Double
      let squares: [Double]
    }
    let laws: [[Double]]
    let disparities: [[Double]]
    let memories: [Memory]
    let polar: Polar
    let collapses: [Collapse]
  }

  private let golden: Goldens
  init() throws { golden = try Golden.load("Studies/studies.json") }

  @Test func lawsAreScipys() {
    for row in golden.laws {
      let found = StableLaw(alpha: row[0]).probability(below: row[1])
      #expect(close(found, row[2], absolute: 2e-6), "\(row): \(found)")
    }
  }

  /// Cauchy's risk at a ratio of 2 under attack is flat near its lowest place, so accuracies are compared more loosely
  /// there than the risk would be.
  @Test func bestClassifiersAreThoseOfScipysMinimiser() {
    for row in golden.disparities {
      let found = DisparityStudy().exact(StableLaw(alpha: row[0]), row[1], attack: row[2])
      #expect(close(found.large, row[3], absolute: 1e-4), "\(row): \(found)")
      #expect(close(found.small, row[4], absolute: 1e-4), "\(row): \(found)")
    }
  }

  @Test func memoriesAreNumPys() throws {
    let results = MemoryStudy().results()
    #expect(results.count == golden.memories.count)
    for (found, wanted) in zip(results, golden.memories) {
      #expect(found.rule.rawValue == wanted.rule && found.isCoupled == wanted.coupled)
      #expect(found.steps == Int(wanted.values[0]), "\(wanted.rule): \(found.steps)")
      let numbers = [found.head, found.tail, found.gap]
      #expect(difference(numbers, Array(wanted.values.dropFirst()), absolute: 1e-6) == nil)
    }
  }

  @Test func polarFactorsAreThoseOfTheSVD() {
    let size = golden.polar.matrix.count
    let found = polarFactor(of: golden.polar.matrix)
    for row in 0..<size {
      #expect(difference(found[row], golden.polar.factor[row], absolute: 1e-10) == nil)
    }
  }

  /// What L-BFGS finds without knowing any closed form.
  @Test func closedFormsAreTheLeast() {
    for one in golden.collapses {
      let study = CollapseStudy(counts: one.counts, layers: one.layers, decay: one.decay)
      #expect(
        difference(study.predicted, one.squares, absolute: 5e-4) == nil,
        "\(one.counts): \(study.predicted)")
    }
  }
}
