import ArgumentParser
import Datasets
import Files
import Runs
import Sampling

/// `steelyard evaluate`
struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Measure a trained model, or anybody's predictions, with intervals.",
    discussion: """
      Of a run: measures its model on the test part of its data, or on other data; writes \
      predictions-*.csv, metrics-*.json and report.html into the run directory, where files of the \
      same name are replaced. Every image is evaluated exactly once. Other data that share images or \
      groups with what the model has learned from are refused. With --adapt-experts the files have \
      adapted in their names, and experts-*.json holds the weights.

      Of a table: columns path, y_true and prob_<class> or logit_<class> for each class, and if there \
      are any y_pred, group, split and others; needs no model, and writes files only with --output-dir. \
      One column of scores for two classes, decisions alone, a truth as columns of 0 and 1 and class \
      numbers are read too, and what was guessed is said. Tables of several labels (true_<label>, prob_<label>, or \
      lists in y_true), of grades (--order) and of numbers (y_true, y_pred, lower, upper) are seen from their \
      columns, or named by --task.
      """)

  @Argument(
    help: ArgumentHelp("Run directory, or predictions (.csv, .tsv).", valueName: "run|table"))
  var path: String

  @Option(
    help: ArgumentHelp(
      "Other data than the run's: folder, table, .npz or IDX folder.", valueName: "data"))
  var data: String?

  @Option(
    help: ArgumentHelp(
      "Part of the data: train, val, test, or all (default: test of a run, all of a table).",
      valueName: "part"))
  var split: String?

  @Option(help: ArgumentHelp("Write the files here instead.", valueName: "folder"))
  var outputDir: String?

  @Option(
    help: ArgumentHelp(
      "Make the classes as frequent as this first: uniform; forward-50, as imbalanced as 50 to 1 in the order"
        + " of training; backward-50, the other way round.", valueName: "name"))
  var testDistribution: TestDistribution?

  @Option(
    help: ArgumentHelp(
      "Measure with this adapter in the place of the model's: the adapter folder of a run on the same classes, made"
        + " beside the same weights; the files have adapter in their names.",
      valueName: "folder"))
  var adapter: String?

  @Flag(help: "Evaluate data that the model has learned from, with a warning.")
  var allowLeakage = false

  @OptionGroup(title: "Reading") var reading: ReadingFlags
  @OptionGroup(title: "Targets") var target: TargetFlags
  @OptionGroup(title: "Data") var tables: Flags<TableOptions>
  @OptionGroup(title: "Data") var texts: Flags<TextTableOptions>
  @OptionGroup(title: "Data") var pixels: Flags<PixelOptions>
  @OptionGroup(title: "Robustness") var attack: AttackFlags
  @OptionGroup(title: "Intervals") var intervals: IntervalFlags
  @OptionGroup(title: "Experts") var experts: ExpertFlags
  @OptionGroup(title: "Computing") var inference: Flags<InferenceOptions>
  @OptionGroup(title: "Computing") var memory: MemoryFlags
  @OptionGroup(title: "Reporting") var report: ReportFlags

  func validate() throws {
    if let split, split != "all" && Split(rawValue: split) == nil {
      throw ValidationError("--split: expected train, val, test or all, got '\(split)'.")
    }
  }

  func run() throws {
    if FilePath.isFile(path) { return try evaluateTable() }
    // A table whose name is mistyped is not told to be no run.
    guard FilePath.isFolder(path) else { throw FileError.missing(path: path) }
    try evaluateRun()
  }
}
