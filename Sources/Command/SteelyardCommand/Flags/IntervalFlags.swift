import ArgumentParser
import Evaluation
import Uncertainty

/// How intervals are made.
struct IntervalFlags: ParsableArguments {
  @OptionGroup var sampling: SamplingFlags

  @Option(
    help: ArgumentHelp(
      "Interval of a rate of independent images.", valueName: "wilson|clopper-pearson"))
  var rates = IntervalSettings().rates

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
    let columns = predictions.columns.map(\.name)
    guard groupColumn == IntervalSettings().groupColumn || columns.contains(groupColumn) else {
      throw .noColumn(path, groupColumn, columns: columns)
    }
    return settings
  }

  /// `nil` where no intervals are wanted.
  var settings: IntervalSettings? {
    var settings = sampling.settings
    settings?.rates = rates
    settings?.groupColumn = groupColumn
    return settings
  }
}
