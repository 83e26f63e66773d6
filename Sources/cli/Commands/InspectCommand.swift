import ArgumentParser
import Datasets
import Foundation

/// `steelyard inspect`
struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Look at a data set before training: counts, sizes, duplicates, leakage, damage.",
    discussion: "Exit status 2 if images do not decode, or parts of the split share images.")

  @Argument(
    help: ArgumentHelp(
      "Folder of class folders, table (CSV, TSV, JSONL), MedMNIST .npz or IDX folder.",
      valueName: "data"))
  var data: String

  @Option(help: ArgumentHelp("Take the split from this file.", valueName: "file"))
  var splitFile: String?

  @Option(help: ArgumentHelp("Leave this class out; repeatable.", valueName: "name"))
  var dropClass: [String] = []

  @Flag(help: "Print the findings as JSON.")
  var json = false

  func run() throws {
    var dataset = try Dataset.open(data)
    if !dropClass.isEmpty { dataset = try dataset.dropping(classes: dropClass) }
    if let splitFile { dataset = try SplitFile.apply(splitFile, to: dataset) }
    let threads = ProcessInfo.processInfo.activeProcessorCount
    let inspection = Inspection(dataset, Survey(dataset, threads: threads))
    if json {
      try StandardStreams.json(inspection)
    } else {
      StandardStreams.write(InspectionText.text(inspection, style: StandardStreams.style))
    }
    let isSound = inspection.unreadable.isEmpty && inspection.leakage.isClean
    if !isSound { throw ExitCode(ExitStatus.checkFailed) }
  }
}
