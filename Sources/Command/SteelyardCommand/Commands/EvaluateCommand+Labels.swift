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
      let join = try join(of: labels, opened)
      let found = try labels.judged(
        predictions, of: opened.label, by: join, intervals: settings)
      try give(found, found.sheets, label: opened.label, of: labels.run) {
        try predictions.write(to: $0)
      } makePage: {
        if let join { try labels.store(join) }
        try labels.write(intervals: settings)
      }
    }
  }

  /// How views are joined: as it was asked for, else as the run has it; nil where images stay images.
  private func join(of labels: LabelRun, _ opened: OpenedRun) throws -> ChosenJoin? {
    let stored = try labels.study()
    guard target.studyColumn != nil || target.studyJoin != nil else { return stored }
    guard let column = opened.data.studyColumn else { throw OptionError.joinWithoutColumn }
    if target.studyJoin == .automatic, data == nil, opened.part != .test {
      throw OptionError.conflict(
        "study-join auto: the way is chosen on the validation part, so it cannot be judged by it; leave --split at test"
      )
    }
    if target.studyJoin == nil, let stored, stored.column == column { return stored }
    return try labels.join(column, target.studyJoin)
  }

  /// The column of the studies: as it was asked for, else as the run has it.
  func studyColumn(of run: RunDirectory) throws -> String? {
    try target.studyColumn ?? LabelRun(run)?.study()?.column
  }

  /// Other data than the run's, with its studies where they have some.
  func other(
    _ path: String, _ given: TrainOptions, of run: RunDirectory, _ kind: TargetKind?
  ) throws -> Dataset {
    var options = given
    if kind == .labels { options.studyColumn = try studyColumn(of: run) }
    do throws(DatasetError) {
      return try Dataset.open(path, options, takesLabels: kind != nil)
    } catch {
      guard target.studyColumn == nil, let column = options.studyColumn else { throw error }
      switch error {
      case .noSuchColumn(_, "study", _, _), .noTable(_, [column]): break
      default: throw error
      }
      options.studyColumn = nil
      report.note(
        "studies: \(path) has no column '\(column)', which the run joins images by, so images are judged alone"
      )
      return try Dataset.open(path, options, takesLabels: kind != nil)
    }
  }
}
