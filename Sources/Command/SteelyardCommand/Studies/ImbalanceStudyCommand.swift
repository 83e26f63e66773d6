import ArgumentParser
import Console
import Datasets
import Files
import Reports
import Runs
import Uncertainty

/// `steelyard study imbalance`
struct ImbalanceStudyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "imbalance",
    abstract: "Which remedy helps against which imbalance: type × ratio × remedy on any data set.",
    discussion: """
      Thins the training part out in steps (half of the classes are rare) and linearly, to each ratio, and trains every \
      remedy on each seed: a comparison a type, in OUTPUT/step and OUTPUT/linear, which go on where they stopped. Judged, \
      as in the paper, by the mean area under the ROC curve, and by accuracy, which thresholding is for. \
      Source: Buda, Maki and Mazurowski, Neural Networks 2018.
      """)

  @Option(help: ArgumentHelp("Imbalance ratios.", valueName: "ratios"))
  var ratios = "10,50"

  @Option(
    help: ArgumentHelp("Types of imbalance, of step, linear and exponential.", valueName: "names"))
  var types = "step,linear"

  @Option(help: ArgumentHelp("Remedies: methods, as in 'compare'.", valueName: "names"))
  var methods = "erm,over-sampling,under-sampling,two-phase,thresholding"

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Trainings of each, with seeds from --seed on.", valueName: "count"))
  var seeds = 3

  @Option(
    name: [.customLong("output"), .customShort("o")],
    help: ArgumentHelp("Folder of the comparisons.", valueName: "folder"))
  var folder: String

  @Option(help: ArgumentHelp("Write the table to this file too.", valueName: "file.csv"))
  var csv: String?

  @Option(help: ArgumentHelp("Draw it to this file.", valueName: "file.svg"))
  var plot: String?

  @OptionGroup var options: CompareTrainingFlags
  @OptionGroup(title: "Intervals") var intervals: IntervalFlags
  @OptionGroup(title: "Reporting") var report: ReportFlags

  /// What it is judged by: that of the paper, and what thresholding is for.
  private static let metrics = ["roc_auc_ovr", "accuracy", "balanced_accuracy"]

  private var shapes: [TailShape]? {
    let parts = types.split(separator: ",", omittingEmptySubsequences: false)
    let known = parts.compactMap { TailShape(rawValue: String($0).trimmed) }
    return known.count == parts.count && Set(known).count == known.count ? known : nil
  }

  func validate() throws {
    guard shapes != nil else {
      throw ValidationError(
        "--types: expected different ones of step, linear and exponential, got '\(types)'")
    }
    guard options.typed.given(TrainOptions.parts.longTailShape) == nil else {
      throw ValidationError("--long-tail-shape: the study has its own, --types")
    }
    try StudySheet.checkPlot(plot)
  }

  func run() throws {
    StopSignals.outliveReaders()
    try StudySheet.checkFiles(csv: csv, plot: plot, reading: [options.typed.data])
    let settings = try intervals.required()
    // All of it is seen to be in order before the first trains.
    let comparisons = try (shapes ?? []).map { shape in
      let comparison = try self.comparison(shape)
      try comparison.check(report)
      return (shape, comparison)
    }
    try RunDirectory.makeFolder(folder)
    let records = try comparisons.map { shape, comparison in
      (shape, try comparison(settings, retriesFailed: false, report: report))
    }
    let rows = records.flatMap { Self.rows($0, $1) }
    let sheet = sheet(rows)
    try sheet.write(csv: csv, plot: plot, note: report.note)
    if report.json {
      try StandardStreams.json(rows)
    } else {
      StandardStreams.write(sheet.text(style: StandardStreams.style))
    }
    let lacking = records.filter { !$0.1.missing.isEmpty }
    lacking.forEach(sayMissing)
    if !lacking.isEmpty { throw ExitCode(ExitStatus.failure) }
  }

  /// Names the cells of a comparison that no row counts, and how they are trained anew. Where a whole ratio has no result,
  /// the table has no row that would show it.
  private func sayMissing(_ shape: TailShape, _ record: GridRecord) {
    for cell in record.missing {
      report.note(
        "without a result: \(shape.rawValue), \(cell.cell): \(cell.status)"
          + (cell.reason.isEmpty ? "" : ", \(cell.reason)"))
    }
    let path = ShellWord.of(FilePath.join(folder, shape.rawValue))
    report.note(
      "Train them anew with: steelyard compare --resume \(path) --retry-failed; then give this command again"
    )
  }

  private func comparison(_ shape: TailShape) throws -> MethodComparison {
    let grid = try GridFlags.parse([
      "--methods", methods, "--seeds", "\(seeds)", "--long-tail", ratios, "--metric",
      Self.metrics[0],
    ])
    var resolved = try ResolvedOptions(flags: options.typed)
    resolved.values.longTailShape = shape
    resolved.origins[TrainOptions.parts.longTailShape.name] = .flag
    return try MethodComparison(
      in: FilePath.join(folder, shape.rawValue), resolved, grid: grid, note: report.note)
  }

  /// One cell of the grid: means over trainings.
  struct Row: Encodable {
    let type: String
    let ratio: Double
    let remedy: String
    let trainings: Int
    let values: [String: RepeatedValue]
  }

  private static func rows(_ shape: TailShape, _ record: GridRecord) -> [Row] {
    record.parts.flatMap { part in
      (part.comparison?.rows ?? []).map { row in
        Row(
          type: shape.rawValue, ratio: part.imbalance ?? 1, remedy: row.label,
          trainings: row.trainings, values: row.values.filter { metrics.contains($0.key) })
      }
    }
  }

  private func sheet(_ rows: [Row]) -> StudySheet {
    let lines = Set(rows.map { "\($0.type) \($0.remedy)" })
    return StudySheet(
      columns: [
        .init("type", "type", isNumber: false), .init("ratio", "ratio"),
        .init("remedy", "remedy", isNumber: false), .init("trainings", "trainings"),
      ] + Self.metrics.map { .init($0, $0) },
      rows: rows.map { row in
        [
          .init(row.type), .init(row.ratio, places: 0), .init(row.remedy), .init(row.trainings),
        ]
          + Self.metrics.map { .init(mean: (row.values[$0]?.values ?? []).compactMap(\.self)) }
      },
      words:
        "Mean ± standard error over trainings. Differences to the reference, with intervals: compare.md in"
        + " \((shapes ?? []).map { FilePath.join(folder, $0.rawValue) }.joined(separator: ", ")).",
      plot: StandalonePlot(
        title: "Remedies against imbalance",
        description: "Mean area under the ROC curve against the imbalance ratio",
        xTitle: "imbalance ratio", yTitle: "mean area under the ROC curve",
        lines: lines.sorted().map { name in
          let own = rows.filter { "\($0.type) \($0.remedy)" == name }
            .sorted { $0.ratio < $1.ratio }
          let known = own.filter { $0.values[Self.metrics[0]]?.mean != nil }
          return .init(
            name, x: known.map(\.ratio), y: known.compactMap { $0.values[Self.metrics[0]]?.mean },
            hasMarks: true)
        }))
  }
}
