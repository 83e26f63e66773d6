import Evaluation
import Randomness
import TestSupport
import Testing
import Uncertainty

@Suite("DeLong's variance")
struct DeLongTests {
  private func parts(_ scores: (positives: [Double], negatives: [Double])) throws -> DeLong {
    try #require(DeLong(positives: scores.positives, negatives: scores.negatives))
  }

  @Test("area, variance and covariance equal a loop over all pairs, with and without ties")
  func golden() throws {
    let golden = try ComparingGolden.load().delong
    #expect(golden.count == 200)
    for (index, row) in golden.enumerated() {
      let models = TwoModels(index + 1)
      let expected = row.map { $0 ?? .nan }
      let first = try parts(models.first)
      #expect(close(first.area, expected[0], absolute: 1e-13), "case \(index + 1)")
      let variance = try #require(first.variance)
      #expect(close(variance, expected[1], relative: 1e-10, absolute: 1e-14), "case \(index + 1)")
      let difference = AreaDifference(first, try parts(models.second))
      #expect(close(difference.difference, expected[4], absolute: 1e-13))
      let error = try #require(difference.standardError)
      #expect(close(error, expected[5], relative: 1e-8, absolute: 1e-7), "case \(index + 1)")
      if let p = row[6] {
        let value = try #require(difference.pValue)
        #expect(close(value, p, relative: 1e-7), "case \(index + 1)")
      }
    }
  }

  @Test("the area is the one that metrics report, and the mean of either list of parts")
  func area() throws {
    for number in 1...60 {
      let scores = TwoModels(number).first
      let parts = try parts(scores)
      #expect(
        parts.area == areaUnderROC(positives: scores.positives, negatives: scores.negatives))
      let mean = parts.positiveParts.reduce(0, +) / Double(parts.positiveParts.count)
      let other = parts.negativeParts.reduce(0, +) / Double(parts.negativeParts.count)
      #expect(close(mean, parts.area, absolute: 1e-13))
      #expect(close(other, parts.area, absolute: 1e-13))
    }
  }

  @Test("the order of the examples changes no bit")
  func order() throws {
    var random = RandomKey(seed: 5).source
    for number in 1...30 {
      let scores = TwoModels(number).first
      let shuffled = random.shuffle(scores.positives.count).map { scores.positives[$0] }
      let again = try parts((shuffled, scores.negatives.reversed()))
      #expect(again.variance == (try parts(scores)).variance)
    }
  }

  @Test("one positive has no variance; none has no area; NaN traps")
  func limits() async throws {
    #expect(DeLong(positives: [], negatives: [1]) == nil)
    #expect(DeLong(positives: [1], negatives: []) == nil)
    #expect(try parts(([0.5], [0.1, 0.6])).variance == nil)
    #expect(try parts(([1, 2], [-1, -2])).variance == 0)
    await #expect(processExitsWith: .failure) {
      _ = DeLong(positives: [.nan], negatives: [1])
    }
  }

  @Test("different numbers of examples trap")
  func mismatch() async {
    await #expect(processExitsWith: .failure) {
      let two = DeLong(positives: [1, 2], negatives: [0, 1])
      let three = DeLong(positives: [1, 2, 3], negatives: [0, 1])
      if let two, let three { _ = two.covariance(with: three) }
    }
  }
}
