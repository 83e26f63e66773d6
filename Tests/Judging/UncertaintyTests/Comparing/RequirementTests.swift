import Testing
import Uncertainty

@Suite("Requirements of a gate")
struct RequirementTests {
  @Test("metric, relation and bound, with or without spaces")
  func parsing() throws {
    for text in ["f1_macro >= -0.01", "f1_macro>=-0.01", "  f1_macro  >=  -.01 "] {
      let requirement = try Requirement(parsing: text)
      #expect(requirement.metric == "f1_macro" && requirement.relation == .atLeast)
      #expect(requirement.bound == -0.01)
      #expect(requirement.text == "f1_macro >= -0.01")
    }
    let loss = try Requirement(parsing: "log_loss <= 0.02")
    #expect(loss.relation == .atMost)
    #expect(loss.allows(0.02) && !loss.allows(0.03))
    #expect(try Requirement(parsing: "mcc >= 0").allows(0))
  }

  @Test("a class in brackets, whatever it is called")
  func ofClass() throws {
    for name in ["melanoma", "grade <= 2", "[x]", "a >= b", "ü b"] {
      let requirement = try Requirement(parsing: "recall[\(name)] >= -0.05")
      #expect(requirement.metric == "recall" && requirement.ofClass == name)
      #expect(requirement.bound == -0.05 && requirement.relation == .atLeast)
      #expect(try Requirement(parsing: requirement.text) == requirement)
    }
    let words = try #require(message("f1_macro[melanoma] >= 0"))
    #expect(
      words == "unknown metric 'f1_macro'; Metrics: recall, f1, roc_auc, average_precision"
        || words.hasPrefix("unknown metric 'f1_macro'; did you mean"))
  }

  private func message(_ text: String) -> String? {
    do throws(RequirementError) {
      _ = try Requirement(parsing: text)
      return nil
    } catch {
      return error.description
    }
  }

  @Test("an unknown metric names the nearest one and lists all")
  func unknownMetric() throws {
    let words = try #require(message("f1_marco >= 0"))
    #expect(
      words.hasPrefix("unknown metric 'f1_marco'; did you mean 'f1_macro'? Metrics: accuracy,"))
    #expect(try #require(message("zzzzzzzzz >= 0")).hasPrefix("unknown metric 'zzzzzzzzz'"))
  }

  @Test("what is no requirement says what one looks like")
  func notARequirement() {
    for text in ["", "f1_macro", ">= 1", "f1_macro > 1", "f1_macro = 1", "recall[] >= 1"] {
      #expect(
        message(text)
          == "cannot read the requirement '\(text)': expected METRIC >= NUMBER or METRIC <= NUMBER,"
          + " such as 'f1_macro >= -0.01' or, of a class, 'recall[melanoma] >= -0.05'")
    }
    #expect(
      message("mcc >= 1%")
        == "cannot read the bound '1%' of mcc: expected a number, such as -0.01")
    #expect(message("mcc >= nan") != nil && message("mcc >= ") != nil)
  }

  @Test("not to be worse by more than a margin, whichever way is worse")
  func nonInferior() throws {
    #expect(try Requirement(nonInferior: "mcc", margin: 0.02).text == "mcc >= -0.02")
    #expect(try Requirement(nonInferior: " log_loss ", margin: 0.1).text == "log_loss <= 0.1")
    #expect(
      try Requirement(nonInferior: "recall[a >= b]", margin: 0.05).text
        == "recall[a >= b] >= -0.05")
    for margin in [0, -0.1, .infinity, .nan] {
      #expect(throws: RequirementError.self) {
        try Requirement(nonInferior: "mcc", margin: margin)
      }
    }
    #expect(throws: RequirementError.self) { try Requirement(nonInferior: "mc", margin: 0.1) }
    #expect("\(RequirementError.notAMargin(-1))".hasPrefix("cannot take -1.0 as the margin"))
  }
}
