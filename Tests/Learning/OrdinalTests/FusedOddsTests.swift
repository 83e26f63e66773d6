import Foundation
import Ordinal
import Randomness
import TestSupport
import Testing

@Suite struct FusedOddsTests {
  private let golden: OrdinalGolden
  private let key = RandomKey(seed: 1)

  init() throws { golden = try OrdinalGolden.load() }

  private func fit(_ expected: OrdinalGolden.Fit) -> FusedOdds {
    FusedOdds(
      lambda: expected.lambda, penalisesFirst: expected.penalisesFirst ?? false,
      isSquared: expected.isSquared ?? false)
  }

  /// SciPy's optimum of the same objective, which splits every difference into two halves.
  @Test(arguments: 0..<8) func asSciPy(number: Int) {
    let expected = golden.fused[number]
    let found = fit(expected)(golden.rows, key: key)
    #expect(found.isConverged && found.tried.isEmpty)
    #expect(close(found.objective, expected.objective, relative: 1e-8), "\(found.objective)")
    #expect(difference(found.model.thresholds, expected.thresholds, absolute: 1e-3) == nil)
    let p = found.model(golden.features).probabilities
    let model = CumulativeModel(
      thresholds: expected.thresholds, coefficients: expected.coefficients)
    #expect(difference(p, model(golden.features).probabilities, absolute: 1e-4) == nil)
  }

  /// λ → ∞: no difference is left, and it is proportional odds.
  @Test func aHugePriceIsProportionalOdds() {
    let found = FusedOdds(lambda: 1e6)(golden.rows, key: key)
    #expect(found.fused.zero == 8 && found.fused.of == 8)
    #expect(
      difference(found.model.thresholds, golden.statsmodels.thresholds, absolute: 1e-3) == nil)
    #expect(
      difference(found.model.coefficients, golden.statsmodels.coefficients, absolute: 1e-3) == nil)
    // With a price for the first too, nothing is left but the shares.
    let nothing = FusedOdds(lambda: 1e6, penalisesFirst: true)(golden.rows, key: key)
    #expect(nothing.model.coefficients.allSatisfy { $0 == 0 })
    // Squares shrink to it too.
    let squared = FusedOdds(lambda: 1e6, isSquared: true)(golden.rows, key: key)
    #expect(
      difference(squared.model.coefficients, golden.statsmodels.coefficients, absolute: 1e-3)
        == nil)
  }

  /// λ = 0 on a column of two values, where thresholds of their own say all there is: σ(α_k + x β_k) is the part of the rows with
  /// that x that are of a grade up to k, which is what a logistic regression of y ≤ k alone says.
  @Test func noPriceIsThresholdsOfTheirOwn() {
    let counts = [[40, 25, 10, 5], [20, 10, 30, 20]]
    let rows = counts.enumerated().flatMap { x, counts in
      counts.enumerated().flatMap { grade, count in
        [(Double, Int)](repeating: (Double(x), grade), count: count)
      }
    }
    let found = FusedOdds(lambda: 0)(
      GradedRows(features: rows.map(\.0), width: 1, labels: rows.map(\.1), grades: 4), key: key)
    for (x, counts) in counts.enumerated() {
      for boundary in 0..<3 {
        let part = Double(counts[...boundary].reduce(0, +)) / 80
        let logit =
          found.model.thresholds[boundary] + Double(x) * found.model.coefficients[boundary]
        #expect(close(1 / (1 + exp(-logit)), part, absolute: 1e-6))
      }
    }
    #expect(found.fused.zero == 0 && found.straightened == 0)
  }

  /// A larger price leaves fewer differences and fits less well.
  @Test func direction() {
    let fits = [0.0, 0.002, 0.01, 0.06].map { FusedOdds(lambda: $0)(golden.rows, key: key) }
    for (weaker, stronger) in zip(fits, fits.dropFirst()) {
      #expect(weaker.fused.zero <= stronger.fused.zero)
      #expect(weaker.objective < stronger.objective)
    }
    #expect(fits[0].fused.zero == 0 && fits[3].fused.zero > 4)
  }

  /// A relaxed fit keeps which differences are 0 and fits the rows better than the one that paid, by P of each row's grade before
  /// anything is straightened.
  @Test func relaxed() {
    func likelihood(_ model: CumulativeModel) -> Double {
      golden.labels.enumerated().reduce(0) { sum, row in
        let ends = (0..<3).map { boundary -> Double in
          let logit = (0..<4).reduce(model.thresholds[boundary]) {
            $0 + model.coefficients[boundary * 4 + $1] * golden.features[row.offset * 4 + $1]
          }
          return 1 / (1 + exp(-logit))
        }
        return sum + log(([0] + ends + [1])[row.element + 1] - ([0] + ends)[row.element])
      }
    }
    let paid = FusedOdds(lambda: 0.01)(golden.rows, key: key)
    let free = FusedOdds(lambda: 0.01, isRelaxed: true)(golden.rows, key: key)
    #expect(free.fused.zero == paid.fused.zero && paid.fused.zero > 0)
    #expect(likelihood(free.model) > likelihood(paid.model) + 0.01)
    #expect(free.objective == paid.objective)
  }

  /// Twenty values fall from the one that leaves no difference; the chosen one is the largest of the best.
  @Test(arguments: [false, true]) func path(penalisesFirst: Bool) {
    let found = FusedOdds(penalisesFirst: penalisesFirst)(golden.rows, key: key)
    let values = found.tried.map(\.value)
    #expect(values.count == 20 && zip(values, values.dropFirst()).allSatisfy(>))
    #expect(close(values[19] / values[0], 0.01, relative: 1e-9))
    let best = found.tried.map(\.loss).min()
    #expect(found.lambda == found.tried.first { $0.loss == best }?.value)
    let first = FusedOdds(lambda: values[0] * 1.0001, penalisesFirst: penalisesFirst)(
      golden.rows, key: key)
    let below = FusedOdds(lambda: values[0] * 0.95, penalisesFirst: penalisesFirst)(
      golden.rows, key: key)
    #expect(first.fused.zero == 8 && (below.fused.zero < 8 || penalisesFirst))
    #expect(FusedOdds(penalisesFirst: penalisesFirst)(golden.rows, key: key) == found)
    #expect(
      FusedOdds(penalisesFirst: penalisesFirst)(golden.rows, key: RandomKey(seed: 2)).tried
        != found.tried)
  }

  /// Copies of a row in one group are held out together: without the group they would give each other away, and differences would
  /// seem to pay.
  @Test func groupsAreHeldOutTogether() {
    var source = RandomKey(seed: 4).source
    let noise = (0..<60).map { _ in (0..<3).map { _ in source.normal() } }
    let copies = (0..<240).map { $0 / 4 }
    func chosen(_ groups: [String]?) -> FusedOdds.Solution {
      FusedOdds()(
        GradedRows(
          features: copies.flatMap { noise[$0] }, width: 3, labels: copies.map { $0 % 4 },
          grades: 4, groups: groups), key: key)
    }
    let (together, alone) = (chosen(copies.map { "g\($0)" }), chosen(nil))
    #expect(together.lambda > alone.lambda && together.fused.zero > alone.fused.zero)
  }

  /// With a single group nothing can be held out: all differences are fused, which claims least.
  @Test func aSingleGroup() {
    let rows = golden.rows
    let found = FusedOdds()(
      GradedRows(
        features: rows.features, width: rows.width, labels: rows.labels, grades: rows.grades,
        groups: rows.labels.map { _ in "g" }), key: key)
    #expect(found.tried.isEmpty && found.fused.zero == found.fused.of && found.lambda > 0)
  }

  /// A grade that a fold lacks, a grade without any row, two grades: an answer all the same.
  @Test func rareGrades() {
    let rows = (0..<60).map { row -> (Int, Double) in
      let usual = row % 2 + (row % 7 == 0 ? 1 : 0)
      return (row == 7 ? 4 : usual, Double(row % 5))
    }
    let found = FusedOdds()(
      GradedRows(features: rows.map(\.1), width: 1, labels: rows.map(\.0), grades: 5), key: key)
    let answer = found.model([0, 1, 2, 3, 4])
    #expect(answer.probabilities.allSatisfy { $0 >= 0 && $0 <= 1 })
    #expect(found.tried.allSatisfy { $0.loss.isFinite })
    let two = FusedOdds()(
      GradedRows(
        features: rows.map(\.1), width: 1, labels: rows.map { min($0.0, 1) }, grades: 2), key: key)
    #expect(two.fused.of == 0 && two.isConverged)
  }
}
