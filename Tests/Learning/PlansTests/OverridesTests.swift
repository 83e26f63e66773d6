import Plans
import Sampling
import Testing

/// A method with a hyper-parameter of every type.
struct Tunable: Method, Equatable {
  static let name = "tunable"
  static let summary = "for tests"
  static let citation = Citation(
    authors: "Nobody", title: "Nothing", venue: "Nowhere 2026", link: "https://example.org")
  static let guide = Guide(.plain, use: "Never.", avoid: "Always.", claim: "None.")
  var alpha = 0.5
  var steps = 3
  var mirrored = false
  var kind = "plain"
  var problems: [HyperparameterProblem] {
    [.unlessPositive("alpha", alpha), .unlessPositive("steps", Double(steps))].compactMap(\.self)
  }
  func stages(for classes: ClassCounts) -> [Stage] { [Stage(Supervised())] }
}

@Suite struct OverridesTests {
  @Test func nothingGivesTheDefaults() throws {
    #expect(try Tunable.with([:]) == Tunable())
  }

  @Test func everyType() throws {
    let method = try Tunable.with([
      "alpha": "1e-2", "steps": "7", "mirrored": "true", "kind": "fancy",
    ])
    #expect(method.alpha == 0.01)
    #expect(method.steps == 7)
    #expect(method.mirrored)
    #expect(method.kind == "fancy")
    #expect(try Tunable.with(["alpha": "2"]).alpha == 2)
  }

  @Test func hyperparametersByName() {
    #expect(
      Tunable().hyperparameters
        == [
          "alpha": .number(0.5), "steps": .number(3), "mirrored": .flag(false),
          "kind": .text("plain"),
        ])
  }

  @Test func hyperparametersPrintBare() {
    #expect(Tunable().hyperparameters["alpha"]?.description == "0.5")
    #expect(Tunable().hyperparameters["steps"]?.description == "3")
    #expect(Tunable().hyperparameters["mirrored"]?.description == "false")
    #expect(Tunable().hyperparameters["kind"]?.description == "plain")
  }

  @Test(arguments: [
    (
      ["alhpa": "1"],
      "tunable has no hyper-parameter 'alhpa'; did you mean 'alpha'? "
        + "It has: alpha, kind, mirrored, steps"
    ),
    (
      ["temperature": "1"],
      "tunable has no hyper-parameter 'temperature'. It has: alpha, kind, mirrored, steps"
    ),
    (["alpha": "big"], "tunable: alpha takes a number, got 'big'"),
    (["alpha": "inf"], "tunable: alpha takes a number, got 'inf'"),
    (["alpha": ""], "tunable: alpha takes a number, got ''"),
    (["steps": "2.5"], "tunable: steps takes a whole number, got '2.5'"),
    (["mirrored": "yes"], "tunable: mirrored takes true or false, got 'yes'"),
    (
      ["alpha": "-1", "steps": "0"],
      "tunable: alpha must be above 0, got -1.0; steps must be above 0, got 0.0"
    ),
  ])
  func errorsSayWhatToDo(overrides: [String: String], text: String) {
    let error = #expect(throws: OverrideError.self) { try Tunable.with(overrides) }
    #expect(error?.description == text)
  }

  @Test func methodWithoutHyperparameters() {
    let error = OverrideError.unknown("alpha", method: "plain", known: [])
    #expect(
      error.description == "plain has no hyper-parameters, so 'alpha' cannot be set; leave it out")
  }
}
