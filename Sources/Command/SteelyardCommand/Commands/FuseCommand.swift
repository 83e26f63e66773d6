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
      rows (as crossfit writes them), each judged by a head that has not seen its fold; without test rows, those of split \
      train are refused. Groups stay together. Then the head is fitted without the model, and without each column, and all \
      are compared on the same rows.

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

  @Option(
    help: ArgumentHelp(
      "Folds where no other rows judge (default: \(Self.usualFolds)).", valueName: "count"))
  var folds: Int?

  @Option(help: ArgumentHelp("Seed of the folds (default: 0).", valueName: "number"))
  var seed: UInt64?

  private static let usualFolds = 5
  private static let fused = "predictions-fused.csv"
  private static let files = ["fusion.json", fused, "metrics-fusion.json"]

  @Option(
    help: ArgumentHelp(
      "Write fusion.json, predictions-fused.csv and metrics-fusion.json here.", valueName: "folder")
  )
  var outputDir: String?

  @Flag(help: "Replace the files of a fusion that lie there.")
  var overwrite = false

  @OptionGroup(title: "Intervals") var intervals: SamplingFlags
  @OptionGroup(title: "Reporting") var report: ReportFlags

  func validate() throws {
    if let folds, folds < 2 {
      throw ValidationError("--folds: expected at least 2, got \(folds).")
    }
    if head == nil && columns == nil {
      throw ValidationError("--columns: name the columns to fuse, such as --columns age,sex.")
    }
    if head != nil && (columns != nil || categories != nil) {
      throw ValidationError("--head has its own columns; leave --columns and --categories out.")
    }
    if head != nil && (folds != nil || seed != nil || report.json) {
      throw ValidationError("--head judges nothing; leave --folds, --seed and --json out.")
    }
    if head != nil && outputDir == nil {
      throw ValidationError("--output-dir: name the folder for what the head says.")
    }
  }

  func run() throws {
    let written = (head == nil ? Self.files : [Self.fused]).map { name in
      (option: "output-dir", path: outputDir.map { FilePath.join($0, name) })
    }
    try ExistingFiles.refuse(written, unless: overwrite)
    try ExistingFiles.refuse(written, over: [path, table, head])
    if let head { return try follow(head) }
    let names = try list(columns ?? "", "columns")
    let words = try list(categories ?? "", "categories")
    if let strange = words.first(where: { !names.contains($0) }) {
      throw FusionError.badColumns(
        "'\(strange)' is a category and not among --columns \(names.joined(separator: ","))")
    }
    let table = try tablePath()
    let cells = try FusionTable(table, names: names, id: idColumn)
    let (fitting, judged) = try rows()
    if judged != nil && folds != nil {
      throw OptionError.conflict(
        "folds: rows of split test judge, so there are no folds; leave --folds out")
    }
    cells.unused(by: fitting.paths + (judged?.paths ?? [])).map(report.note)
    let found = try FusionReport(
      cells.joined(fitting), judged: judged.map { try cells.joined($0) }, names: names,
      categories: Set(words), folds: folds ?? Self.usualFolds, key: RandomKey(seed: seed ?? 0),
      settings: intervals.required())
    let strange = strange(try cells.joined(judged ?? fitting), found.head)
    try give(found, FusionJSON(found, seed: seed ?? 0, table: table, strange: strange), strange)
  }

  private func give(
    _ found: FusionReport, _ numbers: FusionJSON, _ strange: [(column: String, count: Int)]
  ) throws {
    if let outputDir {
      try RunDirectory.makeFolder(outputDir)
      try JSONFile.write(found.head, to: FilePath.join(outputDir, "fusion.json"))
      try found.fused.write(to: FilePath.join(outputDir, Self.fused))
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
    cells.unused(by: said.paths).map(report.note)
    let rows = try cells.joined(said)
    for (column, count) in strange(rows, head) {
      report.note("\(column): \(count) cells are unlike those of the fit")
    }
    let folder = outputDir ?? "."
    try RunDirectory.makeFolder(folder)
    try rows.predictions(by: head).write(to: FilePath.join(folder, Self.fused))
    report.note("wrote predictions-fused.csv in \(folder)")
  }
}
