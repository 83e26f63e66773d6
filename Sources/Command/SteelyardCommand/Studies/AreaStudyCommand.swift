import ArgumentParser
import Console
import Evaluation
import Randomness
import Reports

/// `steelyard study auroc-auprc`
struct AreaStudyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "auroc-auprc",
    abstract: "Which of two groups gains when a model is tuned by AUROC, and which by AUPRC.",
    discussion: """
      Two groups of equal size and equal AUROC differ in prevalence. Mistakes are corrected one at a time, \
      chosen by each metric in turn; shown is what each group's own AUROC has gained, and drawn how it gained it. \
      Source: McDermott et al., NeurIPS 2024.
      """)

  @Option(
    parsing: .unconditional, help: ArgumentHelp("Examples of each group.", valueName: "count"))
  var count = AreaStudy().count

  @Option(parsing: .unconditional, help: ArgumentHelp("Mistakes corrected.", valueName: "count"))
  var repairs = AreaStudy().repairs

  @Option(parsing: .unconditional, help: ArgumentHelp("Repetitions.", valueName: "count"))
  var repetitions = AreaStudy().repetitions

  @Option(
    name: .customLong("prevalence"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "Prevalence of a group; once for each group (default: 0.05 and 0.01).", valueName: "part"))
  var asked: [Double] = []

  private var prevalences: [Double] { asked.isEmpty ? AreaStudy().prevalences : asked }

  @Option(
    parsing: .unconditional, help: ArgumentHelp("Seed of the repetitions.", valueName: "number"))
  var seed: UInt64 = 0

  @OptionGroup(title: "Output") var output: StudyFlags

  func validate() throws {
    let fitting = prevalences.allSatisfy { $0 > 0 && $0 < 1 && (Double(count) * $0).rounded() >= 1 }
    guard (2...100_000).contains(count), (0...100_000).contains(repairs),
      (2...10_000).contains(repetitions), !prevalences.isEmpty, fitting
    else {
      throw ValidationError(
        "expected a count of 2 to 100,000, repairs up to 100,000, 2 to 10,000 repetitions, and prevalences"
          + " between 0 and 1 that give each group a positive example")
    }
  }

  func run() throws {
    var study = AreaStudy()
    (study.count, study.prevalences) = (count, prevalences)
    (study.repairs, study.repetitions) = (repairs, repetitions)
    let steps = Self.steps(to: repairs)
    let courses = AreaStudy.Target.allCases.map { target in
      (
        target: target,
        gains: study.gains(correcting: target, after: steps, key: RandomKey(seed: seed))
      )
    }
    let results = courses.map { target, gains in
      Result(tunedBy: target, gains: gains.last ?? [])
    }
    try output.show(sheet(results, .gains(after: steps, courses)), results)
  }

  /// Numbers of corrected mistakes that are drawn: at most 51, the first 0 and the last all of them.
  private static func steps(to repairs: Int) -> [Int] {
    let count = min(repairs, 50)
    return [0] + (0..<count).map { ($0 + 1) * repairs / count }
  }

  private func sheet(_ results: [Result], _ plot: StandalonePlot) -> StudySheet {
    StudySheet(
      columns: [
        .init("tuned_by", "tuned by", isNumber: false), .init("prevalence", "prevalence"),
        .init("gain", "gain in AUROC"), .init("standard_error", "standard error"),
      ],
      rows: results.flatMap { result in
        result.gains.map { gain in
          [
            .init(result.tunedBy.rawValue), .init("\(gain.prevalence)"),
            .init(gain.mean, places: 4), .init(gain.standardError, places: 4),
          ]
        }
      },
      words:
        "Gain in each group's own AUROC after \(Format.count(repairs)) corrected mistakes, mean and standard error"
        + " of \(Format.count(repetitions)) repetitions.",
      plot: plot)
  }

  private struct Result: Encodable {
    var tunedBy: AreaStudy.Target
    var gains: [AreaStudy.Gain]

    enum CodingKeys: String, CodingKey {
      case tunedBy = "tuned_by"
      case gains
    }
  }
}
