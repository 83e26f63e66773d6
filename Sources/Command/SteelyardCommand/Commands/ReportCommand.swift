import ArgumentParser
import Files
import Foundation
import Reports
import Runs
import Targets

/// `steelyard report`
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Write a report that opens in any browser, of one run or of several side by side.",
    discussion: """
      Of one run: report.html, report.json and the model card README.md in its folder, made anew. Of a \
      table of predictions, or of several runs or tables: one page, report.html here unless --output \
      says where. Several are compared with the first, image by image. The page is one file and \
      needs no network. A report.json is drawn again as it is. Pictures are those that the run's report \
      has already; others are opened below the folder that --data names.
      """)

  @Argument(help: ArgumentHelp("Run directories or predictions.", valueName: "run|table"))
  var paths: [String]

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Write the page to this file.", valueName: "file.html"))
  var output: String?

  @Flag(help: "Replace the file if it exists.")
  var overwrite = false

  @Option(help: ArgumentHelp("Part of the data (default: test of runs).", valueName: "part"))
  var split: String?

  @Option(
    help: ArgumentHelp("Where the labels come from, in a sentence; of one run.", valueName: "words")
  )
  var reference: String?

  @Option(
    help: ArgumentHelp("What the model is for, in a sentence; of one run.", valueName: "words"))
  var use: String?

  @Option(
    name: .customLong("acts-on"),
    help: ArgumentHelp(
      "On which images, ranked by the model, somebody acts: picks the advice on AUROC and AUPRC; of one run.",
      valueName: "all|top|top-per-group"))
  var actsOn: ActsOn?

  @Option(
    help: ArgumentHelp(
      "Licence of the model, as Hugging Face names it; of one run.", valueName: "name"))
  var license: String?

  @Option(
    help: ArgumentHelp(
      "Show pictures of mistakes from this folder, or that of this table (default: those shown before).",
      valueName: "data"))
  var data: String?

  @OptionGroup(title: "Reading") var reading: ReadingFlags
  @OptionGroup(title: "Intervals") var intervals: GroupedIntervalFlags
  @OptionGroup(title: "Targets") var target: TargetFlags
  @OptionGroup(title: "Computing") var memory: MemoryFlags
  @OptionGroup(title: "Reporting") var report: ReportFlags

  private var statements: ReportFiles.Statements {
    .init(reference: reference, use: use, actsOn: actsOn, license: license)
  }

  func validate() throws {
    let isStored = paths.first?.hasSuffix(".json") ?? false
    if !statements.isEmpty && (paths.count > 1 || isStored) {
      throw ValidationError(
        "--reference, --use, --acts-on and --license go into the report of one run or table.")
    }
  }

  func run() throws {
    if let path = paths.first, paths.count == 1, output == nil, split == nil, !report.json,
      FilePath.isFolder(path)
    {
      let run = try RunDirectory(existing: path)
      let claim = try run.claimed()
      try ReportFiles.write(
        run, intervals: intervals.settings, statements: statements, reading.options,
        pictures: RunPictures(below: data))
      withExtendedLifetime(claim) {}
      return report.note("wrote report.html, report.json and README.md in \(path)")
    }
    if paths.count == 1, paths[0].hasSuffix(".json"), let option = givenOfPredictions {
      throw OptionError.conflict(
        "\(option): a report.json is drawn again as it is; leave it out, or report the run or the table"
      )
    }
    guard license == nil else {
      throw OptionError.conflict(
        "license: goes into the model card, which only the report in a run's own folder has")
    }
    // With --json a page is written where it is asked for.
    let file = output ?? (report.json ? nil : "report.html")
    try ExistingFiles.refuse([("output", file)], over: paths + [data])
    try ExistingFiles.refuse([("output", file)], unless: overwrite)
    if let path = paths.first, paths.count == 1, !path.hasSuffix(".json") {
      let kind = target.kind(of: path, reading.options)
      try target.check(kind, of: path)
      if kind != .classes { return try writeTargets(kind, path, to: file) }
    }
    let document =
      try ReportFiles.stored(paths)
      ?? ReportFiles.document(
        paths, split: split, intervals: intervals.settings, statements: statements,
        reading.options, pictures: RunPictures(below: data), note: report.note)
    try write(document.html, to: file)
    if report.json { try StandardStreams.json(document) }
  }

  private func write(_ page: () -> String, to file: String?) throws(FileError) {
    guard let file else { return }
    try AtomicFile.write(page(), to: file)
    report.note("wrote \(file)")
  }

  /// The first option about predictions or pictures; nil where none was given.
  private var givenOfPredictions: String? {
    let given: [(name: String, isGiven: Bool)] = [
      ("split", split != nil), ("data", data != nil), ("positive", reading.positive != nil),
      ("renormalize", reading.renormalize), ("ordered", reading.ordered),
      ("task", target.task != nil), ("order", target.order != nil),
      ("unknown", target.unknown != .ignore), ("study-column", target.studyColumn != nil),
      ("study-join", target.studyJoin != nil), ("rule", target.rule != nil),
      ("hierarchy", target.hierarchy != nil), ("bins", target.bins != nil),
    ]
    return given.first(where: \.isGiven)?.name
  }

  /// The page of a table of labels, grades or numbers.
  private func writeTargets(_ kind: TargetKind, _ path: String, to file: String?) throws {
    guard statements.isEmpty else {
      throw OptionError.conflict(
        "reference, use, acts-on: they go into reports of classes; leave them out")
    }
    guard data == nil else {
      throw OptionError.conflict(
        "data: reports of \(kind.words) show no pictures; leave it out")
    }
    try reading.check(kind, of: path)
    let judgement = try TargetJudgement(
      kind, path, split: split, reading.options, target, intervals.settings)
    try write({ TargetSheet.html(judgement.sheets, title: judgement.name) }, to: file)
    if report.json { try StandardStreams.json(judgement.json) }
  }
}
