import ArgumentParser
import Console
import Reports
import Studies

/// `steelyard study memory`
struct MemoryStudyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "memory",
    abstract: "Which optimiser learns rare facts: gradient descent, sign descent or Muon.",
    discussion: """
      A linear associative memory learns facts of which a few are common, until those are known; shown is how well it then \
      knows the rare ones. Decoupled facts have entries of the weights to themselves, coupled ones share them. \
      Source: Wang et al., 2025.
      """)

  @Option(
    parsing: .unconditional, help: ArgumentHelp("Facts, a multiple of 3.", valueName: "count"))
  var facts = MemoryStudy().facts

  @Option(parsing: .unconditional, help: ArgumentHelp("Facts that are common.", valueName: "count"))
  var head = MemoryStudy().head

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Part of the examples that are of common facts.", valueName: "part"))
  var mass = MemoryStudy().mass

  @OptionGroup(title: "Output") var output: StudyFlags

  func validate() throws {
    guard facts % 3 == 0, (3...300).contains(facts), head >= 1, head < facts, mass > 0, mass < 1
    else {
      throw ValidationError(
        "expected a multiple of 3 facts, at most 300, fewer of them common, and a mass between 0 and 1"
      )
    }
  }

  func run() throws {
    var study = MemoryStudy()
    (study.facts, study.head, study.mass) = (facts, head, mass)
    let results = study.results()
    try output.show(sheet(results), results)
  }

  private func sheet(_ results: [MemoryStudy.Result]) -> StudySheet {
    StudySheet(
      columns: [
        .init("facts", "facts", isNumber: false), .init("rule", "rule", isNumber: false),
        .init("steps", "steps"), .init("common", "common, known"), .init("rare", "rare, known"),
        .init("gap", "best less worst"),
      ],
      rows: results.map { result in
        [
          .init(Self.kind(result)), .init(result.rule.rawValue), .init(result.steps),
          .init(result.head), .init(result.tail), .init(result.gap),
        ]
      },
      words: "Probability of the right answer, when that of common facts has a mean above 0.9.",
      plot: StandalonePlot(
        title: "What is known of rare facts while common ones are learned",
        description:
          "Mean probability of the right answer of rare facts against that of common ones",
        xTitle: "common facts", yTitle: "rare facts",
        lines: results.map { result in
          .init(
            "\(result.rule.rawValue), \(Self.kind(result))", x: result.course.map { $0[0] },
            y: result.course.map { $0[1] })
        }))
  }

  private static func kind(_ result: MemoryStudy.Result) -> String {
    result.isCoupled ? "coupled" : "decoupled"
  }
}
