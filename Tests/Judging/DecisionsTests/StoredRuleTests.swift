import Decisions
import Foundation
import Randomness
import Testing

/// Rules that somebody else has written: each number that no rule can have is refused with the part that it stands in.
@Suite("Stored rule") struct StoredRuleTests {
  /// A change to the JSON of a rule: where, what is put there, and the part that the refusal names.
  struct Change: CustomTestStringConvertible, Sendable {
    var method: Int
    var path: String
    /// JSON.
    var value: String
    var part: String
    var testDescription: String { "\(path) = \(value)" }
  }

  private static func stored(_ method: Int) throws -> [String: Any] {
    var random = RandomKey(seed: 11).source
    let sample = GaussianClasses(prior: [0.5, 0.3, 0.2], apart: 2)
      .sample(300, sharpness: 2, using: &random)
    var plan = DecisionPlan(calibration: CalibrationMethod.catalogue[method])
    plan.sampler = .init(drawn: [0.4, 0.3, 0.3], natural: [0.5, 0.3, 0.2])
    plan.points = [.init("c2", .sensitivity(atLeast: 0.8))]
    plan.costs = [[0, 1, 1], [2, 0, 1], [5, 5, 0]]
    plan.abstention = .coverage(atLeast: 0.8)
    plan.missRate = 0.1
    let bytes = try JSONEncoder().encode(plan.choose(on: sample))
    return try #require(try JSONSerialization.jsonObject(with: bytes) as? [String: Any])
  }

  private static func put(_ value: Any, at path: ArraySlice<String>, in tree: Any) throws -> Any {
    guard let key = path.first else { return value }
    if var list = tree as? [Any] {
      let index = try #require(Int(key))
      list[index] = try put(value, at: path.dropFirst(), in: list[index])
      return list
    }
    var table = try #require(tree as? [String: Any])
    table[key] = try put(value, at: path.dropFirst(), in: table[key] ?? [:])
    return table
  }

  private static func decoded(_ tree: Any) throws -> DecisionRule {
    try JSONDecoder().decode(
      DecisionRule.self, from: JSONSerialization.data(withJSONObject: tree))
  }

  @Test(arguments: 0..<5)
  func aRuleThatWasChosenIsRead(_ method: Int) throws {
    _ = try Self.decoded(Self.stored(method))
  }

  private static func changes(
    _ method: Int, _ part: String, _ path: String, _ values: String...
  ) -> [Change] {
    values.map { Change(method: method, path: path, value: $0, part: part) }
  }

  static let all: [Change] =
    changes(1, "temperature", "calibration.temperature", "0", "-1", "1e-300", "1e300")
    + changes(2, "slopes", "calibration.slopes", "[]", "[1, 1]", "[1e308, 1, 1]")
    + changes(2, "intercepts", "calibration.intercepts", "[0, 0, 0, 0]", "[0, 0, -1e308]")
    + changes(3, "weights", "calibration.weights", "[]", "[1, 2, 3]")
    + changes(3, "weights", "calibration.weights.4", "1e300")
    + changes(3, "intercepts", "calibration.intercepts", "[1]")
    + changes(4, "isotonic curves", "calibration.curves", "[]")
    + changes(4, "isotonic curve", "calibration.curves.0.scores", "[]", "[0.5]")
    + changes(
      4, "isotonic curve", "calibration.curves.1", #"{"scores": [], "values": []}"#,
      #"{"scores": [0.5, 0.5], "values": [0, 1]}"#, #"{"scores": [0.1, 0.5], "values": [1, 0]}"#,
      #"{"scores": [0.1, 0.5], "values": [0, 7]}"#,
      #"{"scores": [-1e308, 1e308], "values": [0, 1]}"#)
    + [2, 3, 4].flatMap {
      changes(
        $0, "occurring classes", "calibration.occurring.indices", "[]", "[0]", "[0, 7, 8]",
        "[-1, 0, 1]", "[0, 2, 1]", "[0, 0, 1]")
    }
    + changes(
      0, "costs", "costs.costs", "[[0, 1, 1], [1], [1, 1, 0]]", "[[0, 1, 1]]", "[[], [], []]")
    + ["sampler_correction", "target_correction"].flatMap {
      changes(
        0, "prior correction", $0, #"{"source": [0, 0.5, 0.5], "target": [1, 0, 0]}"#,
        #"{"source": [-1, 1, 1], "target": [0.4, 0.3, 0.3]}"#,
        #"{"source": [0.4, 0.3, 0.3], "target": [0, 0, 0]}"#,
        #"{"source": [0.4, 0.3, 0.3], "target": [1]}"#,
        #"{"source": [1e-320, 0.5, 0.5], "target": [0.4, 0.3, 0.3]}"#)
    }
    + changes(0, "conformal sets", "conformal.alpha", "0", "1", "5", "-1")
    + changes(0, "conformal sets", "conformal.thresholds.1", "-9", "1e308")
    + changes(0, "conformal sets", "conformal.examples", "[]", "[1, 2, -3]")
    + changes(0, "operating point of 'c2'", "operating_points.0.threshold", "2", "-1")
    + changes(0, "abstention", "abstention.threshold", "7", "-7")
    + changes(0, "provenance", "provenance.examples", "[1]", "[1, -2, 3]")
    + changes(0, "version", "version", "0", "-5")
    + changes(0, "classes", "classes", #"["c2", "c2", "c0"]"#)

  @Test(arguments: all)
  func whatNoRuleHoldsIsRefusedWithItsPart(_ change: Change) throws {
    let value = try JSONSerialization.jsonObject(
      with: Data(change.value.utf8), options: .fragmentsAllowed)
    let path = change.path.split(separator: ".").map(String.init)
    let tree = try Self.put(value, at: path[...], in: Self.stored(change.method))
    let error = #expect(throws: DecisionRuleError.self) { try Self.decoded(tree) }
    guard case .badPart(let part, let reason)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(part == change.part && !reason.isEmpty)
    #expect(error?.description.hasPrefix("\(part) of this decision rule: ") ?? false)
  }
}
