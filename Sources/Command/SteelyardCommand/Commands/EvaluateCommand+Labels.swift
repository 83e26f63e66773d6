import Batches
import Datasets
import Inference
import Reports
import Runs
import Targets

extension EvaluateCommand {
  /// Measures a model of several labels on a part of its data, or on other data.
  func evaluate(_ labels: LabelRun) throws {
    try measured(labels.run, .labels) { opened in
      var opened = opened
      let (model, notes) = (opened.model, opened.data.reading.notes)
      opened.data = try opened.data.choosing(labels: model.description.classes)
      opened.data.reading.notes.filter { !notes.contains($0) }.map(\.description)
        .forEach(report.note)
      opened.data.tally = PixelTally()
      let set = ExampleSet(labelsOf: opened.data, opened.part)
      guard set.count > 0 else { throw opened.emptyPart() }
      let predictions = try model.labelPredictions(
        on: set, label: "evaluating", isQuiet: report.quiet)
      notePixels(of: opened.data, as: model.description.preprocessing)
      let settings = intervals.settings(groupColumn: tables.groupColumn)
      let found = try labels.assessed(predictions, of: opened.label, intervals: settings)
      try give(found, TargetSheet(found), label: opened.label, of: labels.run) {
        try predictions.write(to: $0)
      } makePage: {
        try labels.write(intervals: settings)
      }
    }
  }
}
