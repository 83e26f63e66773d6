import Decisions
import Evaluation
import Randomness
import TestSupport
import Testing

/// What is chosen is the best of all that could have been, found by trying each.
@Suite("Choices by exhaustive search")
struct ExhaustiveChoiceTests {
  /// 3 to 14 rows of two classes with many equal scores; both classes occur.
  private func sample(_ seed: UInt64) -> LabelledProbabilities {
    var random = RandomKey(seed: seed).folding("rows").source
    let count = 3 + random.below(12)
    var truths = (0..<count).map { _ in random.below(2) }
    (truths[0], truths[1]) = (0, 1)
    let scores = (0..<count).map { _ in Double(random.below(6)) / 8 + 0.125 }
    return LabelledProbabilities(
      classes: ["no", "yes"], truths: truths, probabilities: scores.flatMap { [1 - $0, $0] })
  }

  /// Every threshold that is a score, ascending, with what it reaches.
  private func tried(
    _ sample: LabelledProbabilities
  ) -> [(threshold: Double, rates: (found: Int, left: Int, flagged: Int))] {
    let scores = sample.column(1)
    return Set(scores).sorted().map { threshold in
      let flags = scores.map { $0 >= threshold }
      let found = zip(flags, sample.truths).count { $0 && $1 == 1 }
      let left = zip(flags, sample.truths).count { !$0 && $1 == 0 }
      return (threshold, (found, left, flags.count { $0 }))
    }
  }

  static let levels = [0.05, 0.2, 0.25, 1.0 / 3, 0.5, 0.6, 2.0 / 3, 0.75, 0.8, 0.95, 1]

  @Test("a sensitivity takes the highest threshold that keeps it", arguments: 1...40)
  func sensitivity(seed: UInt64) throws {
    let sample = sample(seed)
    let (positives, tried) = (sample.counts[1], tried(sample))
    for level in Self.levels {
      let point = try OperatingPoint(for: "yes", under: .sensitivity(atLeast: level), on: sample)
      let best = tried.last { Double($0.rates.found) >= level * Double(positives) - 1e-9 }
      #expect(point.threshold == best?.threshold, "\(level)")
      #expect(point.validated.count == best?.rates.found)
    }
  }

  @Test(
    "a specificity takes the lowest threshold that keeps it, or says the best", arguments: 1...40)
  func specificity(seed: UInt64) {
    let sample = sample(seed)
    let (negatives, tried) = (sample.counts[0], tried(sample))
    for level in Self.levels {
      let constraint = Constraint.specificity(atLeast: level)
      let best = tried.first { Double($0.rates.left) >= level * Double(negatives) - 1e-9 }
      do throws(OperatingPointError) {
        let point = try OperatingPoint(for: "yes", under: constraint, on: sample)
        #expect(point.threshold == best?.threshold, "\(level)")
      } catch {
        #expect(best == nil, "\(level)")
        let most = Double(tried.map(\.rates.left).max() ?? 0) / Double(negatives)
        #expect(error == .unreachable("yes", constraint: constraint, best: most, holding: nil))
      }
    }
  }

  @Test("a work load takes the lowest threshold that keeps it, or says the best", arguments: 1...40)
  func workload(seed: UInt64) {
    let sample = sample(seed)
    let tried = tried(sample)
    for level in Self.levels {
      let constraint = Constraint.workload(atMost: level)
      let best = tried.first { Double($0.rates.flagged) <= level * Double(sample.count) + 1e-9 }
      do throws(OperatingPointError) {
        let point = try OperatingPoint(for: "yes", under: constraint, on: sample)
        #expect(point.threshold == best?.threshold, "\(level)")
      } catch {
        #expect(best == nil, "\(level)")
        let least = Double(tried.map(\.rates.flagged).min() ?? 0) / Double(sample.count)
        #expect(error == .unreachable("yes", constraint: constraint, best: least, holding: nil))
      }
    }
  }

  @Test("a work load at a prevalence weighs each class by it", arguments: 1...40)
  func workloadAtAPrevalence(seed: UInt64) {
    let sample = sample(seed)
    let tried = tried(sample)
    for share in [0.01, 0.3, 0.9] {
      func load(_ one: (found: Int, left: Int, flagged: Int)) -> Double {
        share * Double(one.found) / Double(sample.counts[1])
          + (1 - share) * Double(one.flagged - one.found) / Double(sample.counts[0])
      }
      for level in Self.levels {
        let constraint = Constraint.workload(atMost: level)
        let best = tried.first { load($0.rates) <= level + 1e-9 }
        do throws(OperatingPointError) {
          let point = try OperatingPoint(
            for: "yes", under: constraint, on: sample, prevalence: [1 - share, share])
          #expect(point.threshold == best?.threshold && point.guarantee == nil)
        } catch {
          #expect(best == nil, "\(share), \(level)")
        }
      }
    }
  }

  @Test("an abstention is the end of all that keep what is asked", arguments: 1...40)
  func abstention(seed: UInt64) {
    var random = RandomKey(seed: seed).folding("abstention").source
    let count = 1 + random.below(12)
    let confidences = (0..<count).map { _ in Double(1 + random.below(7)) / 8 }
    let isRight = (0..<count).map { _ in random.below(3) > 0 }
    let tried = Set(confidences).sorted().map { threshold in
      let rows = confidences.indices.filter { confidences[$0] >= threshold }
      return (
        threshold: threshold, coverage: Double(rows.count) / Double(count),
        risk: Double(rows.count { !isRight[$0] }) / Double(rows.count)
      )
    }
    for level in Self.levels {
      do throws(AbstentionError) {
        let found = try Abstention(
          .coverage(atLeast: level), confidences: confidences, isRight: isRight)
        #expect(found.threshold == tried.last { $0.coverage >= level - 1e-9 }?.threshold)
      } catch {
        Issue.record("\(error)")
      }
      guard level < 1 else { continue }
      let best = tried.first { $0.risk <= level + 1e-9 }
      do throws(AbstentionError) {
        let found = try Abstention(.risk(atMost: level), confidences: confidences, isRight: isRight)
        #expect(found.threshold == best?.threshold)
        #expect(found.errors.value == best?.risk && found.answered.value == best?.coverage)
      } catch {
        #expect(best == nil)
        #expect(error == .unreachable(risk: level, best: tried.map(\.risk).min() ?? 1))
      }
    }
  }

  @Test("no other decisions of a small table have a smaller expected cost", arguments: 1...20)
  func costs(seed: UInt64) throws {
    var random = RandomKey(seed: seed).folding("costs").source
    let (rows, width) = (4, 3)
    let matrix = (0..<width).map { truth in
      (0..<width).map { truth == $0 ? 0 : Double(1 + random.below(9)) }
    }
    var rule = DecisionRule(classes: ["a", "b", "c"])
    rule.costs = try CostMatrix(matrix, classes: rule.classes)
    let table = (0..<rows).map { _ -> [Double] in
      let row = (0..<width).map { _ in 0.05 + random.uniform() }
      return row.map { $0 / row.reduce(0, +) }
    }
    func cost(_ decisions: [Int]) -> Double {
      zip(table, decisions).reduce(0) { sum, row in
        sum + (0..<width).reduce(0) { $0 + row.0[$1] * matrix[$1][row.1] }
      }
    }
    let own = cost(table.map { rule.decide($0[...]).decided })
    var all = 1
    for _ in 0..<rows { all *= width }
    for number in 0..<all {
      var (rest, decisions): (Int, [Int]) = (number, [])
      for _ in 0..<rows {
        decisions.append(rest % width)
        rest /= width
      }
      #expect(own <= cost(decisions) + 1e-12, "\(decisions)")
    }
  }

  @Test("a conformal threshold is the least that covers its share of a class", arguments: 1...30)
  func conformal(seed: UInt64) {
    var random = RandomKey(seed: seed).folding("sets").source
    let count = 6 + random.below(30)
    let truths = (0..<count).map { _ in random.below(2) }
    let scores = (0..<count).map { _ in Double(1 + random.below(9)) / 10 }
    let sample = LabelledProbabilities(
      classes: ["a", "b"], truths: truths, probabilities: scores.flatMap { [1 - $0, $0] })
    for miss in [0.05, 0.1, 0.2, 0.25, 0.5] {
      let sets = ConformalSets(fitting: sample, missRate: miss)
      for index in 0..<2 {
        let own = truths.indices.filter { truths[$0] == index }.map {
          1 - sample[$0][2 * $0 + index]
        }
        // n_c + 1 times 1 − α of the class's own scores must lie at or below it.
        let wanted = (1 - miss) * Double(own.count + 1) - 1e-9
        let best = Set(own).sorted().first { limit in
          Double(own.count { $0 <= limit }) >= wanted
        }
        #expect(sets.thresholds[index] == best, "\(miss), class \(index)")
        #expect(sets.alwaysIncludes(index) == (best == nil))
        #expect((own.count < sets.fewestExamples) == (best == nil), "\(own.count) at \(miss)")
      }
    }
  }
}
