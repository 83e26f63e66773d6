import Decisions
import Evaluation
import Files
import Randomness
import Testing

@Suite("Intervals of the prevalence of unlabelled examples")
struct PrevalenceIntervalTests {
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
