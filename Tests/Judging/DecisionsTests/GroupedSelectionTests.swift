import Decisions
import Evaluation
import Files
import Foundation
import Randomness
import Testing
import Uncertainty

@Suite("Sets and risks of images that belong together")
struct GroupedSelectionTests {
  /// Rows of class 0 of two, with this probability of it.
  private func sample(_ probabilities: [Double], groups: [String]?) -> LabelledProbabilities {
    LabelledProbabilities(
      classes: ["a", "b"], truths: probabilities.map { _ in 0 },
      probabilities: probabilities.flatMap { [$0, 1 - $0] }, groups: groups)
  }

  @Test("groups of one are as none; a large group counts once")
  func conformal() throws {
    let values = (0..<19).map { 0.95 - 0.04 * Double($0) }
    let alone = ConformalSets(fitting: sample(values, groups: nil), missRate: 0.1)
    let singles = ConformalSets(
      fitting: sample(values, groups: values.indices.map { "\($0)" }), missRate: 0.1)
    #expect(singles == alone)
    // Rank 18 of 19.
    #expect(try #require(alone.thresholds[0]) == 1 - values[17])
    // The 11 worst as one group: of 9 groups (9 + 1)(1 − .1) = 9 are wanted, which is all of them.
    let one = ConformalSets(
      fitting: sample(values, groups: values.indices.map { "\(min($0, 8))" }), missRate: 0.1)
    #expect(try #require(one.thresholds[0]) == 1 - values[18])
    // At .2 it takes 8 of 9: the first eight are there before the group begins.
    let fewer = ConformalSets(
      fitting: sample(values, groups: values.indices.map { "\(min($0, 8))" }), missRate: 0.2)
    #expect(try #require(fewer.thresholds[0]) == 1 - values[7])
    // Eight groups cannot leave a class out at .1.
    let few = ConformalSets(
      fitting: sample(values, groups: values.indices.map { "\(min($0, 7))" }), missRate: 0.1)
    #expect(few.thresholds[0] == nil)
  }

  /// Groups of 1 to 20 images that share most of how hard they are.
  private func hard(_ groups: Int, _ random: inout RandomSource) -> (
    values: [Double], groups: [String]
  ) {
    var (values, names): ([Double], [String]) = ([], [])
    for group in 0..<groups {
      let common = random.normal()
      for _ in 0..<[1, 2, 3, 20][group % 4] {
        values.append(1 / (1 + exp(-1.5 - common - 0.5 * random.normal())))
        names.append("\(group)")
      }
    }
    return (values, names)
  }

  @Test("sets hold the class for an image of a new group as often as they say")
  func coverage() throws {
    var random = RandomKey(seed: 17).source
    var held = 0.0
    for _ in 0..<400 {
      let made = hard(40, &random)
      let sets = ConformalSets(fitting: sample(made.values, groups: made.groups), missRate: 0.1)
      let limit = try #require(sets.thresholds[0])
      var own = 0.0
      for _ in 0..<50 {
        let p = 1 / (1 + exp(-1.5 - random.normal() - 0.5 * random.normal()))
        own += 1 - p <= limit ? 0.02 : 0
      }
      held += own / 400
    }
    // Between 1 − α and 1 − α + 1/(G + 1); standard error .003.
    #expect(held > 0.89 && held < 0.935, "\(held)")
  }

  @Test("a promised risk is kept, of independent images and of groups")
  func risk() throws {
    var random = RandomKey(seed: 18).source
    for isGrouped in [false, true] {
      var (kept, given) = (0, 0)
      for _ in 0..<300 {
        var (confidences, isRight, groups): ([Double], [Bool], [String]) = ([], [], [])
        for group in 0..<60 {
          let common = random.uniform()
          for _ in 0..<5 {
            let confidence = random.uniform()
            confidences.append(confidence)
            // Right with probability confidence^½: the risk of all above t is known.
            let chance = isGrouped && random.uniform() < 0.5 ? common : random.uniform()
            isRight.append(chance < confidence.squareRoot())
            groups.append("\(group)")
          }
        }
        let made = try? Abstention(
          .risk(atMost: 0.2), confidences: confidences, isRight: isRight,
          groups: isGrouped ? groups : nil, promised: 0.95)
        guard let made else { continue }
        given += 1
        // 1 − mean of √c over (t, 1).
        let t = made.threshold
        let risk = 1 - (1 - t * t.squareRoot()) * 2 / 3 / (1 - t)
        kept += risk <= 0.2 ? 1 : 0
        let promise = try #require(made.guarantee)
        #expect(promise.level <= 0.2 && (promise.groups != nil) == isGrouped)
      }
      #expect(given > 150, "\(given)")
      #expect(Double(kept) / Double(given) > 0.94, "\(kept) of \(given)")
    }
  }

  @Test(
    "a risk that cannot be promised is refused, with the best; a rule keeps its promise in JSON")
  func refused() throws {
    let error = #expect(throws: AbstentionError.self) {
      try Abstention(
        .risk(atMost: 0.01), confidences: (0..<40).map { Double($0) / 40 },
        isRight: [Bool](repeating: true, count: 40), promised: 0.95)
    }
    #expect(
      error?.description.hasPrefix(
        "a risk of 0.01 cannot be promised with confidence 0.95 from 40 validation examples; the best"
      ) == true)
    var random = RandomKey(seed: 19).source
    var plan = DecisionPlan(calibration: .vector())
    plan.abstention = .risk(atMost: 0.2)
    let validation = GaussianClasses(prior: [0.5, 0.5], apart: 3).sample(600, using: &random)
    let plain = try plan.choose(on: validation)
    #expect(plain.abstention?.guarantee == nil && plain.provenance.promisedOn == nil)
    plan.promisesRisk = true
    let rule = try plan.choose(on: validation)
    #expect(rule.abstention?.guarantee?.level ?? 1 <= 0.2 && rule.provenance.promisedOn != nil)
    let read = try JSONFile.decode(DecisionRule.self, from: JSONFile.encode(rule), name: "rule")
    #expect(read == rule)
  }
}
