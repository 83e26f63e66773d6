import Evaluation
import Targets
import TestSupport
import Testing

/// How right answers in levels are, and how free a set is of what they say.
@Suite struct HierarchicalRewardTests {
  /// A case of `Goldens/Targets/reward.py`.
  private struct Case: Decodable {
    struct Row: Decodable {
      let truth: [Bool?]
      let said: [Bool]
      let reward: Double?
    }
    let labels: [String]
    let levels: [Int]
    let edges: [[String]]
    let rows: [Row]
  }

  private func table(
    _ labels: [String], _ rows: [(truth: [Bool?], said: [Bool])]
  ) -> LabelPredictions {
    LabelPredictions(
      labels: labels, paths: rows.indices.map { "\($0)" }, truths: rows.flatMap(\.truth),
      probabilities: rows.flatMap { $0.said.map { $0 ? 0.9 : 0.1 } })
  }

  private let labels = ["artefact", "anatomy", "hand", "object"]
  private var tree: LabelHierarchy {
    get throws {
      try LabelHierarchy(
        [
          .init(child: "anatomy", parent: "artefact"), .init(child: "object", parent: "artefact"),
          .init(child: "hand", parent: "anatomy"),
        ], among: labels)
    }
  }

  /// By hand, of an artefact of anatomy of the hand: 8 for the form, 4 for the first level, 2 and 1 for the others.
  @Test func byHand() throws {
    let truth: [Bool?] = [true, true, true, false]
    let cases: [(said: [Bool], reward: Double)] = [
      ([true, true, true, false], 15), ([false, false, false, false], 8),
      ([true, false, false, false], 12), ([true, true, false, false], 14),
      ([true, true, true, true], 8 + 4 + 2 * 2.0 / 3 + 1), ([true, false, false, true], 12),
      // A detail without its kind, a kind without an artefact.
      ([true, false, true, false], 0), ([false, true, true, false], 0),
      ([false, false, false, true], 0),
    ]
    let found = try tree.rewards(
      of: table(labels, cases.map { (truth, $0.said) }), thresholds: [0.5, 0.5, 0.5, 0.5])
    for (one, reward) in zip(cases, found) {
      #expect(close(reward?.value ?? -1, one.reward, relative: 1e-12), "\(one.said)")
      #expect(reward?.most == 15)
    }
    let normal = try tree.rewards(
      of: table(labels, [([false, false, false, false], [false, false, false, false])]),
      thresholds: [0.5, 0.5, 0.5, 0.5])
    #expect(normal[0]?.value == 15)
    #expect(try tree.levels(of: labels + ["else"]) == [1, 2, 3, 2, 1])
  }

  @Test func rewardsAreThoseOfAnotherProgramme() throws {
    let cases = try Golden.load("Targets/reward.json", as: [Case].self)
    #expect(cases.count == 60)
    for one in cases {
      let hierarchy = try LabelHierarchy(
        one.edges.map { .init(child: $0[0], parent: $0[1]) }, among: one.labels)
      #expect(hierarchy.levels(of: one.labels) == one.levels)
      let found = hierarchy.rewards(
        of: table(one.labels, one.rows.map { ($0.truth, $0.said) }),
        thresholds: one.labels.map { _ in 0.5 })
      for (reward, row) in zip(found, one.rows) {
        #expect((reward == nil) == (row.reward == nil))
        #expect(
          close(reward?.value ?? 0, row.reward ?? 0, relative: 1e-12, absolute: 1e-12),
          "\(one.edges) \(row)")
      }
    }
  }

  /// What is decoded upwards never contradicts itself where thresholds do not rise towards parents.
  @Test func decodedAnswersAreConsistent() throws {
    let given = table(labels, [([true, true, true, false], [false, false, true, false])])
    let thresholds = [0.5, 0.5, 0.5, 0.5]
    #expect(try tree.rewards(of: given, thresholds: thresholds)[0]?.value == 0)
    #expect(
      try tree.rewards(of: tree.applied(to: given), thresholds: thresholds)[0]?.value == 15)
  }

  /// A chain of labels has as many levels as labels: thirty have a reward of 2³¹ − 1 at most, and more have none.
  @Test(arguments: [30, 31]) func deepHierarchies(depth: Int) throws {
    let labels = (0..<depth).map { "l\($0)" }
    let chain = try LabelHierarchy(
      (1..<depth).map { .init(child: labels[$0], parent: labels[$0 - 1]) }, among: labels)
    #expect(chain.levels(of: labels) == Array(1...depth))
    let right = table(labels, [(labels.map { _ in true }, labels.map { _ in true })])
    let found = chain.rewards(of: right, thresholds: labels.map { _ in 0.5 })
    #expect(found.count == 1 && found[0]?.value == (depth == 30 ? 2_147_483_647 : nil))
  }

  /// By hand: of ten images eight have an answer; of three of these a label is said, of two the first.
  @Test func setScores() throws {
    let said = [[true, false], [true, true], [false, true]]
    let rows = said + [[Bool]](repeating: [false, false], count: 5)
    let answers = table(["a", "b"], rows.map { ([nil, nil], $0) })
    let whole = SetScore(answers, thresholds: [0.5, 0.5])
    #expect(whole["a"] == 75 && whole["b"] == 75 && whole["c"] == nil && whole.overall == 62.5)
    let missing = SetScore(answers, thresholds: [0.5, 0.5], of: 10)
    #expect(close(missing["a"] ?? 0, 60, relative: 1e-12))
    #expect(close(missing.overall, 50, relative: 1e-12) && missing.saidAny == 3)
    let strict = SetScore(answers, thresholds: [0.95, 0.95], of: 8)
    #expect(strict.overall == 100)
  }

  @Test func whatIsOutOfRangeStopsTheProgram() async {
    await #expect(processExitsWith: .failure) {
      _ = HierarchicalReward(isConsistent: true, levels: [1.5])
    }
    await #expect(processExitsWith: .failure) {
      _ = HierarchicalReward(isConsistent: true, levels: [Double](repeating: 1, count: 31))
    }
    await #expect(processExitsWith: .failure) {
      let answers = LabelPredictions(
        labels: ["a"], paths: ["0", "1"], truths: [nil, nil], probabilities: [0, 1])
      _ = SetScore(answers, thresholds: [0.5], of: 1)
    }
  }
}
