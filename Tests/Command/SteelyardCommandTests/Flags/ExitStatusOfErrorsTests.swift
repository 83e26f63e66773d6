import ArgumentParser
import Audit
import Curation
import Decisions
import Evaluation
import Files
import Runs
import SteelyardCommand
import Targets
import Testing
import Uncertainty

/// With which status each kind of error ends: 64 for what was typed, 2 for what the data or files are, 1 for the rest.
@Suite struct ExitStatusOfErrorsTests {
  @Test func whatWasTypedWronglyIs64() {
    let errors: [any Error] = [
      OptionError.conflict("a and b"), OptionError.missing("the data", hint: "name it"),
      OperatingPointError.unknownClass("cta", classes: ["cat"]),
      OperatingPointError.badLevel(.sensitivity(atLeast: 95)), AbstentionError.badLevel(9),
      PrevalenceError.badSum(1.1), PrevalenceError.notAShare("a", value: "-1"),
      RequirementError.notARequirement("x"),
      PositiveClassError.unknown("x", nearest: nil, classes: ["a", "b"]),
      CostMatrixError.wrongShape(rows: [1], classes: 2), EnsembleError.tooFew(1),
      EnsembleError.otherOrder(expected: ["a", "b"]), CrossfitDirectoryError.notACrossfit("x"),
      CompareDirectoryError.notAComparison("x"), CompareDirectoryError.occupied("x"),
      ValidationError("wrong"),
    ]
    for error in errors { #expect(Entrance.status(of: error) == 64, "\(error)") }
  }

  @Test func whatACheckFindsIs2() {
    let errors: [any Error] = [
      OperatingPointError.noExamples("a", constraint: .sensitivity(atLeast: 0.9)),
      OperatingPointError.unreachable(
        "a", constraint: .workload(atMost: 0.1), best: 0.2, holding: nil),
      AbstentionError.noExamples, AbstentionError.unreachable(risk: 0.1, best: 0.2),
      PrevalenceError.noExamples, PrevalenceError.wrongCount(1, classes: ["a", "b"]),
      PredictionsError.noClasses, ComparisonError.noTruth,
      DecisionRuleError.otherClasses(rule: ["a"], given: ["b"]),
      CurationError.noRows("x"), AuditError.noExamples("x"), RatingError.noRatings(file: "x"),
      EnsembleError.noFolds(path: "x", found: 0),
      FileError.malformed(path: "x", reason: "is empty"),
      FileError.malformedLine(path: "x", line: 3, reason: "is wrong"),
      RunFileError.newer(path: "x", format: 9, known: 1),
    ]
    for error in errors { #expect(Entrance.status(of: error) == 2, "\(error)") }
  }

  @Test func theRestIs1() {
    let errors: [any Error] = [
      RunError.notARun("x"), RunError.busy("x"), FileError.missing(path: "x"),
      CompareDirectoryError.busy("x"), CrossfitDirectoryError.busy("x"),
      CompareError.nothingDone(folder: "x", firstProblem: "y"),
    ]
    for error in errors { #expect(Entrance.status(of: error) == 1, "\(error)") }
  }

  @Test func aStatusThatIsGivenIsKept() {
    for status: Int32 in [0, 1, 2, 130] {
      #expect(Entrance.status(of: ExitCode(status)) == status)
    }
    #expect(Entrance.status(of: CleanExit.helpRequest()) == 0)
  }
}
