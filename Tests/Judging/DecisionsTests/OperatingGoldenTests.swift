import Decisions
import TestSupport
import Testing

/// A row of mixed numbers and words.
private enum Cell: Decodable {
  case number(Double)
  case word(String)
  case none

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .none
    } else if let number = try? container.decode(Double.self) {
      self = .number(number)
    } else {
      self = .word(try container.decode(String.self))
    }
  }

  var number: Double? { if case .number(let value) = self { value } else { nil } }
  var word: String { if case .word(let value) = self { value } else { "" } }
}

/// What Goldens/Decisions/operating.py writes.
private struct OperatingGolden: Decodable {
  struct Conformal: Decodable {
    let alpha: Double
    let score: ConformalScore
    let thresholds: [Double?]
    let sizes: [Int]
    let covered: Int
  }

  let truths: [Int]
  let probabilities: [Double]
  let points: [[Cell]]
  let area: Double
  let classAreas: [Double]
  let costs: [[Double]]
  let cheapest: [Int]
  let meanCost: Double
  let conformal: [Conformal]

  var sample: LabelledProbabilities {
    LabelledProbabilities(
      classes: ["a", "b", "c"], truths: truths, probabilities: probabilities)
  }
  static func load() throws -> [OperatingGolden] { try Golden.load("Decisions/operating.json") }
}

@Suite("Decisions equal brute force over all thresholds")
struct OperatingGoldenTests {
  private func constraint(_ kind: String, _ level: Double) -> Constraint {
    switch kind {
    case "sensitivity": .sensitivity(atLeast: level)
    case "specificity": .specificity(atLeast: level)
    default: .workload(atMost: level)
    }
  }

  @Test("thresholds, and scipy's promises for them")
  func points() throws {
    var unreachable = 0
    for golden in try OperatingGolden.load() {
      for row in golden.points {
        let name = ["a", "b", "c"][Int(row[0].number ?? 0)]
        let wanted = constraint(row[1].word, row[2].number ?? 0)
        guard let threshold = row[3].number else {
          unreachable += 1
          #expect(throws: OperatingPointError.self) {
            try OperatingPoint(for: name, under: wanted, on: golden.sample)
          }
          continue
        }
        let point = try OperatingPoint(for: name, under: wanted, on: golden.sample)
        #expect(point.threshold == threshold, "\(name) \(wanted)")
        let promise = try #require(point.guarantee)
        #expect(Double(promise.examples) == row[4].number)
        #expect(close(promise.level, row[5].number ?? 9, relative: 1e-9), "\(name) \(wanted)")
        #expect(close(promise.expected, row[6].number ?? 9), "\(name) \(wanted)")
      }
    }
    #expect(unreachable > 0)
  }

  @Test("decisions of least expected cost, and what they cost")
  func costs() throws {
    for golden in try OperatingGolden.load() {
      let sample = golden.sample
      let matrix = try CostMatrix(golden.costs, classes: sample.classes)
      let decided = (0..<sample.count).map { row in
        let expected = matrix.expected(sample[row])
        return expected.firstIndex(of: expected.min() ?? 0) ?? 0
      }
      // Equal costs up to rounding may be decided either way; the mean then differs by as little.
      #expect(zip(decided, golden.cheapest).count { $0 != $1 } <= 1)
      let mean = matrix.mean(truths: sample.truths, decisions: golden.cheapest)
      #expect(close(mean ?? 9, golden.meanCost))
    }
  }

  @Test("the area under risk against coverage, overall and by class")
  func areas() throws {
    for golden in try OperatingGolden.load() {
      let curves = SelectivePrediction(golden.sample)
      #expect(close(curves.overall.area ?? 9, golden.area))
      #expect(difference(curves.classes.map { $0.curve?.area ?? 9 }, golden.classAreas) == nil)
    }
  }

  /// Without draws, as by probability, and in rules from before version 0.2 by cumulated probability.
  @Test("conformal thresholds, set sizes and coverage")
  func conformal() throws {
    for golden in try OperatingGolden.load() {
      for expected in golden.conformal {
        let sets = ConformalSets(
          fitting: golden.sample, missRate: expected.alpha, score: expected.score, seed: 0,
          draws: nil)
        for (ours, theirs) in zip(sets.thresholds, expected.thresholds) {
          #expect(ours == theirs || close(ours ?? 9, theirs ?? 8, relative: 1e-14))
        }
        let found = (0..<golden.sample.count).map { sets(golden.sample[$0]).count }
        #expect(found == expected.sizes, "\(expected.score) \(expected.alpha)")
        let coverage = ConformalCoverage(sets, on: golden.sample)
        #expect(coverage.overall.covered.count == expected.covered)
      }
    }
  }
}
