import Decisions
import Evaluation
import Files
import Foundation
import Randomness
import TestSupport
import Testing

/// What Goldens/Decisions/prevalence.py writes.
private struct PrevalenceGolden: Decodable {
  struct Predictive: Decodable {
    let confusion: [[Int]]
    let prevalence: [Double]
    let values: [[Double?]]
  }

  let prior: [Double]
  let truths: [Int]
  let validation: [Double]
  let unlabelled: [Double]
  let em: [Double]
  let steps: Int
  let hard: [Double]
  let soft: [Double]
  let conditions: [Double]
  let predictive: [Predictive]

  var sample: LabelledProbabilities {
    LabelledProbabilities(
      classes: ["a", "b", "c", "d"], truths: truths, probabilities: validation)
  }
  static func load() throws -> PrevalenceGolden { try Golden.load("Decisions/prevalence.json") }
}

@Suite("Prevalence equals NumPy's and the formulas")
struct PrevalenceGoldenTests {
  @Test("EM of Saerens, in as many steps")
  func saerens() throws {
    let golden = try PrevalenceGolden.load()
    let estimate = SaerensEM(golden.unlabelled, from: golden.prior)
    #expect(difference(estimate.prior, golden.em, relative: 1e-11) == nil)
    #expect(estimate.iterations == golden.steps && estimate.converged)
  }

  @Test("BBSE, with decisions and with probabilities, and the condition number")
  func blackBox() throws {
    let golden = try PrevalenceGolden.load()
    for (softly, expected, condition) in [
      (false, golden.hard, golden.conditions[0]), (true, golden.soft, golden.conditions[1]),
    ] {
      let solver = try BlackBoxShift(golden.sample, softly: softly)
      let prior = solver.prior(of: golden.unlabelled)
      #expect(difference(prior, expected, relative: 1e-11, absolute: 1e-15) == nil)
      #expect(close(solver.condition, condition, relative: 1e-10))
    }
  }

  @Test("predictive values and their intervals")
  func predictive() throws {
    for golden in try PrevalenceGolden.load().predictive {
      let names = golden.confusion.indices.map { "c\($0)" }
      let values = try PredictiveValues.all(
        ConfusionMatrix(rows: golden.confusion), classes: names, prevalence: golden.prevalence)
      for (value, row) in zip(values, golden.values) {
        let ours = [
          value.positive, value.positiveInterval?.low, value.positiveInterval?.high,
          value.negative, value.negativeInterval?.low, value.negativeInterval?.high,
        ]
        for (a, b) in zip(ours, row) {
          #expect(
            a == b || close(a ?? .nan, b ?? .nan, relative: 1e-10, absolute: 1e-13),
            "\(golden.confusion) \(value.name): \(ours) against \(row)")
        }
      }
    }
  }
}

@Suite("Prior correction")
struct PriorCorrectionTests {
  @Test("is p·q/π, undone by the way back, nothing where nothing changes")
  func formula() throws {
    let names = ["a", "b", "c"]
    let there = try PriorCorrection(
      from: [0.5, 0.25, 0.25], to: [0.8, 0.1, 0.1], classes: names)
    let row = [0.2, 0.3, 0.5]
    let sum = 0.2 * 1.6 + 0.3 * 0.4 + 0.5 * 0.4
    let expected = [0.2 * 1.6 / sum, 0.3 * 0.4 / sum, 0.5 * 0.4 / sum]
    #expect(difference(there(row[...]), expected) == nil)
    let back = try PriorCorrection(from: there.target, to: there.source, classes: names)
    #expect(difference(back(there(row[...])[...]), row) == nil)
    let same = try PriorCorrection(from: there.source, to: there.source, classes: names)
    #expect(difference(same(row[...]), row) == nil)
    let excluded = try PriorCorrection(from: there.source, to: [1, 0, 0], classes: names)
    #expect(excluded(row[...]) == [1, 0, 0] && excluded([0, 1, 0][...]) == [1, 0, 0])
  }

  @Test("turns the posterior of a balanced sampler into the exact one")
  func sampler() throws {
    var random = RandomKey(seed: 41).source
    let natural = [0.7, 0.2, 0.1]
    let balanced = [Double](repeating: 1.0 / 3, count: 3)
    let correction = try PriorCorrection(from: balanced, to: natural, classes: ["a", "b", "c"])
    let drawn = GaussianClasses(prior: balanced, apart: 1).sample(
      30_000, from: natural, using: &random)
    let before = CalibrationQuality(drawn)
    let after = CalibrationQuality(drawn.mapping(correction.callAsFunction))
    #expect((after.calibrationError ?? 1) < 0.012)
    #expect((after.meanClassCalibrationError ?? 1) < 0.2 * (before.meanClassCalibrationError ?? 0))
    #expect((after.logLoss ?? 9) < (before.logLoss ?? 0))
  }

  @Test("says what is wrong with a prevalence")
  func errors() {
    func message(_ source: [Double], _ target: [Double]) -> String {
      do throws(PrevalenceError) {
        _ = try PriorCorrection(from: source, to: target, classes: ["a", "b"])
        return "none"
      } catch { return error.description }
    }
    #expect(
      message([0.5, 0.5], [1])
        == "got 1 prevalences for 2 classes ('a', 'b'); give one for each class")
    #expect(
      message([0.5, 0.5], [1.5, -0.5])
        == "the prevalence of 'a' is 1.5; expected a number from 0 to 1")
    #expect(message([0.5, 0.5], [.nan, 0.5]).contains("'a' is nan"))
    #expect(
      message([0.5, 0.5], [0.5, 0.25])
        == "expected prevalences that sum to 1, got a sum of 0.75")
    #expect(
      message([1, 0], [0.75, 0.25])
        == "class 'b' has no example where the probabilities come from, so they cannot be carried over "
        + "to a prevalence of 0.25; give it 0, or use data that has the class")
    #expect(message([1, 0], [1, 0]) == "none")
  }
}

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

  @Test(
    "groups of several classes keep every class in every resample; too few of them give no interval"
  )
  func mixedGroups() throws {
    var random = RandomKey(seed: 31).source
    let model = GaussianClasses(prior: [0.5, 0.2, 0.1, 0.1, 0.1], apart: 4)
    let patients = (0..<200).map { "p\($0 / 5)" }
    let validation = model.sample(200, groups: patients, using: &random)
    let sample = model.sample(300, using: &random)
    let found = try PrevalenceEstimate.blackBox(
      sample.probabilities, validation: validation, resamples: 200, key: RandomKey(seed: 1))
    #expect(found.resamples > 190, "\(found.resamples)")
    #expect(found.intervals.count { $0 != nil } >= 2)
    for case (let prior, let interval?) in zip(found.prior, found.intervals) {
      #expect(interval.low <= prior && prior <= interval.high && interval.low < interval.high)
    }
    // All of class c1 from one patient, which every resample would draw once.
    let single = LabelledProbabilities(
      classes: model.classes, truths: validation.truths, probabilities: validation.probabilities,
      groups: validation.truths.enumerated().map { $1 == 1 ? "one" : "p\($0)" })
    let poor = try PrevalenceEstimate.blackBox(
      sample.probabilities, validation: single, resamples: 100, key: RandomKey(seed: 1))
    #expect(poor.intervals.isEmpty && poor.prior.count == 5)
  }

  @Test("a small validation set widens Saerens' interval, which holds the truth then too")
  func refitted() throws {
    var random = RandomKey(seed: 41).source
    let model = GaussianClasses(prior: [0.7, 0.3], apart: 2)
    var (held, tried, small, large) = (0, 0, 0.0, 0.0)
    for repetition in 0..<60 {
      let validation = model.sample(100, using: &random)
      let sample = model.sample(1000, from: [0.4, 0.6], using: &random)
      func interval(_ validation: LabelledProbabilities) throws -> Interval? {
        try PrevalenceEstimate.saerens(
          sample.probabilities, validation: validation, calibration: .vector(), resamples: 60,
          key: RandomKey(seed: UInt64(repetition))
        ).intervals[1]
      }
      // Of fewer than 20 examples of a class there is none.
      guard let found = try interval(validation) else { continue }
      tried += 1
      held += found.low <= 0.6 && 0.6 <= found.high ? 1 : 0
      small += found.high - found.low
      if repetition < 5 {
        let sure = try #require(try interval(model.sample(4000, using: &random)))
        large += sure.high - sure.low
      }
    }
    #expect(tried >= 55 && 20 * held >= 17 * tried, "\(held) of \(tried)")
    #expect(small / Double(tried) > 1.5 * large / 5)
  }

  @Test("a class of fewer than 20 validation examples has no interval, the others have theirs")
  func rareClasses() throws {
    var random = RandomKey(seed: 44).source
    let model = GaussianClasses(prior: [0.4, 0.3, 0.3], apart: 3)
    let all = model.sample(400, using: &random)
    let rare = all.truths.indices.filter { all.truths[$0] == 2 }
    let sample = model.sample(300, using: &random)
    for kept in [19, 20] {
      let dropped = Set(rare.dropFirst(kept))
      let validation = all.selecting(all.truths.indices.filter { !dropped.contains($0) })
      let found = [
        try PrevalenceEstimate.saerens(
          sample.probabilities, validation: validation, calibration: .none, resamples: 40,
          key: RandomKey(seed: 1)),
        try PrevalenceEstimate.blackBox(
          sample.probabilities, validation: validation, resamples: 40, key: RandomKey(seed: 1)),
      ]
      for one in found {
        #expect(one.intervals.map { $0 != nil } == [true, true, kept >= 20])
        let read = try JSONFile.decode(
          PrevalenceEstimate.self, from: JSONFile.encode(one), name: "p")
        #expect(read == one)
      }
    }
  }

  @Test("fewer than ten examples or groups, on either side, have no interval")
  func fewUnits() throws {
    var random = RandomKey(seed: 42).source
    let model = GaussianClasses(prior: [0.6, 0.4], apart: 2)
    func groups(_ count: Int, _ rows: Int) -> [String] { (0..<rows).map { "\($0 % count)" } }
    for (few, many) in [(9, 20), (20, 9), (20, 20)] {
      let validation = model.sample(200, groups: groups(few, 200), using: &random)
      let sample = model.sample(200, using: &random)
      let found = [
        try PrevalenceEstimate.saerens(
          sample.probabilities, validation: validation, calibration: .none,
          groups: groups(many, 200), resamples: 50, key: RandomKey(seed: 1)),
        try PrevalenceEstimate.blackBox(
          sample.probabilities, validation: validation, groups: groups(many, 200), resamples: 50,
          key: RandomKey(seed: 1)),
      ]
      #expect(found.allSatisfy { $0.intervals.isEmpty == (min(few, many) < 10) })
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

  @Test("bootstrap intervals: same key same bytes, wider for groups, covering as they claim")
  func intervals() throws {
    var random = RandomKey(seed: 23).source
    let model = GaussianClasses(prior: [0.7, 0.3], apart: 2)
    let validation = model.sample(1000, using: &random)
    var (em, box) = (0, 0)
    for repetition in 0..<150 {
      let sample = model.sample(150, from: [0.4, 0.6], using: &random)
      let key = RandomKey(seed: UInt64(repetition))
      let first = try PrevalenceEstimate.saerens(
        sample.probabilities, validation: validation, calibration: .none, resamples: 100, key: key)
      let second = try PrevalenceEstimate.blackBox(
        sample.probabilities, validation: validation, resamples: 100, key: key)
      func holds(_ estimate: PrevalenceEstimate) -> Bool {
        estimate.intervals[1].map { $0.low <= 0.6 && 0.6 <= $0.high } ?? false
      }
      em += holds(first) ? 1 : 0
      box += holds(second) ? 1 : 0
    }
    #expect(em >= 131 && box >= 131, "\(em) and \(box) of 150")

    let sample = model.sample(100, from: [0.4, 0.6], using: &random)
    let copies = (0..<3).flatMap { _ in sample.probabilities }
    func estimate(_ groups: [String]?) throws -> PrevalenceEstimate {
      try PrevalenceEstimate.saerens(
        copies, validation: validation, calibration: .none, groups: groups, key: RandomKey(seed: 1))
    }
    let alone = try estimate(nil)
    let grouped = try estimate((0..<300).map { "p\($0 % 100)" })
    func width(_ estimate: PrevalenceEstimate) -> Double {
      estimate.intervals[0].map { $0.high - $0.low } ?? .nan
    }
    #expect(width(grouped) > 1.4 * width(alone))
    #expect(try JSONFile.encode(estimate(nil)) == JSONFile.encode(alone))
    let read = try JSONFile.decode(
      PrevalenceEstimate.self, from: JSONFile.encode(alone), name: "p")
    #expect(read == alone)
  }
}

@Suite("Predictive values")
struct PredictiveValuesTests {
  @Test("at the test set's own prevalence are precision; at another they follow Bayes")
  func limits() throws {
    let confusion = ConfusionMatrix(rows: [[80, 20], [10, 90]])
    let own = try PredictiveValues.all(
      confusion, classes: ["a", "b"], prevalence: [0.5, 0.5])
    #expect(close(own[1].positive ?? 0, confusion.precision[1] ?? 1))
    let rare = try PredictiveValues.all(
      confusion, classes: ["a", "b"], prevalence: [0.99, 0.01])
    #expect(close(rare[1].positive ?? 0, 0.9 * 0.01 / (0.9 * 0.01 + 0.2 * 0.99)))
    #expect(close(rare[1].negative ?? 0, 0.8 * 0.99 / (0.8 * 0.99 + 0.1 * 0.01)))
    #expect(rare[0].positive == rare[1].negative)
  }

  @Test("undefined is null: a class never decided, or one of positive prevalence without examples")
  func undefined() throws {
    let never = try PredictiveValues.all(
      ConfusionMatrix(rows: [[5, 0], [3, 0]]), classes: ["a", "b"], prevalence: [0.5, 0.5])
    #expect(never[1].positive == nil && never[1].positiveInterval == nil)
    #expect(never[0].negative == nil && never[0].positive == 0.5)
    let absent = ConfusionMatrix(rows: [[5, 1], [0, 0]])
    let unknown = try PredictiveValues.all(
      absent, classes: ["a", "b"], prevalence: [0.5, 0.5])
    #expect(unknown.allSatisfy { $0.positive == nil && $0.negative == nil })
    let excluded = try PredictiveValues.all(absent, classes: ["a", "b"], prevalence: [1, 0])
    #expect(excluded[0].positive == 1 && excluded[1].positive == 0)
    let text = String(decoding: try JSONFile.encode(unknown), as: UTF8.self)
    #expect(text.contains("\"ppv\" : null") && text.contains("\"npv_interval\" : null"))
  }

  @Test("intervals cover the true value at small counts, also near 0 and 1")
  func coverage() throws {
    var random = RandomKey(seed: 24).source
    for (sensitivity, specificity, positives) in [(0.9, 0.8, 20), (0.95, 0.97, 30), (0.6, 0.99, 8)]
    {
      let truth = sensitivity * 0.05 / (sensitivity * 0.05 + (1 - specificity) * 0.95)
      var covered = 0
      for _ in 0..<1000 {
        let hits = (0..<positives).filter { _ in random.uniform() < sensitivity }.count
        let alarms = (0..<100).filter { _ in random.uniform() >= specificity }.count
        let value = try PredictiveValues.all(
          ConfusionMatrix(rows: [[100 - alarms, alarms], [positives - hits, hits]]),
          classes: ["a", "b"], prevalence: [0.95, 0.05])[1]
        // Nothing flagged: no claim, so nothing missed.
        guard let interval = value.positiveInterval else { covered += 1; continue }
        covered += interval.low <= truth && truth <= interval.high ? 1 : 0
      }
      #expect(covered >= 935, "\(sensitivity), \(specificity): \(covered) of 1000")
    }
  }
}
