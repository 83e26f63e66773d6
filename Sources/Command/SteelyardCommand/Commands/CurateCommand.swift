import ArgumentParser
import Audit
import Console
import Curation
import Datasets
import Files
import Foundation
import Randomness
import Runs
import Torch

/// `steelyard curate`
struct CurateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "curate",
    abstract: "Choose what to look at, to label or to keep: a diverse set, or a part by a score.",
    discussion: """
      A diverse set, without looking at labels: features (--features, as embed writes them, or the data themselves) \
      are scaled, brought to principal components and clustered within each group; rows are drawn from \
      five bins of each cluster, near and far of its centre. With labels on some rows, --spread proposes them for \
      clusters nearby.

      With --score-column a part is kept by a score, hard or easy, and what each class loses stands beside a \
      random part.

      Nothing is dropped by itself. --output writes of a diverse set curation.csv, clusters.csv, the page curation.html with \
      contact sheets, components.svg and curation.json, of a part curation.csv, classes.csv and curation.json. Write yes or no into the column accept; --accept then \
      writes what train reads.

      Example: steelyard curate tiles --features tiles.npz --no-labels --per-patient 200 --output curated
      Example: steelyard curate --accept curated/curation.csv --output chosen
      Example: steelyard curate blood-cells --scores runs/erm/examples.csv --score-column el2n --last-epoch 5 --split-file runs/erm/split.csv --split train --output part
      """)

  @Argument(
    help: ArgumentHelp(
      "Folder or table of images, or features (.npz, .npy, .csv).", valueName: "data"))
  var data: String?

  @Option(
    help: ArgumentHelp("Features of the same images, as embed writes them.", valueName: "file"))
  var features: String?

  @Option(
    help: ArgumentHelp(
      "Apply answers: a curation.csv with the column accept filled in.", valueName: "file"))
  var accept: String?

  @Option(
    help: ArgumentHelp(
      "Answers for whole clusters: the clusters.csv beside it.", valueName: "file"))
  var acceptClusters: String?

  @Option(
    help: ArgumentHelp("Part of the data: train, val or test (default: all).", valueName: "part"))
  var split: String?

  @Flag(
    name: .customLong("no-labels"),
    help: "Data need no labels; those of a table are kept where it has some.")
  var withoutLabels = false

  @Option(name: .shortAndLong, help: ArgumentHelp("Write the files here.", valueName: "folder"))
  var output: String?

  @Flag(help: "Replace the files of a curation that lie there.")
  var overwrite = false

  @Option(help: ArgumentHelp("Seed of all draws (default: 1).", valueName: "number"))
  var seed: UInt64?

  @OptionGroup var threads: ThreadFlags

  @OptionGroup(title: "Diverse set") var diversity: CurationFlags
  @OptionGroup(title: "Part by a score") var influence: InfluenceFlags
  @OptionGroup(title: "Data") var tables: Flags<TableOptions>
  @OptionGroup(title: "Data") var selection: Flags<SelectionOptions>
  @OptionGroup(title: "Reporting") var report: ReportFlags

  func run() throws {
    if let accept { return try apply(accept) }
    let folder = try output.map { try CurationOutput($0, overwrite: overwrite) }
    let path = data ?? ""
    let options = TrainOptions([tables.typed, selection.typed])
    let input = try CurationInput(path, options, needsLabels: !withoutLabels, split: split)
    ReadingText.lines(input.data.reading).forEach(report.note)
    if split == nil, input.data.examples.contains(where: { $0.split != nil }) {
      report.note(
        "the data have parts of their own, and rows of all are chosen from; --split train leaves val and test alone"
      )
    }
    if influence.scoreColumn != nil { return try keep(input, folder) }
    try Engine.start()
    let workers = threads.count
    if let given = threads.given { Engine.threads = given }
    let rows = try input.rows(features: features, diversity, name: path)
    let curation = try Curation(
      rows, settings: diversity.settings, key: RandomKey(seed: seed ?? 1).folding("curate"),
      threads: workers, products: EngineProducts())
    CurationText.notes(curation).forEach(report.note)
    try folder?.write(curation, pictures: input.data)
    if report.json { return try StandardStreams.json(curation.summary) }
    StandardStreams.write(CurationText.of(curation.summary, style: StandardStreams.style))
    if let output {
      StandardStreams.result("written: \(output)/curation.html, curation.csv, clusters.csv, …")
    }
  }

  /// Keeps a part by a score.
  private func keep(_ input: CurationInput, _ folder: CurationOutput?) throws {
    let part = try ScoredPart(input, influence, seed: seed ?? 1)
    if !part.isEndKnown {
      report.note(
        "--score-column \(influence.scoreColumn ?? ""): large scores are taken as hard; say otherwise with --hard-is low"
      )
    }
    try folder?.write(part)
    if report.json { return try StandardStreams.json(part.summary) }
    StandardStreams.write(CurationText.of(part, style: StandardStreams.style))
    if let output { StandardStreams.result("written: \(output)/curation.csv, classes.csv, …") }
  }

  /// Applies what a person has filled in.
  private func apply(_ file: String) throws {
    let folder = output ?? ""
    let answers = try CurationAnswers(file, clusters: acceptClusters)
    let parts = [("accepted.csv", answers.labelled), ("to-label.csv", answers.open)].map {
      (path: FilePath.join(folder, $0), rows: $1)
    }
    try ExistingFiles.refuse(
      parts.map { ("output", $0.path) }, over: [file, acceptClusters])
    let there = parts.first { FileManager.default.fileExists(atPath: $0.path) }
    if let there, !overwrite {
      throw OptionError.conflict(
        "output: \(there.path) exists; name another folder, or replace it with --overwrite")
    }
    try OutputFolder.make(folder)
    for part in parts {
      // What these answers do not make says nothing of them.
      try? FileManager.default.removeItem(atPath: part.path)
      if !part.rows.isEmpty { try CurationAnswers.write(part.rows, to: part.path) }
    }
    let summary = AnswerSummary(answers)
    if report.json { return try StandardStreams.json(summary) }
    StandardStreams.write(
      "\(Format.count(summary.accepted)) rows accepted (\(Format.count(summary.added)) that were not chosen);"
        + " \(Format.count(summary.rejected)) rejected\n"
        + parts.filter { !$0.rows.isEmpty }.map {
          "written: \($0.path), \(Format.count($0.rows.count)) rows\n"
        }.joined())
  }
}

/// Answers in numbers.
struct AnswerSummary: Codable, Equatable {
  var accepted: Int
  var labelled: Int
  var added: Int
  var rejected: Int

  init(_ answers: CurationAnswers) {
    (accepted, labelled) = (answers.accepted.count, answers.labelled.count)
    (added, rejected) = (answers.added, answers.rejected)
  }
}
