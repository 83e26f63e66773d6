import Decisions
import Evaluation
import Files
import Foundation
import Randomness
import Targets
import TestSupport
import Testing

/// Labels that are kinds of others.
@Suite struct LabelHierarchyTests {
  /// A case of `Goldens/Targets/hierarchy.py`.
  private struct Case: Decodable {
    let labels: Int
    let edges: [[Int]]
    let given: [[Double]]
    let raised: [[Double]]

    var names: [String] { (0..<labels).map { "l\($0)" } }
    var hierarchy: LabelHierarchy {
      get throws {
        try LabelHierarchy(
          edges.map { .init(child: "l\($0[0])", parent: "l\($0[1])") }, among: names)
      }
    }
  }

  private func table(
    _ names: [String], _ probabilities: [[Double]], truths: [Bool?]? = nil
  ) -> LabelPredictions {
    LabelPredictions(
      labels: names, paths: probabilities.indices.map { "\(1000 + $0)" },
      truths: truths ?? probabilities.flatMap { $0.map { _ in nil } },
      probabilities: probabilities.flatMap(\.self))
  }

  private var tree: LabelHierarchy {
    get throws {
      try LabelHierarchy(
        [.init(child: "b", parent: "a"), .init(child: "c", parent: "b")], among: ["a", "b", "c"])
    }
  }

  @Test func probabilitiesRiseTowardsParents() throws {
    let cases = try Golden.load("Targets/hierarchy.json", as: [Case].self)
    #expect(cases.count == 40)
    for one in cases {
      let found = try one.hierarchy.applied(to: table(one.names, one.given))
      #expect(found.probabilities == one.raised.flatMap(\.self))
      #expect(try one.hierarchy.applied(to: found) == found)
    }
  }

  /// Whatever the thresholds and calibrations: who is said to have a child is said to have its parents, and no answers of sets
  /// contradict each other.
  @Test func decisionsNeverContradictIt() throws {
    var source = RandomSource(seed: 4)
    let names = ["a", "b", "c", "d"]
    let edges: [LabelHierarchy.Edge] = [
      .init(child: "b", parent: "a"), .init(child: "c", parent: "a"),
      .init(child: "d", parent: "b"), .init(child: "d", parent: "c"),
    ]
    func draw(_ count: Int) -> LabelPredictions {
      var (truths, scores): ([Bool?], [[Double]]) = ([], [])
      for _ in 0..<count {
        let d = source.below(4) == 0
        let (b, c) = (d || source.below(4) == 0, d || source.below(4) == 0)
        let has = [b || c || source.below(4) == 0, b, c, d]
        truths += has
        scores.append(
          has.map { 1 / (1 + exp(-(($0 ? 1 : -1) + 1.5 * source.normal()))) })
      }
      return table(names, scores, truths: truths)
    }
    for calibration in ["none", "temperature", "vector", "isotonic"] {
      for round in 0..<4 {
        var plan = LabelRule.Plan()
        plan.calibration = try #require(CalibrationMethod.named(calibration))
        plan.hierarchy = try LabelHierarchy(edges, among: names)
        plan.missRate = 0.2
        plan.constraints["d"] = .sensitivity(atLeast: 0.5 + 0.1 * Double(round))
        if round > 1 { plan.prevalence["a"] = 0.3 }
        let rule = try LabelRule(on: draw(160), plan)
        let fresh = draw(80)
        let (applied, answers) = (try rule.applied(to: fresh), try rule.answers(to: fresh))
        for row in 0..<80 {
          for edge in edges {
            let places = [edge.child, edge.parent].compactMap { names.firstIndex(of: $0) }
            let p = places.map { applied.probabilities[4 * row + $0] }
            let isSaid = zip(p, places).map { $0 >= rule.thresholds[$1] }
            #expect(p[1] >= p[0] && (isSaid[1] || !isSaid[0]))
            let said = places.map { answers[4 * row + $0] }
            if said[0] == .yes { #expect(said[1] == .yes) }
            if said[1] == .no { #expect(said[0] == .no) }
          }
        }
      }
    }
  }

  @Test func aRuleOfAHierarchyComesBack() throws {
    var plan = LabelRule.Plan()
    plan.hierarchy = try tree
    let rule = try LabelRule(on: LabelAssessmentTests.table(120), plan)
    try withTemporaryFolder { folder in
      let path = FilePath.join(folder, "rule.json")
      try JSONFile.write(rule, to: path)
      #expect(try JSONFile.read(LabelRule.self, from: path) == rule)
    }
  }

  /// A specificity that is lost by what is said of labels below is refused; a sensitivity is not.
  @Test func whatALabelBelowBreaksIsRefused() throws {
    let names = ["a", "b"]
    // a is told from .535 on and b, which is below it, from .3 on, so that a would be said of all.
    let scores = (0..<40).map { row -> [Double] in
      [row < 30 ? 0.4 + Double(row) / 200 : 0.8, row % 2 == 0 ? 0.3 : 0.2]
    }
    let truths = (0..<40).flatMap { row -> [Bool?] in [row >= 30, row % 2 == 0] }
    let validation = table(names, scores, truths: truths)
    var plan = LabelRule.Plan()
    plan.hierarchy = try LabelHierarchy([.init(child: "b", parent: "a")], among: names)
    plan.constraints = ["a": .specificity(atLeast: 0.9), "b": .sensitivity(atLeast: 0.9)]
    #expect(throws: LabelRuleError.brokenByHierarchy("a", constraint: "specificity ≥ 0.9")) {
      try LabelRule(on: validation, plan)
    }
    #expect(
      LabelRuleError.brokenByHierarchy("a", constraint: "specificity ≥ 0.9").description
        == "specificity ≥ 0.9 for 'a' cannot be kept: whoever is said to have a label below it is said to have it too, and"
        + " that is more than it allows; ask it of the labels below as well, or leave it out")
    plan.constraints["a"] = .sensitivity(atLeast: 0.9)
    let rule = try LabelRule(on: validation, plan)
    #expect(rule.thresholds == [0.3, 0.3])
    #expect(rule.parts[0].chosenBy == "sensitivity ≥ 0.9, lowered to that of b below it")
  }

  /// A flag that is gained on an example that has the label lowers no specificity; on one that has it not it does.
  @Test func aSpecificityThatIsKeptIsAccepted() throws {
    let names = ["a", "b"]
    // a alone is told from .8 on; b, which a prevalence raises to .98, raises a with it.
    let scores = (0..<40).map { row -> [Double] in
      let hasB = row % 2 == 0
      return [row >= 30 ? 0.8 : hasB ? 0.45 : 0.5, hasB ? 0.3 : 0.001]
    }
    func rule(_ hasA: (Int) -> Bool) throws -> LabelRule {
      var plan = LabelRule.Plan()
      plan.hierarchy = try LabelHierarchy([.init(child: "b", parent: "a")], among: names)
      plan.constraints = ["a": .specificity(atLeast: 0.9), "b": .sensitivity(atLeast: 0.9)]
      plan.prevalence["b"] = 0.99
      return try LabelRule(
        on: table(
          names, scores, truths: (0..<40).flatMap { row -> [Bool?] in [hasA(row), row % 2 == 0] }),
        plan)
    }
    let kept = try rule { $0 >= 30 || $0 % 2 == 0 }
    #expect(close(kept.thresholds[0], 0.8, relative: 1e-9))
    #expect(throws: LabelRuleError.brokenByHierarchy("a", constraint: "specificity ≥ 0.9")) {
      try rule { $0 >= 30 || ($0 % 2 == 0 && $0 > 0) }
    }
  }

  @Test func contradictionsOfTheTruthAreFound() throws {
    let found = table(
      ["a", "b", "c"], [[0.1, 0.2, 0.3], [0, 0, 0], [0, 0, 0], [0, 0, 0]],
      truths: [true, true, true, false, nil, true, nil, true, false, true, false, nil])
    let tree = try tree
    #expect(tree.contradictions(in: found) == [1])
  }

  @Test func filesAreReadAndRefused() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/h.csv"
      let tree = try tree
      func read(_ text: String) throws -> LabelHierarchy {
        try AtomicFile.write(text, to: path)
        return try LabelHierarchy.read(path, labels: ["a", "b", "c"])
      }
      #expect(try read("child,parent\na,\nb,a\nc,b\nc,b\n") == tree)
      #expect(try read("parent;child\na;b\nb;c\n") == tree)
      let cases: [(text: String, words: String)] = [
        ("child,above\nb,a\n", "expected the columns child and parent, got child, above"),
        ("child,parent\n,a\n", "the row names no child, only the parent 'a'"),
        ("child,parent\na,\n", "has no child with a parent"),
        (
          "child,parent\nb,aa\n",
          "the hierarchy names 'aa', which is no label; did you mean 'a'? the labels are a, b, c"
        ),
        ("child,parent\nb,a\nx,\n", "h.csv:3: the hierarchy names 'x', which is no label"),
        (
          "child,parent\nb,a\nc,b\na,c\n",
          "in the hierarchy 'a' is above itself: a is below c is below b is below a; leave one of these out"
        ),
        ("child,parent\na,a\n", "in the hierarchy 'a' is above itself: a is below a; leave"),
      ]
      for (text, words) in cases {
        let error = #expect(throws: (any Error).self) { try read(text) }
        #expect("\(error.map { "\($0)" } ?? "")".contains(words), "\(String(describing: error))")
      }
    }
  }
}
