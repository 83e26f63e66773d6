import Evaluation
import Targets
import TestSupport
import Testing
import Uncertainty

@Suite struct GradeTests {
  private func table(_ count: Int) throws -> Predictions {
    try Predictions(
      classes: ["none", "mild", "severe"], paths: (0..<count).map { "\(100 + $0)" },
      truths: (0..<count).map { $0 % 3 },
      probabilities: (0..<count).flatMap { row -> [Double] in
        let p = 0.2 + 0.5 * Double((row * 29) % 31) / 31
        switch row % 3 {
        case 0: return [p, (1 - p) * 0.75, (1 - p) * 0.25]
        case 1: return [(1 - p) / 2, p, (1 - p) / 2]
        default: return [(1 - p) * 0.25, (1 - p) * 0.75, p]
        }
      })
  }

  @Test func whatClassesHaveIsWhatTheyHaveWithOrder() throws {
    let settings = IntervalSettings(resamples: 100)
    var ordered = try table(60)
    ordered.areOrdered = true
    let found = GradeAssessment(try table(60), settings: settings)
    #expect(found.intervals == Assessment(ordered, settings: settings))
    #expect(found.mae.interval?.contains(found.mae.value) == true)
    #expect(found.grades.allSatisfy { $0.maeInterval != nil })
  }

  /// How well P(y ≥ k) is calibrated has its interval, that of its two classes.
  @Test func calibrationOfAtLeastAGrade() throws {
    let table = try table(90)
    let found = GradeAssessment(table, settings: IntervalSettings(resamples: 20))
    for (grade, row) in found.cumulative.enumerated() {
      let p = (0..<90).map { table[$0].dropFirst(grade + 1).reduce(0, +) }
      let expected = CalibrationSlope(
        p.map { Double($0) }, table.truths.map { ($0 ?? 0) > grade }, level: 0.95)
      let interval = try #require(row.slopeInterval)
      #expect(close(interval.low, try #require(expected.slopeInterval?.low), relative: 1e-4))
      #expect(close(interval.high, try #require(expected.slopeInterval?.high), relative: 1e-4))
      #expect(interval.low < (row.slope ?? 0) && (row.slope ?? 0) < interval.high)
    }
  }

  @Test func atLeastAGradeIsTheSumFromItOn() throws {
    let table = try table(30)
    let found = GradeAssessment(table, settings: nil)
    #expect(found.cumulative.map(\.name) == ["at least mild", "at least severe"])
    #expect(found.cumulative.map(\.positives) == [20, 10])
    // At least the highest grade is that grade against the rest.
    #expect(found.cumulative[1].rocAUC == found.classes.perClass[2].rocAUC)
    // At least the second is not the lowest: the same pairs, turned round.
    #expect(
      close(
        try #require(found.cumulative[0].rocAUC), try #require(found.classes.perClass[0].rocAUC)))
  }
}
