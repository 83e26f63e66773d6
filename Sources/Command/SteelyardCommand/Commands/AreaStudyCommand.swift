import ArgumentParser
import Console
import Evaluation
import Randomness

/// `steelyard study auroc-auprc`
struct AreaStudyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "auroc-auprc",
    abstract: "Which of two groups gains when a model is tuned by AUROC, and which by AUPRC.",
    discussion: """
      Two groups of equal size and equal AUROC differ in prevalence. Mistakes are corrected one at a time, \
      chosen by each metric in turn; shown is what each group's own AUROC has gained. \
      Source: McDermott et al., NeurIPS 2024.
      """)

  @Option(help: ArgumentHelp("Examples of each group.", valueName: "count"))
  var count = AreaStudy().count

  @Option(help: ArgumentHelp("Mistakes corrected.", valueName: "count"))
  var repairs = AreaStudy().repairs

  @Option(help: ArgumentHelp("Repetitions.", valueName: "count"))
  var repetitions = AreaStudy().repetitions

  @Option(
    name: .customLong("prevalence"),
    help: ArgumentHelp(
      "Prevalence of a group; once for each group (default: 0.05 and 0.01).", valueName: "part"))
  var asked: [Double] = []

  private var prevalences: [Double] { asked.isEmpty ? AreaStudy().prevalences : asked }

  @Option(help: ArgumentHelp("Seed of the repetitions.", valueName: "number"))
  var seed: UInt64 = 0

  @Flag(help: "Print the result as JSON on standard output.")
  var json = false

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
    let results = AreaStudy.Target.allCases.map { target in
      Result(
        tunedBy: target, gains: study.gains(correcting: target, key: RandomKey(seed: seed)))
    }
    if json { return try StandardStreams.json(results) }
    StandardStreams.write(table(results).text(style: StandardStreams.style))
    StandardStreams.result(
      "\nGain in each group's own AUROC after \(repairs) corrected mistakes, mean ± standard error of"
        + " \(repetitions) repetitions.")
  }

  private func table(_ results: [Result]) -> TextTable {
    let heads = prevalences.map { TextTable.Column.right("gain at prevalence \($0)") }
    var table = TextTable([.left("tuned by")] + heads)
    for result in results {
      let cells = result.gains.map { gain in
        Format.decimal(gain.mean, places: 4) + " ± " + Format.decimal(gain.standardError, places: 4)
      }
      table.add([result.tunedBy.rawValue] + cells)
    }
    return table
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
