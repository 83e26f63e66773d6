import Evaluation
import Files
import Targets
import TestSupport
import Testing

/// Which images are free of what labels say, counted by hand.
@Suite struct LabelFilterTests {
  /// artefact from .5 on, hand and text, kinds of it, from .6 and .7 on, style from .9 on.
  private func rule(isNested: Bool = true) throws -> LabelRule {
    let parts = [("artefact", 0.5), ("hand", 0.6), ("text", 0.7), ("style", 0.9)].map {
      "{\"label\": \"\($0)\", \"threshold\": \($1), \"chosen_by\": \"hand\"}"
    }
    let edges = ["hand", "text"].map { "{\"child\": \"\($0)\", \"parent\": \"artefact\"}" }
    return try JSONFile.decode(
      LabelRule.self,
      from: Array(
        ("{\"labels\": [\(parts.joined(separator: ", "))]"
          + (isNested ? ", \"hierarchy\": [\(edges.joined(separator: ", "))]" : "") + "}").utf8),
      name: "rule.json")
  }

  /// Six images; the order of the labels is not that of the rule.
  private let table = LabelPredictions(
    labels: ["style", "artefact", "hand", "text"], paths: ["a", "b", "c", "d", "e", "f"],
    truths: [Bool?](repeating: nil, count: 24),
    probabilities: [
      0.1, 0.2, 0.1, 0.1,  // Nothing.
      0.95, 0.2, 0.1, 0.1,  // A style.
      0.1, 0.5, 0.1, 0.1,  // An artefact, just.
      0.1, 0.1, 0.6, 0.1,  // A hand, so an artefact where there is a hierarchy.
      0.1, 0.1, 0.55, 0.1,  // No hand, but .55 of an artefact where there is a hierarchy.
      0.92, 0.8, 0.9, 0.7,  // All.
    ])

  @Test func labelsThatAreNoKindOfAnotherReject() throws {
    let rule = try rule()
    #expect(rule.mostGeneral == ["artefact", "style"])
    let found = try LabelFilter(rule.applied(to: table), rule, unreadable: 2)
    #expect(found.rejecting == ["artefact", "style"])
    #expect(
      found.said == [
        [], ["style"], ["artefact"], ["artefact"], ["artefact"], ["artefact", "style"],
      ])
    #expect(found.isAccepted == [true, false, false, false, false, false])
    let excess = [-0.3, 0.05, 0, 0.1, 0.05, 0.4]
    for (one, other) in zip(found.excess, excess) { #expect(close(one, other, absolute: 1e-12)) }
    // Of 8: 5 of which a label is said, and 2 of which nothing is.
    #expect(close(found.score.overall, 12.5, relative: 1e-12))
    for (label, score) in [("artefact", 25), ("hand", 50), ("text", 62.5), ("style", 50)] {
      #expect(close(try #require(found.scores[label]), score, relative: 1e-12), "\(label)")
    }
  }

  @Test func withoutAHierarchyAllLabelsReject() throws {
    let rule = try rule(isNested: false)
    #expect(rule.mostGeneral.count == 4)
    let found = try LabelFilter(rule.applied(to: table), rule)
    // Image e has .55 of a hand and .1 of an artefact: below both thresholds.
    #expect(found.isAccepted == [true, false, false, false, true, false])
    #expect(found.said[3] == ["hand"])
    #expect(close(found.score.overall, 100.0 / 3, relative: 1e-12))
  }

  @Test func namedLabelsReject() throws {
    let rule = try rule()
    let found = try LabelFilter(rule.applied(to: table), rule, rejecting: ["text", "hand"])
    #expect(found.said == [[], [], [], ["hand"], [], ["text", "hand"]])
    #expect(found.isAccepted == [true, true, true, false, true, false])
    #expect(close(found.score.overall, 100.0 * 4 / 6, relative: 1e-12))
    #expect(
      throws: LabelRuleError.unknownLabel(
        "hands", nearest: "hand", known: ["artefact", "hand", "text", "style"])
    ) { try LabelFilter(rule.applied(to: table), rule, rejecting: ["hands"]) }
  }

  /// Of x a, b and c, of y d, e and f; the least excess of x is that of c, then b; of y that of e, then d.
  @Test(arguments: [
    (0, [0], []), (1, [0, 4], [4]), (2, [0, 2, 3, 4], [2, 3, 4]),
    (3, [0, 1, 2, 3, 4, 5], [1, 2, 3, 4, 5]), (9, [0, 1, 2, 3, 4, 5], [1, 2, 3, 4, 5]),
  ]) func aClassKeepsItsLast(_ floor: Int, _ accepted: [Int], _ kept: [Int]) throws {
    let rule = try rule()
    var found = try LabelFilter(rule.applied(to: table), rule)
    found.keep(atLeast: floor, ofEach: ["x", "x", "x", "y", "y", "y"])
    #expect((0..<6).filter { found.isAccepted[$0] } == accepted)
    #expect(found.keptForClass == kept)
    // What is said of an image, and so the score, is not changed by who keeps it.
    #expect(close(found.score.overall, 100.0 / 6, relative: 1e-12))
  }
}
