import Foundation
import Ordinal
import TestSupport
import Testing

@Suite struct CumulativeLikelihoodTests {
  private let golden: OrdinalGolden
  private var scaled: GradedRows {
    GradedRows(
      features: golden.scaled, width: golden.width, labels: golden.labels, grades: golden.grades)
  }

  init() throws { golden = try OrdinalGolden.load() }

  /// Value and slopes as NumPy has them from the formulas.
  @Test func valueAndGradient() {
    let found = CumulativeLikelihood(scaled, isProportional: false)
      .valueAndGradient(golden.point.theta)
    #expect(close(found.value, golden.point.value, relative: 1e-12))
    let expected = golden.point.thresholdSlopes + golden.point.differenceSlopes
    #expect(difference(found.gradient, expected, relative: 1e-9, absolute: 1e-12) == nil)
  }

  /// Slopes by central differences, of both forms.
  @Test(arguments: [true, false]) func slopes(isProportional: Bool) throws {
    let likelihood = CumulativeLikelihood(scaled, isProportional: isProportional)
    let θ = Array(golden.point.theta.prefix(likelihood.start.count))
    let found = likelihood.valueAndGradient(θ).gradient
    try #require(found.count == (isProportional ? 3 + 4 : 3 + 12))
    for place in θ.indices {
      let step = 1e-5
      func value(_ sign: Double) -> Double {
        var moved = θ
        moved[place] += sign * step
        return likelihood.value(moved)
      }
      let slope = (value(1) - value(-1)) / (2 * step)
      #expect(close(found[place], slope, absolute: 1e-8), "\(place)")
    }
  }

  /// At no coefficients it is the entropy of the shares, whose slopes in the thresholds are 0.
  @Test func atTheStart() {
    let likelihood = CumulativeLikelihood(scaled, isProportional: false)
    let found = likelihood.valueAndGradient(likelihood.start)
    let shares = scaled.counts.map { Double($0) / Double(scaled.count) }
    let entropy = -shares.reduce(0) { $0 + $1 * log($1) }
    #expect(close(found.value, entropy, relative: 1e-12))
    #expect(found.gradient.prefix(3).allSatisfy { abs($0) < 1e-14 })
  }

  /// A row whose own grade has no probability: +∞, and no gradient.
  @Test func crossedThresholds() {
    let likelihood = CumulativeLikelihood(scaled, isProportional: true)
    var θ = likelihood.start
    θ[1] = θ[0] - 0.1
    #expect(likelihood.value(θ) == .infinity)
    #expect(likelihood.valueAndGradient(θ).gradient.isEmpty)
  }
}
