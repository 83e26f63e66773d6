import ArgumentParser
import Evaluation
import Uncertainty

/// How intervals are made, and which column of the predictions says what belongs together.
struct GroupedIntervalFlags: ParsableArguments {
  @OptionGroup var intervals: IntervalFlags

  @Option(
    help: ArgumentHelp(
      "Column of images that belong together, resampled as a whole; group stands for patient_id, patientid and"
        + " subject_id too.", valueName: "column"))
  var groupColumn = IntervalSettings().groupColumn

  /// Settings for these predictions; `nil` where no intervals are wanted.
  /// - Throws: `LabelledPredictionsError` where the column of the groups is named and not there.
  func settings(
    for predictions: Predictions, of path: String
  ) throws(LabelledPredictionsError) -> IntervalSettings? {
    try intervals.settings(for: predictions, of: path, groupColumn: groupColumn)
  }

  /// `nil` where no intervals are wanted.
  var settings: IntervalSettings? { intervals.settings(groupColumn: groupColumn) }
}
