import ArgumentParser
import Batches
import Datasets
import Evaluation
import Files
import Foundation
import Inference
import Training

/// `steelyard evaluate`
struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Measure a trained model on the test part of its data, or on other data.",
    discussion: """
      Writes predictions-*.csv and metrics-*.json into the run directory and prints a table with a \
      row per class. Every image is evaluated exactly once.
      """)

  @Argument(help: ArgumentHelp("Run directory.", valueName: "run"))
  var path: String

  @Option(
    help: ArgumentHelp(
      "Other data than the run's: folder, table, .npz or IDX folder.", valueName: "data"))
  var data: String?

  @Option(
    help: ArgumentHelp(
      "Part of the data: train, val, test, or all.", valueName: "part"))
  var split = "test"

  @Option(help: ArgumentHelp("Write the files here instead.", valueName: "folder"))
  var outputDir: String?

  @OptionGroup(title: "Computing") var inference: InferenceFlags
  @OptionGroup(title: "Reporting") var report: ReportFlags

  func validate() throws {
    if split != "all" && Split(rawValue: split) == nil {
      throw ValidationError("--split: expected train, val, test or all, got '\(split)'.")
    }
  }

  func run() throws {
    let run = try RunDirectory(existing: path)
    let model = try TrainedModel(path, inference)
    let classes = ClassList(model.description.classes)
    let (dataset, name) = try opened(run)
    // Data without parts of their own are evaluated whole.
    let isSplit = dataset.examples.contains { $0.split != nil }
    let part = isSplit && split != "all" ? Split(rawValue: split) : nil
    let images = ImageSet(try dataset.labelled(part, classes: classes))
    let predictions = try model.predictions(
      on: images, label: "evaluating", isQuiet: report.quiet)
    let metrics = MetricsReport(predictions, trainingCounts: model.description.trainingCounts)
    let label = [name, part?.rawValue ?? "all"].compactMap { $0 }.joined(separator: "-")
    try write(predictions, metrics, label: label, run)
  }

  /// The data, and the name by which the files tell them from the run's own.
  private func opened(_ run: RunDirectory) throws -> (Dataset, name: String?) {
    let threads = ProcessInfo.processInfo.activeProcessorCount
    if let data {
      let dataset = try Dataset.open(data).usable(
        inference.onBadImage, threads: threads, note: note)
      return (dataset, FilePath.stem(of: FilePath.absolute(data)))
    }
    var options = try ResolvedOptions(file: ConfigFile.read(run.config)).values
    if inference.onBadImage == .skip { options.onBadImage = .skip }
    // The very split of the run: data that have changed since are refused, not split anew.
    options.splitFile = run.split
    guard let path = options.data else {
      throw OptionError.missing("data-dir in \(run.config)", hint: "name the data with --data")
    }
    return (try RunData(options, path: path, threads: threads).dataset, nil)
  }

  private func write(
    _ predictions: Predictions, _ metrics: MetricsReport, label: String, _ run: RunDirectory
  ) throws {
    let folder = outputDir ?? run.path
    let (table, numbers) = ("predictions-\(label).csv", "metrics-\(label).json")
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try predictions.write(to: FilePath.join(folder, table))
    try JSONFile.write(metrics, to: FilePath.join(folder, numbers))
    if report.json {
      try StandardStreams.json(metrics)
    } else {
      StandardStreams.write(ReportText.text(metrics, style: StandardStreams.style))
    }
    note("wrote \(table) and \(numbers) to \(folder)")
  }

  private func note(_ text: String) {
    if !report.quiet { StandardStreams.note(text) }
  }
}
