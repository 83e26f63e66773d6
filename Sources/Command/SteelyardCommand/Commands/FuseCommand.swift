import ArgumentParser
import Decisions
import Evaluation
import Files
import Randomness
import Runs
import Uncertainty

/// `steelyard fuse`
struct FuseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fuse",
    abstract:
      "Fuse what a model says of images with columns of a table, and see what each part adds.",
    discussion: """
      A logistic head on the log-probabilities and the columns, fitted to rows that the model has not learned from: of a run \
      its validation part, judged on its test part; of a table its rows of split val, judged on those of split test, or all \
      rows (as crossfit writes them), each judged by a head that has not seen its fold. Groups stay together. Then the head is \
      fitted without the model, and without each column, and all are compared on the same rows.

      Columns of numbers and of words are known by their cells; a missing number has a place of its own.

      Example: steelyard fuse runs/skin --table patients.csv --columns age,sex,site --output-dir fused
      Example: steelyard fuse new.csv --head fused/fusion.json --table patients.csv --output-dir fused-new
      """)

  @Argument(help: ArgumentHelp("Run directory, or predictions of classes.", valueName: "run|table"))
  var path: String

  @Option(
    help: ArgumentHelp(
      "Table with the columns, a row for each prediction (default: that of the run's data).",
      valueName: "table"))
  var table: String?

  @Option(help: ArgumentHelp("The columns to fuse.", valueName: "name,name,…"))
  var columns: String?

  @Option(
    help: ArgumentHelp(
      "Those of them that are words, though they are spelled as numbers.", valueName: "name,name,…")
  )
  var categories: String?

  @Option(
    help: ArgumentHelp(
      "Column of the table that names the rows as the predictions do (default: path, image, id, …).",
      valueName: "name"))
  var idColumn: String?

  @Option(
    help: ArgumentHelp(
      "Follow this head in place of a fit: write predictions-fused.csv and judge nothing.",
      valueName: "fusion.json"))
  var head: String?

  @Option(help: ArgumentHelp("Folds where no other rows judge.", valueName: "count"))
  var folds = 5

  @Option(help: ArgumentHelp("Seed of the folds.", valueName: "number"))
  var seed: UInt64 = 0

  @Option(
    help: ArgumentHelp(
      "Write fusion.json, predictions-fused.csv and metrics-fusion.json here.", valueName: "folder")
  )
  var outputDir: String?

  @OptionGroup(title: "Intervals") var intervals: SamplingFlags
  @OptionGroup(title: "Reporting") var report: ReportFlags

  func validate() throws {
    guard folds >= 2 else { throw ValidationError("--folds: expected at least 2, got \(folds).") }
    if head == nil && columns == nil {
      throw ValidationError("--columns: name the columns to fuse, such as --columns age,sex.")
    }
    if head != nil && (columns != nil || categories != nil) {
      throw ValidationError("--head has its own columns; leave --columns and --categories out.")
    }
    if head != nil && outputDir == nil {
      throw ValidationError("--output-dir: name the folder for what the head says.")
    }
  }

  func run() throws {
    if let head { return try follow(head) }
    let names = try list(columns ?? "", "columns")
    let words = try list(categories ?? "", "categories")
    if let strange = words.first(where: { !names.contains($0) }) {
      throw FusionError.badColumns(
        "'\(strange)' is a category and not among --columns \(names.joined(separator: ","))")
    }
    let cells = try FusionTable(tablePath(), names: names, id: idColumn)
    let (fitting, judged) = try rows()
    let found = try FusionReport(
      cells.joined(fitting), judged: judged.map { try cells.joined($0) }, names: names,
      categories: Set(words), folds: folds, key: RandomKey(seed: seed),
      settings: intervals.required())
    let strange = strange(try cells.joined(judged ?? fitting), found.head)
    let numbers = FusionJSON(found, strange: strange)
    if let outputDir {
      try RunDirectory.makeFolder(outputDir)
      try JSONFile.write(found.head, to: FilePath.join(outputDir, "fusion.json"))
      try found.fused.write(to: FilePath.join(outputDir, "predictions-fused.csv"))
      try JSONFile.write(numbers, to: FilePath.join(outputDir, "metrics-fusion.json"))
      report.note(
        "wrote fusion.json, predictions-fused.csv and metrics-fusion.json in \(outputDir)")
    }
    if report.json { return try StandardStreams.json(numbers) }
    StandardStreams.write(
      FusionText(report: found, strange: strange).text(style: StandardStreams.style))
  }

  /// What a stored head says.
  private func follow(_ file: String) throws {
    let head = try JSONFile.read(FusionHead.self, from: file)
    let cells = try FusionTable(tablePath(), names: head.columns.map(\.name), id: idColumn)
    let said = try LabelledPredictions.unjudged(path)
    let rows = try cells.joined(said)
    for (column, count) in strange(rows, head) {
      report.note("\(column): \(count) cells are unlike those of the fit")
    }
    let folder = outputDir ?? "."
    try RunDirectory.makeFolder(folder)
    try rows.predictions(by: head).write(to: FilePath.join(folder, "predictions-fused.csv"))
    report.note("wrote predictions-fused.csv in \(folder)")
  }

  /// The rows of the fit, and others that judge.
  private func rows() throws -> (Predictions, Predictions?) {
    func read(_ split: String?) throws -> Predictions {
      try LabelledPredictions(path, split: split).withScores(for: "a fusion").predictions
    }
    if FilePath.isFolder(path) { return (try read("val"), try read("test")) }
    let whole = try read(nil)
    let parts = Set(whole.splits ?? [])
    guard parts.contains("val"), parts.contains("test") else { return (whole, nil) }
    return (try read("val"), try read("test"))
  }

  private func tablePath() throws -> String {
    if let table { return table }
    if FilePath.isFolder(path) {
      let data = try RunDirectory(existing: path).options().values.data
      if let data, FilePath.isFile(data) { return data }
    }
    throw OptionError.missing("the table of the columns", hint: "name it with --table")
  }

  private func list(_ text: String, _ option: String) throws(FusionError) -> [String] {
    let names = text.split(separator: ",", omittingEmptySubsequences: false)
      .map { Label.trimmed(String($0)) }
    if text.isEmpty && option == "categories" { return [] }
    guard !names.contains(""), Set(names).count == names.count else {
      throw .badColumns("expected different names with commas between them, got '\(text)'")
    }
    return names
  }

  private func strange(_ rows: FusionRows, _ head: FusionHead) -> [(column: String, count: Int)] {
    head.columns.compactMap { column in
      guard let place = rows.names.firstIndex(of: column.name) else { return nil }
      let count = rows.cells[place].count { !column.knows($0) }
      return count > 0 ? (column.name, count) : nil
    }
  }
}

extension LabelledPredictions {
  /// Predictions of a run's test part or of a table, whether or not they carry the truth.
  fileprivate static func unjudged(_ path: String) throws -> Predictions {
    if FilePath.isFolder(path) {
      return try LabelledPredictions(path, split: "test").predictions
    }
    return try Predictions.read(path)
  }
}
