import ArgumentParser
import Evaluation
import Uncertainty

/// How intervals are made, but for the column of the groups, which `evaluate` has among the options of
/// its tables.
struct IntervalFlags: ParsableArguments {
  @OptionGroup var sampling: SamplingFlags

  @Option(
    help: ArgumentHelp(
      "Interval of a rate of independent images.", valueName: "wilson|clopper-pearson"))
  var rates = IntervalSettings().rates

  @Flag(
    help:
      "Every resample has as many images of each class as the set: for a design that fixed these numbers, such as case-control."
  )
  var fixedCounts = false

  /// Settings for these predictions; `nil` where no intervals are wanted.
  ///
  /// - Parameter groupColumn: The column of the groups; `nil` is the usual one.
  /// - Throws: `LabelledPredictionsError` where the column of the groups is named and not there.
  func settings(
    for predictions: Predictions, of path: String, groupColumn: String? = nil
  ) throws(LabelledPredictionsError) -> IntervalSettings? {
    let columns = predictions.columns.map(\.name)
    let usual = IntervalSettings().groupColumn
    if let groupColumn, groupColumn != usual, !columns.contains(groupColumn) {
      throw .noColumn(path, groupColumn, columns: columns)
    }
    return settings(groupColumn: groupColumn)
  }

  /// For a command that has nothing to say without intervals.
  ///
  /// - Throws: `OptionError` where there are no resamples.
  func required() throws(OptionError) -> IntervalSettings {
    guard let settings = settings() else {
      throw .conflict("resamples: expected at least 1, got 0")
    }
    return settings
  }

  /// `nil` where no intervals are wanted.
  func settings(groupColumn: String? = nil) -> IntervalSettings? {
    var settings = sampling.settings
    settings?.rates = rates
    settings?.counts = fixedCounts ? .fixed : .sampled
    if let groupColumn { settings?.groupColumn = groupColumn }
    return settings
  }
}
