import Batches
import Datasets
import Inference
import Reports
import Runs
import Targets

extension EvaluateCommand {
  /// Refuses another column of a table than the number that the model says, unless it was named.
  private func checkNumber(of other: Dataset, _ name: String) throws(OptionError) {
    guard let data, !other.reading.tables.isEmpty, let found = other.numberName, found != name,
      tables.typed.given(TrainOptions.tables.labelColumn) == nil
    else { return }
    throw .conflict(
      "data: the model says '\(name)', and the number of \(data) is '\(found)'; name the column with --label-column"
    )
  }

  /// Measures a model of a number on a part of its data, or on other data.
  func evaluate(_ numbers: NumberRun) throws {
    try measured(numbers.run, .number) { opened in
      var opened = opened
      let model = opened.model
      try checkNumber(of: opened.data, model.description.classes[0])
      opened.data.tally = PixelTally()
      let set = ExampleSet(numbersOf: opened.data, opened.part)
      guard set.count > 0 else { throw opened.emptyPart() }
      var predictions = try model.numberPredictions(
        on: set, label: "evaluating", isQuiet: report.quiet)
      // Intervals say nothing of the examples that they were made from.
      let isOwn = data == nil && opened.part != .test
      if !isOwn, let band = try numbers.band() { predictions = band.applied(to: predictions) }
      notePixels(of: opened.data, as: model.description.preprocessing)
      let settings = intervals.settings(groupColumn: tables.groupColumn)
      let found = try numbers.assessed(predictions, intervals: settings)
      try give(found, [TargetSheet(found)], label: opened.label, of: numbers.run) {
        [predictions] in
        try predictions.write(to: $0)
      } makePage: {
        try numbers.write(intervals: settings)
      }
    }
  }
}
