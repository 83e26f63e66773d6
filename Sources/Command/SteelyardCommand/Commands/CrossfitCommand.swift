import ArgumentParser
import Runs

/// `steelyard crossfit`
struct CrossfitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "crossfit",
    abstract: "Train fold by fold, and judge each image by a model that has not seen it.",
    discussion: """
      Divides all images into folds that keep groups and equal images together, and trains a model for \
      each. Writes predictions-crossfit.csv with a column fold, metrics-crossfit.json and \
      folds-crossfit.json (metrics over the folds, with intervals) beside the runs of the folds; \
      evaluate and report read the predictions. Of what is not in a fold, validation gets its share of \
      --split. A split that the data have is put aside. With --study-column no study is in two folds, and labels \
      are judged study by study too (predictions-crossfit-studies.csv).
      """)

  @Option(
    name: [.customShort("c"), .long],
    help: ArgumentHelp("Take options from this YAML file.", valueName: "file"))
  var config: String?

  @Option(
    help: ArgumentHelp("Go on with a cross-fit that was stopped.", valueName: "folder"))
  var resume: String?

  @OptionGroup(title: "Data") var crossfit: Flags<CrossfitOptions>
  @OptionGroup var options: TrainingFlags
  @OptionGroup(title: "Computing") var memory: MemoryFlags
  @OptionGroup(title: "Reporting") var report: ReportFlags

  func run() throws {
    StopSignals.outliveReaders()
    let (directory, resolved) = try resume.map(goOn) ?? begin()
    let claim = try directory.claimed()
    defer { withExtendedLifetime(claim) {} }
    report.note("cross-fit: \(directory.path)")
    let summary = try CrossfitRun(
      directory: directory, resolved: resolved, isQuiet: report.quiet)()
    if report.json {
      try StandardStreams.json(summary)
    } else {
      StandardStreams.write(summary.text(style: StandardStreams.style))
    }
  }

  private func begin() throws -> (CrossfitDirectory, ResolvedOptions) {
    var file: ConfigFile?
    if let config { file = try ConfigFile.read(config) }
    let resolved = try ResolvedOptions(flags: options.typed, file: file)
    if let named = resolved.values.protocol {
      // As in a comparison, what is test is the folds' own.
      (TrainingProtocol(named).notes(forComparison: true) + resolved.overProtocol)
        .forEach(report.note)
    }
    let folds = crossfit.typed[CrossfitOptions().folds]
    let directory = try CrossfitPreparation(
      resolved: resolved, folds: folds, note: report.note)()
    return (directory, resolved)
  }

  /// A cross-fit that is taken up has the options and folds that it was begun with.
  private func goOn(_ path: String) throws -> (CrossfitDirectory, ResolvedOptions) {
    let given =
      options.typed.givenNames.map { "--\($0)" } + (crossfit.folds == nil ? [] : ["--folds"])
      + (config == nil ? [] : ["--config"])
    guard given.isEmpty else {
      throw OptionError.conflict(
        "a cross-fit that goes on keeps the options it was begun with; leave out "
          + given.joined(separator: ", "))
    }
    let directory = try CrossfitDirectory(existing: path)
    var known = try ResolvedOptions(file: ConfigFile.read(directory.config))
    known.scaleAsStarted()
    return (directory, known)
  }
}
