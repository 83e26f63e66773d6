import Audit
import Files
import Foundation
import Randomness
import TestSupport
import Testing

/// Confident learning beside cleanlab, on the published sets, and where there is nothing to be found.
@Suite struct LabelAuditTests {
  struct Case: Decodable {
    var name: String
    var classes: Int
    var single: Bool
    var least: Int
    var p: [Double]
    var given: [Int32]
    var thresholds: [Double]
    var joint: [Int]
    var calibrated: [Int]
    var issues: [String: [Int]]
    var scores: [String: [Double]]
  }

  @Test func itIsCleanlabToTheCell() throws {
    let cases: [Case] = try Golden.load("Audit/confident.json")
    #expect(cases.count == 21)
    for golden in cases {
      let p = golden.single ? golden.p.map { Double(Float($0)) } : golden.p
      let rows = ProbabilityRows(p, classes: golden.classes, isSingle: golden.single)
      for threads in [1, 3] {
        let audit = try LabelAudit(
          rows, given: golden.given, keeping: golden.least, threads: threads)
        #expect(
          difference(audit.thresholds.values, golden.thresholds, relative: 1e-12) == nil,
          "\(golden.name)")
        #expect(audit.joint.counts == golden.joint, "\(golden.name)")
        #expect(audit.joint.calibrated == golden.calibrated, "\(golden.name)")
        for rule in IssueRule.allCases {
          let wanted = golden.issues[rule.rawValue.replacing("-", with: "_")]
          #expect(audit.issues(by: rule) == wanted, "\(golden.name): \(rule)")
        }
        for score in LabelScore.allCases {
          let wanted = golden.scores[score.rawValue.replacing("-", with: "_")] ?? []
          #expect(
            difference(audit.scores(score), wanted, relative: 0, absolute: 1e-9) == nil,
            "\(golden.name): \(score)")
        }
      }
    }
  }

  @Test(.enabled(if: RealData.has("label-errors"), "\(RealData.absent)"))
  func thePublishedSetsHaveTheirIssues() throws {
    for (name, byRate, offDiagonal) in [("mnist", 15, 15), ("imdb", 1309, 1076)] {
      let folder = RealData.path("label-errors")
      let rows = try ProbabilityRows(npy: "\(folder)/\(name)_probabilities.npy")
      let labels = try GivenLabels.read(
        "\(folder)/\(name)_labels.npy", names: nil, classes: rows.classes)
      let audit = try LabelAudit(rows, given: labels.given, threads: 2)
      #expect(audit.issues(by: .noiseRate).count == byRate)
      #expect(audit.issues(by: .offDiagonal).count == offDiagonal)
      #expect(audit.votes.hasStructure)
    }
  }

  /// From a file in blocks as from memory, in either precision and order.
  @Test func aFileIsReadAsMemoryIs() throws {
    var source = RandomKey(seed: 5).source
    let (count, classes) = (3000, 700)
    var p: [Float] = []
    for _ in 0..<count {
      let row = (0..<classes).map { _ in Float(source.uniform()) }
      let sum = row.reduce(0, +)
      p += row.map { $0 / sum }
    }
    let given = (0..<count).map { _ in Int32(source.below(classes)) }
    try withTemporaryFolder { folder in
      let path = folder + "/p.npy"
      let array = NpyArray(
        dtype: .float32, shape: [count, classes], bytes: p.withUnsafeBytes { Array($0) })
      try AtomicFile.write(array.encoded(), to: path)
      let rows = try ProbabilityRows(npy: path)
      #expect(rows.isSingle && rows.count == count && rows.classes == classes)
      let file = try LabelAudit(rows, given: given, threads: 2)
      let memory = try LabelAudit(
        ProbabilityRows(p.map { Double($0) }, classes: classes, isSingle: true), given: given)
      #expect(file.joint == memory.joint && file.thresholds == memory.thresholds)
      for rule in IssueRule.allCases { #expect(file.issues(by: rule) == memory.issues(by: rule)) }
      #expect(file.weightedEntropy == memory.weightedEntropy && file.votes == memory.votes)
    }
  }

  /// The exact mean and variance of the permutation test: by going through all permutations of five labels.
  @Test func theTestOfStructureIsTheOneOfAllPermutations() throws {
    let p = [0.7, 0.3, 0.2, 0.8, 0.55, 0.45, 0.1, 0.9, 0.6, 0.4]
    let given: [Int32] = [0, 1, 0, 1, 1]
    let audit = try LabelAudit(ProbabilityRows(p, classes: 2), given: given)
    func votes(_ labels: [Int32]) -> Double {
      labels.indices.reduce(0) { $0 + p[$1 * 2 + Int(labels[$1])] }
    }
    var all: [Double] = []
    func permute(_ head: [Int32], _ rest: [Int32]) {
      if rest.isEmpty { all.append(votes(head)) }
      for place in rest.indices {
        var others = rest
        permute(head + [others.remove(at: place)], others)
      }
    }
    permute([], given)
    let mean = all.reduce(0, +) / Double(all.count)
    let variance = all.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(all.count)
    let z = try #require(audit.votes.z)
    #expect(close(z, (votes(given) - mean) / variance.squareRoot(), relative: 1e-9))
  }

  /// The example that ARCHITECTURE.md works through.
  @Test func theWorkedExample() throws {
    let second = [0.1, 0.2, 0.3, 0.4, 0.8, 0.9, 0.7, 0.25]
    let audit = try LabelAudit(
      ProbabilityRows(second.flatMap { [1 - $0, $0] }, classes: 2),
      given: [0, 0, 0, 0, 0, 1, 1, 1])
    #expect(
      difference(audit.thresholds.values, [0.64, 1.85 / 3], relative: 0, absolute: 1e-12) == nil)
    #expect(audit.joint.counts == [3, 1, 1, 2] && audit.joint.calibrated == [4, 1, 1, 2])
    #expect(audit.issues() == [4, 7] && audit.issues(by: .both) == [4, 7])
  }

  @Test func mistakesAreNamed() {
    func error(_ p: [Double], _ given: [Int32]) -> AuditError? {
      do {
        _ = try LabelAudit(ProbabilityRows(p, classes: 2), given: given)
        return nil
      } catch { return error as? AuditError }
    }
    let good = [0.5, 0.5, 0.4, 0.6]
    #expect(
      error(good, [0])?.description
        == "1 labels for 2 rows of probabilities; they must be of the same examples in the same order"
    )
    #expect(error(good, [0, 2]) == .noSuchClass(row: 1, label: "2", classes: 2))
    #expect(
      error([0.5, 0.5, 1.5, -0.5], [0, 1]) == .notAProbability(row: 1, column: 0, value: 1.5))
    #expect(error([0.5, 0.5, 0.7, 0.7], [0, 1]) == .badSum(row: 1, sum: 1.4))
    if case .notAProbability(0, 1, _) = error([0.5, .nan, 0.5, 0.5], [0, 1]) {
    } else {
      Issue.record("expected the number that is none to be named")
    }
  }
}
