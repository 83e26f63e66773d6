import ArgumentParser
import Console
import Evaluation
import Files
import Foundation
import Runs
import Targets

/// `steelyard ensemble`
struct EnsembleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ensemble",
    abstract: "Put models of a number together by non-negative weights, fitted out of fold.",
    discussion: """
      Takes cross-fits of the same data, or their tables of predictions (path, y_true, y_pred, fold), one a model. Weights \
      of at least 0 and an intercept are fitted by least squares; what is shown of the ensemble is fitted without the fold \
      of each example. --save keeps the weights, and --weights puts together with them what the same models say of other \
      examples, in the same order.

      Example: steelyard ensemble runs/plain-crossfit runs/weighted-crossfit --save both.json
      Example: steelyard ensemble plain.csv weighted.csv --weights both.json --output said.csv
      """)

  @Argument(
    help: ArgumentHelp("Cross-fits, or tables of predictions, one a model.", valueName: "table"))
  var paths: [String]

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "Write what the ensemble says to this file (.csv or .tsv).", valueName: "file"))
  var output: String?

  @Option(help: ArgumentHelp("Write the weights to this file (.json).", valueName: "file"))
  var save: String?

  @Option(
    help: ArgumentHelp("Take the weights of this file, and fit none.", valueName: "file"))
  var weights: String?

  @Flag(help: "Replace the files if they exist.")
  var overwrite = false

  @OptionGroup(title: "Reporting") var report: ReportFlags

  func validate() throws {
    if save != nil && weights != nil {
      throw ValidationError(
        "Choose one of --save and --weights: one keeps what is fitted, the other fits nothing.")
    }
  }

  func run() throws {
    let written = [("output", output), ("save", save)]
    try ExistingFiles.refuse(written, over: paths + [weights])
    try ExistingFiles.refuse(written, unless: overwrite)
    let files = try paths.map { path in
      FilePath.isFolder(path) ? try CrossfitDirectory(existing: path).predictions : path
    }
    try ExistingFiles.refuse(written, over: files)
    let tables = try EnsembleTables(
      paths, files.map { try NumberPredictions.read($0, needsTruth: weights == nil) })
    let (ensemble, predictions) = try put(together: tables)
    let summary = EnsembleSummary(
      ensemble, tables, predictions, isFitted: weights == nil)
    if let output { try predictions.write(to: output) }
    if let save { try JSONFile.write(ensemble, to: save) }
    if report.json { return try StandardStreams.json(summary) }
    StandardStreams.write(summary.text(style: StandardStreams.style))
  }

  private func put(
    together tables: EnsembleTables
  ) throws -> (NumberEnsemble, NumberPredictions) {
    guard let weights else { return try tables.fitted() }
    let ensemble = try JSONFile.read(NumberEnsemble.self, from: weights).checked(weights)
    return (ensemble, try tables.predictions(by: ensemble))
  }
}

/// What the ensemble and its models achieve.
struct EnsembleSummary: Codable, Equatable {
  /// One model, or all together.
  struct Row: Codable, Equatable {
    /// What it is called.
    var name: String
    /// Its weight; nil of all together.
    var weight: Double?
    /// Mean absolute error and Pearson's r; nil where no truth is known, or one side does not vary.
    var mae, pearson: Double?
  }

  var models: [Row]
  var ensemble: Row
  /// b.
  var intercept: Double
  /// Whether weights were fitted, so that the numbers of the ensemble are out of fold.
  var isFitted: Bool
  /// Whether a model has prediction intervals, of which the ensemble makes none.
  var hasIntervals: Bool

  init(
    _ ensemble: NumberEnsemble, _ tables: EnsembleTables, _ predictions: NumberPredictions,
    isFitted: Bool
  ) {
    func row(_ name: String, _ weight: Double?, _ said: NumberPredictions) -> Row {
      guard said.judged.count > 0 else { return Row(name: name, weight: weight) }
      let found = NumberAssessment(said, settings: nil)
      return Row(name: name, weight: weight, mae: found["mae"], pearson: found["pearson"])
    }
    models = tables.tables.indices.map {
      row(tables.names[$0], ensemble.weights[$0], tables.tables[$0])
    }
    self.ensemble = row("ensemble", nil, predictions)
    (intercept, self.isFitted) = (ensemble.intercept, isFitted)
    hasIntervals = tables.tables.contains { $0.intervals != nil }
  }

  /// A table of the models and all together.
  func text(style: Style) -> String {
    var table = TextTable([.left("model"), .right("weight"), .right("MAE"), .right("Pearson r")])
    for row in models {
      table.add([
        row.name, Format.decimal(row.weight), Format.decimal(row.mae), Format.decimal(row.pearson),
      ])
    }
    table.addRule()
    table.add([
      ensemble.name, "", Format.decimal(ensemble.mae), Format.decimal(ensemble.pearson),
    ])
    let words =
      isFitted
      ? "the ensemble is judged by weights that were fitted without the fold of each example"
      : "the weights are those of the file"
    let left =
      hasIntervals
      ? "prediction intervals of the models are left out: they are not the ensemble's\n" : ""
    return table.text(style: style) + "\nintercept \(Format.decimal(intercept)); \(words)\n" + left
  }
}
