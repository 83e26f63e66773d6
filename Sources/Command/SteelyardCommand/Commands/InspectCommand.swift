import ArgumentParser
import Datasets
import Foundation
import Runs

/// `steelyard inspect`
struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Look at a data set before training: counts, sizes, duplicates, leakage, damage.",
    discussion: "Exit status 2 for whatever train would refuse: it is said in the same words.")

  @Argument(
    help: ArgumentHelp(
      "Folder of class folders, table (CSV, TSV, JSONL), MedMNIST .npz or IDX folder.",
      valueName: "data"))
  var data: String

  @OptionGroup(title: "Data") var tables: Flags<TableOptions>
  @OptionGroup(title: "Data") var selection: Flags<SelectionOptions>

  @Flag(help: "Print the inputs as JSON.")
  var json = false

  func run() throws {
    let options = TrainOptions([tables.typed, selection.typed])
    let dataset = try Dataset.open(data, options).naming(options)
    if let words = dataset.classNames?.guess { StandardStreams.note(words) }
    let threads = ProcessInfo.processInfo.activeProcessorCount
    let inspection = Inspection(dataset, Survey(dataset, threads: threads))
    if json {
      try StandardStreams.json(inspection)
    } else {
      StandardStreams.write(InspectionText.text(inspection, style: StandardStreams.style))
    }
    if !inspection.problems.isEmpty { throw ExitCode(ExitStatus.checkFailed) }
  }
}
