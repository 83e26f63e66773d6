import ArgumentParser
import Datasets
import Foundation
import Runs
import Targets

/// `steelyard inspect`
struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Look at a data set before training: counts, sizes, duplicates, leakage, damage.",
    discussion: "Exit status 2 for whatever train would refuse: it is said in the same words.")

  @Argument(
    help: ArgumentHelp(
      "Folder of class folders, table (CSV, TSV, JSONL), COCO's .json, MedMNIST .npz or IDX folder; features (.npy, .npz,"
        + " .csv) or series (.ts).",
      valueName: "data"))
  var data: String

  @OptionGroup(title: "Data") var tables: Flags<TableOptions>
  @OptionGroup(title: "Data") var categories: Flags<CategoryOptions>
  @OptionGroup(title: "Data") var texts: Flags<TextColumnOptions>
  @OptionGroup(title: "Data") var targets: Flags<TargetOptions>
  @OptionGroup(title: "Data") var selection: Flags<SelectionOptions>
  @OptionGroup(title: "Data") var pixels: Flags<PixelOptions>
  @OptionGroup(title: "Computing") var memory: MemoryFlags

  @Flag(help: "Print what was found as JSON.")
  var json = false

  func run() throws {
    var options = TrainOptions([
      tables.typed, categories.typed, texts.typed, targets.typed, selection.typed, pixels.typed,
    ])
    options.readsCells = true
    try options.checkOrder()
    let target = FoundTarget(data, options)
    try target.checkCounting(options)
    let opened = try Dataset.open(data, options, takesLabels: true).naming(options)
    let dataset = try opened.withColumns(options.columnSettings()).data
    LabelText.lines(dataset, target, options.unknown).forEach(StandardStreams.note)
    if let words = NumberText.sign(dataset, target) { StandardStreams.note(words) }
    if let words = dataset.classNames?.guess { StandardStreams.note(words) }
    let threads = ProcessInfo.processInfo.activeProcessorCount
    let survey = Survey.kept(dataset, of: data, threads: threads, isFresh: options.rehash)
    let copies = NearCopies(dataset, survey, threads: threads)
    let inspection = Inspection(dataset, survey, nearCopies: copies)
    if json {
      try StandardStreams.json(inspection)
    } else {
      StandardStreams.write(InspectionText.text(inspection, style: StandardStreams.style))
      let side = min(inspection.width?.median ?? 0, inspection.height?.median ?? 0)
      // What it names is of classes.
      if inspection.problems.isEmpty, !inspection.classes.isEmpty, inspection.withoutLabel == nil,
        inspection.number == nil,
        let advice = PublishedWeights.advice(
          for: data, images: inspection.input == .images ? inspection.images : nil, side: side)
      {
        StandardStreams.write(advice + "\n")
      }
    }
    if !inspection.problems.isEmpty { throw ExitCode(ExitStatus.checkFailed) }
  }
}
