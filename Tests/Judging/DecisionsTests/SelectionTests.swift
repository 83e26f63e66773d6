import Decisions
import Files
import Foundation
import Randomness
import TestSupport
import Testing

@Suite("Selective prediction")
struct SelectiveCurveTests {
  @Test("answers the most confident first")
  func points() {
    let curve = SelectiveCurve([0.9, 0.6, 0.8, 0.6], [true, false, false, true])
    #expect(curve.points.map(\.threshold) == [0.9, 0.8, 0.6])
    #expect(curve.points.map(\.answered) == [1, 2, 4])
    #expect(curve.points.map(\.risk) == [0, 0.5, 0.5])
    // Risks at 1…4 answered: 0, 1/2, (1 + ½)/3, 2/4.
    #expect(close(curve.area ?? 9, (0 + 0.5 + 0.5 + 0.5) / 4))
  }

  @Test("constant confidence has the error rate everywhere; the order of rows is of no matter")
  func limits() {
    let constant = SelectiveCurve([0.5, 0.5, 0.5, 0.5], [true, false, true, true])
    #expect(close(constant.area ?? 9, 0.25) && constant.points.count == 1)
    #expect(SelectiveCurve([], []).area == nil && SelectiveCurve([], []).points.isEmpty)
    let first = SelectiveCurve([0.5, 0.5, 0.7], [true, false, true])
    #expect(first == SelectiveCurve([0.7, 0.5, 0.5], [true, false, true]))
    let ideal = SelectiveCurve([0.9, 0.8, 0.2], [true, true, false])
    let worst = SelectiveCurve([0.9, 0.8, 0.2], [false, true, true])
    #expect((ideal.area ?? 9) < (worst.area ?? 0))
  }

  @Test("thins long curves and keeps the end")
  func thin() {
    let curve = SelectiveCurve((0..<5000).map { Double($0) / 5000 }, (0..<5000).map { $0 % 7 != 0 })
    #expect(curve.points.count <= 102)
    #expect(curve.points.last?.coverage == 1 && curve.points.last?.errors == 715)
  }

  @Test("shows a rare class that the average hides")
  func classes() {
    let sample = LabelledProbabilities(
      classes: ["common", "rare", "absent"], truths: [0, 0, 0, 1],
      probabilities: [0.9, 0.1, 0, 0.8, 0.2, 0, 0.7, 0.3, 0, 0.6, 0.4, 0])
    let curves = SelectivePrediction(sample)
    #expect(curves.overall.points.map(\.risk) == [0, 0, 0, 0.25])
    #expect(curves.classes[1].curve?.points.map(\.risk) == [1])
    #expect(curves.classes[2].curve == nil)
    let flagged = SelectivePrediction(sample, decisions: [0, 0, 0, 1])
    #expect(flagged.overall.area == 0 && flagged.overall.points.last?.threshold == 0.4)
  }

  @Test("an abstention answers enough, or errs seldom enough")
  func abstention() throws {
    let confidences = [0.95, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1]
    let right = [true, true, true, true, false, true, true, false, false, false]
    let covering = try Abstention(
      .coverage(atLeast: 0.55), confidences: confidences, isRight: right)
    #expect(covering.threshold == 0.5 && covering.answered.count == 6)
    // The lowest confidence counts, also beyond a stretch of higher risk: 1/7 at .4.
    let careful = try Abstention(.risk(atMost: 0.15), confidences: confidences, isRight: right)
    #expect(careful.threshold == 0.4 && careful.errors.count == 1 && careful.errors.trials == 7)
    #expect(throws: AbstentionError.unreachable(risk: 0.1, best: 0.5)) {
      try Abstention(.risk(atMost: 0.1), confidences: [0.9, 0.8], isRight: [false, true])
    }
    #expect(throws: AbstentionError.noExamples) {
      try Abstention(.risk(atMost: 0.1), confidences: [], isRight: [])
    }
    #expect(throws: AbstentionError.badLevel(90)) {
      try Abstention(.coverage(atLeast: 90), confidences: confidences, isRight: right)
    }
    #expect(
      AbstentionError.unreachable(risk: 0.1, best: 0.5).description
        == "no confidence brings the risk down to 0.1; the best on validation is 0.5")
    #expect(
      AbstentionError.badLevel(90).description
        == "a coverage or risk of 90.0: expected a fraction between 0 and 1")
    #expect(
      AbstentionError.noExamples.description
        == "an abstention cannot be chosen without validation examples")
  }
}

@Suite("Conformal sets")
struct ConformalSetsTests {
  @Test("a class with too few examples is in every set, and is named")
  func few() {
    var probabilities: [Double] = []
    for row in 0..<10 {
      let p = 0.9 - Double(row) / 100
      probabilities += [p, 1 - p, 0]
    }
    let sample = LabelledProbabilities(
      classes: ["a", "b", "c"], truths: [0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
      probabilities: probabilities)
    let sets = ConformalSets(fitting: sample, missRate: 0.1)
    #expect(sets.fewestExamples == 9)
    #expect((0..<3).map(sets.alwaysIncludes) == [false, true, true] && sets.examples == [9, 1, 0])
    #expect(sets([0.95, 0.05, 0][...]) == [0, 1, 2])
    #expect(sets([0.5, 0.5, 0][...]) == [1, 2])
    let coverage = ConformalCoverage(sets, on: sample)
    #expect(coverage.classes.map(\.isAlwaysIncluded) == [false, true, true])
    #expect(coverage.classes[2].sets.meanSize == nil)
    #expect(coverage.classes[2].sets.covered.value == nil)
  }

  @Test("a smaller miss rate never shrinks a set", arguments: ConformalScore.allCases)
  func monotone(_ score: ConformalScore) {
    var random = RandomKey(seed: 61).source
    let sample = GaussianClasses(prior: [0.5, 0.3, 0.2], apart: 1.5).sample(300, using: &random)
    let sets = [0.3, 0.1, 0.05, 0.02].map {
      ConformalSets(fitting: sample, missRate: $0, score: score)
    }
    for row in 0..<300 {
      let found = sets.map { Set($0(sample[row])) }
      for (larger, smaller) in zip(found.dropFirst(), found) {
        #expect(smaller.isSubset(of: larger))
      }
    }
  }

  @Test("permuting classes permutes the sets", arguments: ConformalScore.allCases)
  func permutation(_ score: ConformalScore) {
    var random = RandomKey(seed: 62).source
    let sample = GaussianClasses(prior: [0.5, 0.3, 0.2], apart: 1).sample(200, using: &random)
    let order = [2, 0, 1]
    let other = permuted(sample, order)
    let (sets, turned) = (
      ConformalSets(fitting: sample, score: score), ConformalSets(fitting: other, score: score)
    )
    for row in 0..<200 {
      #expect(Set(turned(other[row]).map { order[$0] }) == Set(sets(sample[row])))
    }
  }

  /// Coverage of each class over fresh validation sets with as few as 19 examples of a class: the mean
  /// must be at least 1 − α and, with continuous scores, at most 1 − α + 1/(n + 1).
  @Test("cover every class as they promise, under a shifted prevalence too")
  func coverage() {
    var random = RandomKey(seed: 63).source
    let model = GaussianClasses(prior: [0.8, 0.15, 0.05], apart: 1.5)
    for score in ConformalScore.allCases {
      var (covered, count) = ([0, 0, 0], [0, 0, 0])
      for _ in 0..<400 {
        let validation = model.sample(400, sharpness: 3, using: &random)
        let sets = ConformalSets(fitting: validation, missRate: 0.1, score: score)
        let test = model.sample(60, from: [0.2, 0.3, 0.5], sharpness: 3, using: &random)
        for row in 0..<60 {
          count[test.truths[row]] += 1
          covered[test.truths[row]] += sets(test[row]).contains(test.truths[row]) ? 1 : 0
        }
      }
      for c in 0..<3 {
        let rate = Double(covered[c]) / Double(count[c])
        #expect(rate > 0.89, "\(score) class \(c): \(rate)")
        if score == .probability { #expect(rate < 0.965, "class \(c): \(rate)") }
      }
    }
  }

  @Test("probability sets are smaller than cumulative ones, and survive JSON bit for bit")
  func sizes() throws {
    var random = RandomKey(seed: 64).source
    let model = GaussianClasses(prior: [0.4, 0.3, 0.3], apart: 1.5)
    let (validation, test) = (
      model.sample(2000, using: &random), model.sample(2000, using: &random)
    )
    var sizes: [Double] = []
    for score in ConformalScore.allCases {
      let sets = ConformalSets(fitting: validation, score: score)
      let bytes = try JSONFile.encode(sets)
      let read = try JSONFile.decode(ConformalSets.self, from: bytes, name: "s")
      #expect(read == sets)
      #expect(try JSONFile.encode(read) == bytes)
      let coverage = ConformalCoverage(sets, on: test)
      sizes.append(coverage.overall.meanSize ?? 0)
      #expect(
        try JSONFile.decode(
          ConformalCoverage.self, from: JSONFile.encode(coverage), name: "c") == coverage)
    }
    #expect(sizes[0] < sizes[1])
  }

  @Test("a miss rate that is no probability traps, as does a row of another width")
  func traps() async {
    await #expect(processExitsWith: .failure) {
      _ = ConformalSets(
        fitting: LabelledProbabilities(classes: ["a"], truths: [], probabilities: []), missRate: 1)
    }
    await #expect(processExitsWith: .failure) {
      let sets = ConformalSets(
        fitting: LabelledProbabilities(classes: ["a"], truths: [], probabilities: []))
      _ = sets([0.5, 0.5][...])
    }
  }
}
