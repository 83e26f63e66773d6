import Decisions
import Randomness
import TestSupport
import Testing

@Suite("Prevalence of unlabelled examples")
struct PrevalenceEstimateTests {
  static let source = [0.6, 0.25, 0.1, 0.05]
  static let target = [0.1, 0.2, 0.3, 0.4]

  /// Four Gaussian classes of exact posterior, so far apart that the uncorrected decision is right in
  /// 97.95 %; the correction is worth half a point or more.
  @Test("the Gaussian case to .01, by EM and by BBSE")
  func gaussian() throws {
    var random = RandomKey(seed: 18).source
    let model = GaussianClasses(prior: Self.source, apart: 5.15)
    let unlabelled = model.sample(40_000, from: Self.target, using: &random)
    let validation = model.sample(40_000, using: &random)
    let em = SaerensEM(unlabelled.probabilities, from: Self.source)
    #expect(difference(em.prior, Self.target, relative: 0, absolute: 0.01) == nil)
    #expect(em.converged && em.iterations <= 8)
    for softly in [false, true] {
      let prior = try BlackBoxShift(validation, softly: softly).prior(
        of: unlabelled.probabilities)
      #expect(difference(prior, Self.target, relative: 0, absolute: 0.01) == nil)
    }
    let correction = try PriorCorrection(
      from: Self.source, to: em.prior, classes: model.classes)
    func accuracy(_ sample: LabelledProbabilities) -> Double {
      let right = zip(decisions(sample), sample.truths).filter { $0 == $1 }.count
      return Double(right) / Double(sample.count)
    }
    let (before, after) = (
      accuracy(unlabelled), accuracy(unlabelled.mapping(correction.callAsFunction))
    )
    #expect(abs(before - 0.9795) < 0.004 && after > before + 0.005, "\(before) \(after)")
  }

  @Test("no shift is estimated as none, and an over-confident model does better after calibration")
  func limits() throws {
    var random = RandomKey(seed: 19).source
    let model = GaussianClasses(prior: Self.source, apart: 2)
    let same = SaerensEM(model.sample(20_000, using: &random).probabilities, from: Self.source)
    #expect(difference(same.prior, Self.source, relative: 0, absolute: 0.015) == nil)

    let validation = model.sample(5000, sharpness: 4, using: &random)
    let shifted = model.sample(10_000, from: Self.target, sharpness: 4, using: &random)
    let scaling = try TemperatureScaling(fitting: validation)
    func error(_ prior: [Double]) -> Double {
      zip(prior, Self.target).reduce(0) { $0 + abs($1.0 - $1.1) }
    }
    let raw = SaerensEM(shifted.probabilities, from: Self.source)
    let scaled = SaerensEM(
      shifted.mapping(scaling.callAsFunction).probabilities, from: Self.source)
    #expect(error(scaled.prior) < 0.5 * error(raw.prior))
    #expect(error(scaled.prior) < 0.06)
  }

  @Test("permuting classes permutes the answers; constant posteriors say nothing")
  func invariances() throws {
    var random = RandomKey(seed: 20).source
    let model = GaussianClasses(prior: Self.source, apart: 2)
    let (validation, shifted) = (
      model.sample(2000, using: &random), model.sample(500, from: Self.target, using: &random)
    )
    let order = [3, 1, 0, 2]
    let em = SaerensEM(shifted.probabilities, from: Self.source).prior
    let other = SaerensEM(
      permuted(shifted, order).probabilities, from: order.map { Self.source[$0] }
    ).prior
    #expect(difference(other, order.map { em[$0] }, relative: 1e-9) == nil)
    let box = try BlackBoxShift(validation).prior(of: shifted.probabilities)
    let turned = try BlackBoxShift(permuted(validation, order)).prior(
      of: permuted(shifted, order).probabilities)
    #expect(difference(turned, order.map { box[$0] }, relative: 1e-9, absolute: 1e-12) == nil)
    let constant = SaerensEM((0..<50).flatMap { _ in Self.source }, from: Self.source)
    #expect(difference(constant.prior, Self.source, relative: 1e-12) == nil)
    #expect(constant.iterations == 1)
  }

  @Test("a confusion without inverse is an error that names the classes")
  func singular() throws {
    let sample = LabelledProbabilities(
      classes: ["a", "b", "c"], truths: [0, 1, 0, 1],
      probabilities: [0.8, 0.1, 0.1, 0.6, 0.3, 0.1, 0.7, 0.2, 0.1, 0.9, 0.05, 0.05])
    let expected = PrevalenceError.singular(
      condition: .infinity, absent: ["c"], neverPredicted: ["b"])
    #expect(throws: expected) { try BlackBoxShift(sample) }
    #expect(
      expected.description
        == "the confusion matrix on validation has no usable inverse (condition number inf; no "
        + "validation example of 'c'; never decided for 'b'), so it does not determine the "
        + "prevalence; use the EM estimate, or a better model")
    #expect(throws: PrevalenceError.noExamples) {
      try PrevalenceEstimate.saerens(
        [], validation: sample, calibration: .none, key: RandomKey(seed: 1))
    }
  }

  @Test("what falls below 0 is set to 0, and the rest sums to 1")
  func clipped() throws {
    var random = RandomKey(seed: 22).source
    let model = GaussianClasses(prior: [0.5, 0.3, 0.2], apart: 1)
    let solver = try BlackBoxShift(model.sample(500, using: &random))
    let only = model.sample(60, from: [1, 0, 0], using: &random)
    let prior = solver.prior(of: only.probabilities)
    #expect(prior.allSatisfy { $0 >= 0 } && abs(prior.reduce(0, +) - 1) < 1e-12)
  }
}
