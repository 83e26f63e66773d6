import Foundation
import Ordinal
import Randomness
import TestSupport
import Testing

@Suite struct ProportionalOddsTests {
  private let golden: OrdinalGolden
  private let key = RandomKey(seed: 1)

  init() throws { golden = try OrdinalGolden.load() }

  /// SciPy's optimum with and without a penalty, in the units of the numbers as they were.
  @Test(arguments: 0..<3) func asSciPy(number: Int) {
    let expected = golden.proportional[number]
    let found = ProportionalOdds(c: expected.c ?? .infinity)(golden.rows, key: key)
    #expect(found.isConverged && found.tried.isEmpty)
    #expect(close(found.objective, expected.objective, relative: 1e-10))
    #expect(difference(found.model.thresholds, expected.thresholds, absolute: 1e-4) == nil)
    #expect(
      difference(
        found.model.coefficients, expected.coefficients, relative: 1e-4, absolute: 1e-5) == nil)
    #expect(zip(found.model.thresholds, found.model.thresholds.dropFirst()).allSatisfy(<))
  }

  /// statsmodels' OrderedModel.
  @Test func asStatsmodels() {
    let found = ProportionalOdds(c: .infinity)(golden.rows, key: key)
    #expect(close(found.objective, golden.statsmodels.objective, relative: 1e-10))
    #expect(
      difference(found.model.thresholds, golden.statsmodels.thresholds, absolute: 1e-3) == nil)
    #expect(
      difference(found.model.coefficients, golden.statsmodels.coefficients, absolute: 1e-3) == nil)
    #expect(found.model(golden.features).straightened == 0)
  }

  /// Two grades are a logistic regression: its slopes are 0, Σ (p − y) x = 0, where nothing is paid.
  @Test func twoGrades() {
    let labels = golden.labels.map { min($0, 1) }
    let rows = GradedRows(
      features: golden.features, width: golden.width, labels: labels, grades: 2)
    let found = ProportionalOdds(c: .infinity)(rows, key: key)
    let p = found.model(golden.features).probabilities
    for column in 0..<golden.width {
      let values = labels.indices.map { golden.features[$0 * golden.width + column] }
      let spread = (values.max() ?? 0) - (values.min() ?? 0)
      let slope = labels.indices.reduce(0.0) {
        $0 + (p[$1 * 2 + 1] - Double(labels[$1])) * values[$1] / spread
      }
      #expect(abs(slope) < 1e-4 * Double(labels.count), "\(column)")
    }
  }

  /// C is what held-out rows lose least by; the same key chooses the same bytes.
  @Test func thePenaltyIsChosenOnHeldOutRows() {
    let found = ProportionalOdds()(golden.rows, key: key)
    let best = found.tried.min { $0.loss < $1.loss }
    #expect(found.c == best?.value && found.tried.count >= 3)
    #expect(found.tried.map(\.value) == Array(ProportionalOdds.path.prefix(found.tried.count)))
    #expect(ProportionalOdds()(golden.rows, key: key) == found)
    #expect(ProportionalOdds(c: found.c)(golden.rows, key: key).model == found.model)
  }

  /// Copies of a row in one group are held out together: without the group they would give each other away.
  @Test func groupsAreHeldOutTogether() {
    var source = RandomKey(seed: 9).source
    let noise = (0..<24).map { _ in (0..<6).map { _ in source.normal() } }
    let copies = (0..<96).map { $0 / 4 }
    func chosen(_ groups: [String]?) -> ProportionalOdds.Solution {
      ProportionalOdds()(
        GradedRows(
          features: copies.flatMap { noise[$0] }, width: 6, labels: copies.map { $0 % 3 },
          grades: 3, groups: groups), key: key)
    }
    let (together, alone) = (chosen(copies.map { "g\($0)" }), chosen(nil))
    #expect(together.c < alone.c)
  }

  /// A grade without a row has no probability, a column without a spread no weight; one grade alone is certain.
  @Test func whatIsMissingIsNoTrap() {
    let rows = GradedRows(
      features: [1, 5, 2, 5, 3, 5, 2.5, 5], width: 2, labels: [0, 2, 2, 0], grades: 4)
    let found = ProportionalOdds(c: 1)(rows, key: key)
    let p = found.model(rows.features).probabilities
    for row in 0..<4 {
      #expect(p[row * 4 + 1] == 0 && p[row * 4 + 3] < 1e-15)
      #expect(close(p[row * 4..<row * 4 + 4].reduce(0, +), 1))
    }
    #expect(found.model.coefficients[1] == 0)
    let one = ProportionalOdds()(
      GradedRows(features: [1, 2, 3], width: 1, labels: [1, 1, 1], grades: 3), key: key)
    #expect(one.model([7]).probabilities[1] > 1 - 1e-12)
  }

  /// A step that throws ends the fit.
  @Test func stops() {
    struct Stopped: Error {}
    var calls = 0
    #expect(throws: Stopped.self) {
      try ProportionalOdds()(golden.rows, key: key) { done, count in
        #expect(done < count && count == 56)
        calls += 1
        if calls == 20 { throw Stopped() }
      }
    }
    #expect(calls == 20)
  }
}
