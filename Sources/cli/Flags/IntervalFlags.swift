import ArgumentParser
import Evaluation
import Foundation
import Uncertainty

/// How intervals are made.
struct IntervalFlags: ParsableArguments {
  @Option(
    help: ArgumentHelp("Bootstrap resamples; 0 leaves the intervals out.", valueName: "count"))
  var resamples = IntervalSettings().resamples

  @Option(help: ArgumentHelp("Coverage of the intervals, above 0 and below 1.", valueName: "part"))
  var level = IntervalSettings().level

  @Option(
    name: .customLong("bootstrap"),
    help: ArgumentHelp(
      "How an interval is read off the resamples.", valueName: "bca|percentile"))
  var method = IntervalSettings().method

  @Option(
    help: ArgumentHelp(
      "Interval of a rate of independent images.", valueName: "wilson|clopper-pearson"))
  var rates = IntervalSettings().rates

  @Option(
    help: ArgumentHelp(
      "Column of images that belong together, resampled as a whole; group stands for patient_id and"
        + " subject_id too.", valueName: "column"))
  var groupColumn = IntervalSettings().groupColumn

  @Option(help: ArgumentHelp("Seed of the resamples.", valueName: "number"))
  var bootstrapSeed = IntervalSettings().seed

  func validate() throws {
    guard (0...1_000_000).contains(resamples) else {
      throw ValidationError("--resamples: expected 0 to 1,000,000, got \(resamples).")
    }
    guard level > 0 && level < 1 else {
      throw ValidationError("--level: expected a number above 0 and below 1, got \(level).")
    }
  }

  /// Settings for these predictions; `nil` where no intervals are wanted.
  /// - Throws: `JudgedError` where the column of the groups is named and not there.
  func settings(
    for predictions: Predictions, of path: String
  ) throws(JudgedError) -> IntervalSettings? {
    let columns = predictions.columns.map(\.name)
    guard groupColumn == IntervalSettings().groupColumn || columns.contains(groupColumn) else {
      throw .noColumn(path, groupColumn, columns: columns)
    }
    return settings
  }

  /// `nil` where no intervals are wanted.
  var settings: IntervalSettings? {
    guard resamples > 0 else { return nil }
    return IntervalSettings(
      resamples: resamples, seed: bootstrapSeed, level: level, method: method, rates: rates,
      groupColumn: groupColumn, threads: ProcessInfo.processInfo.activeProcessorCount)
  }
}
