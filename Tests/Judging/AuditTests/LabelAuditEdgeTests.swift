import Audit
import Foundation
import Randomness
import TestSupport
import Testing

/// Confident learning where tables are empty, narrow, rounded, certain, or in another order.
@Suite struct LabelAuditEdgeTests {
  private func error(_ p: [Double], _ given: [Int32], classes: Int) -> AuditError? {
    do {
      _ = try LabelAudit(ProbabilityRows(p, classes: classes), given: given)
      return nil
    } catch { return error as? AuditError }
  }

  @Test func nothingAndOneClassAreRefused() {
    #expect(error([], [], classes: 3) == .noExamples("the probabilities"))
    #expect(error([1, 1], [0, 0], classes: 1) == .oneClass("the probabilities"))
    #expect(error([0.5, 0.5], [-1], classes: 2) == .noSuchClass(row: 0, label: "-1", classes: 2))
  }

  /// Files of others are rounded: a row may be 0.01 off, a number 0.001 beyond 0…1, and not more.
  @Test func howFarRowsMayBeOff() {
    for off in [1e-7, -1e-7, 0.009, -0.009] {
      #expect(error([0.5 + off, 0.5, 0.25, 0.75], [0, 1], classes: 2) == nil, "\(off)")
    }
    for off in [0.011, -0.011, 0.4, -0.4] {
      guard case .badSum(1, let sum) = error([0.5, 0.5, 0.5 + off, 0.5], [0, 1], classes: 2) else {
        Issue.record("expected the sum of row 1 to be refused at \(off)")
        continue
      }
      #expect(close(sum, 1 + off, relative: 1e-12))
    }
    #expect(error([1.0005, -0.0005, 0.5, 0.5], [0, 1], classes: 2) == nil)
    #expect(
      error([1.002, -0.0005, 0.5, 0.5], [0, 1], classes: 2)
        == .notAProbability(row: 0, column: 0, value: 1.002))
    #expect(
      error([0.5, 0.5, 1.0005, -0.002], [0, 1], classes: 2)
        == .notAProbability(row: 1, column: 1, value: -0.002))
    for value in [Double.infinity, -.infinity] {
      #expect(
        error([0.5, 0.5, value, 0.5], [0, 1], classes: 2)
          == .notAProbability(row: 1, column: 0, value: value))
    }
  }

  /// The first row that is wrong is named, whoever reads it.
  @Test func theFirstMistakeIsNamed() {
    var p = [Double](repeating: 0.5, count: 40)
    (p[12], p[31]) = (0.9, 7)
    #expect(error(p, [Int32](repeating: 0, count: 20), classes: 2) == .badSum(row: 6, sum: 1.4))
  }

  /// Rows that are 10⁻⁷ off say what exact ones say: thresholds have a slack of 10⁻⁶.
  @Test func roundedRowsSayTheSame() throws {
    var source = RandomKey(seed: 4).source
    let (rows, classes) = (60, 3)
    var (p, given): ([Double], [Int32]) = ([], [])
    for _ in 0..<rows {
      let truth = source.below(classes)
      var parts = [Double](repeating: 0, count: classes)
      for _ in 0..<8 { parts[source.below(2) == 0 ? truth : source.below(classes)] += 0.125 }
      p += parts
      given.append(Int32(source.below(5) == 0 ? source.below(classes) : truth))
    }
    let exact = try LabelAudit(ProbabilityRows(p, classes: classes), given: given)
    let moved = p.map { max(0, $0 + 1e-7 * (source.uniform() - 0.5)) }
    let rounded = try LabelAudit(ProbabilityRows(moved, classes: classes), given: given)
    #expect(
      difference(exact.thresholds.values, rounded.thresholds.values, relative: 0, absolute: 2e-7)
        == nil)
    for rule in [IssueRule.offDiagonal, .predicted] {
      #expect(exact.issues(by: rule) == rounded.issues(by: rule), "\(rule)")
    }
    for score in LabelScore.allCases where score != .weightedEntropy {
      #expect(
        difference(exact.scores(score), rounded.scores(score), relative: 0, absolute: 2e-7) == nil)
    }
  }

  private func world(_ seed: UInt64) -> (p: [[Double]], given: [Int32]) {
    var source = RandomKey(seed: seed).folding("order").source
    let classes = 4
    return (0..<80).reduce(into: ([[Double]](), [Int32]())) { world, _ in
      let truth = source.below(classes)
      let logits = (0..<classes).map { exp(source.normal() + ($0 == truth ? 2 : 0)) }
      let sum = logits.reduce(0, +)
      world.0.append(logits.map { $0 / sum })
      world.1.append(Int32(source.below(5) == 0 ? source.below(classes) : truth))
    }
  }

  /// Rows in another order are the same rows.
  @Test(arguments: UInt64(1)...8) func rowsHaveNoOrder(seed: UInt64) throws {
    let (p, given) = world(seed)
    var source = RandomKey(seed: seed).source
    let order = source.shuffle(given.count)
    let one = try LabelAudit(ProbabilityRows(p.flatMap(\.self), classes: 4), given: given)
    let two = try LabelAudit(
      ProbabilityRows(order.flatMap { p[$0] }, classes: 4), given: order.map { given[$0] })
    #expect(one.joint == two.joint)
    for rule in IssueRule.allCases {
      #expect(one.issues(by: rule) == two.issues(by: rule).map { order[$0] }.sorted(), "\(rule)")
    }
    for score in LabelScore.allCases {
      #expect(order.map { one.scores(score)[$0] } == two.scores(score))
    }
  }

  /// Classes in another order are the same classes; only rounded cells of the calibrated joint depend on their order.
  @Test(arguments: UInt64(1)...8) func classesHaveNoOrder(seed: UInt64) throws {
    let (p, given) = world(seed)
    var source = RandomKey(seed: seed).source
    // Class k becomes to[k].
    let to = source.shuffle(4)
    var turned = [[Double]](repeating: [Double](repeating: 0, count: 4), count: p.count)
    for row in p.indices { for k in 0..<4 { turned[row][to[k]] = p[row][k] } }
    let one = try LabelAudit(ProbabilityRows(p.flatMap(\.self), classes: 4), given: given)
    let two = try LabelAudit(
      ProbabilityRows(turned.flatMap(\.self), classes: 4), given: given.map { Int32(to[Int($0)]) })
    for g in 0..<4 {
      #expect(
        close(one.thresholds.values[g], two.thresholds.values[to[g]], relative: 1e-12))
      for t in 0..<4 {
        #expect(one.joint.counts[g * 4 + t] == two.joint.counts[to[g] * 4 + to[t]])
      }
    }
    for rule in [IssueRule.offDiagonal, .predicted] {
      #expect(one.issues(by: rule) == two.issues(by: rule), "\(rule)")
    }
    #expect(one.suggested.map { Int32(to[Int($0)]) } == two.suggested)
    for score in LabelScore.allCases {
      #expect(difference(one.scores(score), two.scores(score), relative: 1e-9) == nil)
    }
    let (a, b) = try (#require(one.votes.z), #require(two.votes.z))
    #expect(close(a, b, relative: 1e-8))
  }

  /// Every row twice: the same thresholds and scores, twice the counts.
  @Test func everyRowTwice() throws {
    let (p, given) = world(3)
    let one = try LabelAudit(ProbabilityRows(p.flatMap(\.self), classes: 4), given: given)
    let two = try LabelAudit(
      ProbabilityRows((p + p).flatMap(\.self), classes: 4), given: given + given)
    #expect(
      difference(one.thresholds.values, two.thresholds.values, relative: 1e-12) == nil)
    #expect(two.givenCounts == one.givenCounts.map { 2 * $0 })
    for cell in 0..<16 where one.joint.counts[cell] > 1 || cell % 5 != 0 {
      #expect(two.joint.counts[cell] == 2 * one.joint.counts[cell])
    }
    #expect(two.issues(by: .predicted).count == 2 * one.issues(by: .predicted).count)
    #expect(two.selfConfidence == one.selfConfidence + one.selfConfidence)
  }

  /// Scores of three rows by hand: P, (P − rival + 1) / 2, and log(1 + q) / q at q of 2, 0 and 0.
  @Test func scoresByHand() throws {
    let audit = try LabelAudit(
      ProbabilityRows([0.5, 0.5, 1, 0, 0, 1, 0.25, 0.75], classes: 2), given: [0, 0, 0, 1])
    #expect(audit.selfConfidence == [0.5, 1, 0, 0.75])
    #expect(audit.normalizedMargin == [0.5, 1, 0, 0.75])
    #expect(close(audit.weightedEntropy[0], log(3) / 2, relative: 1e-12))
    // A row of one certain class has no entropy, and scores 0 as in cleanlab, whatever its label.
    #expect(audit.weightedEntropy[1] == 0 && audit.weightedEntropy[2] == 0)
    // H(¼, ¾) = 0.811278 bits, over 0.75.
    let q = 0.8112781244591328 / 0.75
    #expect(close(audit.weightedEntropy[3], log(1 + q) / q, relative: 1e-12))
    #expect(audit.issues(by: .predicted) == [2])
  }

  /// A label that is a millionth less probable than another is no issue; one that is two millionths less is.
  @Test func theGivenClassHasAMillionthMore() throws {
    let p = [0.4999998, 0.5000002, 0.499999, 0.500001]
    let audit = try LabelAudit(ProbabilityRows(p, classes: 2), given: [0, 0])
    #expect(audit.issues(by: .predicted) == [1])
    #expect(audit.suggested == [1, 1])
  }

  /// Labels that are all of one class, and votes that are all alike, carry no structure.
  @Test func whereNothingCanBeTold() throws {
    let one = try LabelAudit(ProbabilityRows([0.9, 0.1, 0.2, 0.8], classes: 2), given: [0, 0])
    #expect(one.votes.z == nil && !one.votes.hasStructure)
    let alike = try LabelAudit(
      ProbabilityRows([0.5, 0.5, 0.5, 0.5, 0.5, 0.5], classes: 2), given: [0, 1, 1])
    #expect(alike.votes.z == nil)
    let single = try LabelAudit(ProbabilityRows([0.5, 0.5], classes: 2), given: [0])
    #expect(single.votes.z == nil && single.joint.calibrated == [1, 0, 0, 0])
  }
}
