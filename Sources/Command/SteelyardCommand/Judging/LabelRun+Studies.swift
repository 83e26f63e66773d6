import Evaluation
import Files
import Reports
import Runs
import Targets
import Uncertainty

/// Images of a run that are views of studies: judged study by study, and image by image beside it.
extension LabelRun {
  /// How views are joined; nil where the run judges images alone.
  func study() throws -> ChosenJoin? {
    FilePath.isFile(run.studies) ? try JSONFile.read(ChosenJoin.self, from: run.studies) : nil
  }

  /// Keeps how views are joined.
  func store(_ join: ChosenJoin) throws { try JSONFile.write(join, to: run.studies) }

  /// How views are joined, as it was asked for.
  ///
  /// - Parameters:
  ///   - column: the column of the studies.
  ///   - choice: nil is the mean.
  /// - Throws: `LabelledPredictionsError.noValidation` where there is nothing to choose on, `StudyJoinError` where it tells no
  ///   way apart, `FileError` where its table has no such column.
  func join(_ column: String, _ choice: StudyJoinChoice?) throws -> ChosenJoin {
    switch choice {
    case nil: return ChosenJoin(column, .mean)
    case .named(let join): return ChosenJoin(column, join)
    case .automatic:
      let table = run.predictions("val")
      guard FilePath.isFile(table) else { throw LabelledPredictionsError.noValidation(run.path) }
      let validation = try decided(LabelPredictions.read(table))
      return try ChosenJoin(on: validation, by: column, file: table)
    }
  }

  /// What a table of the run's predictions comes to: of studies with their images beside them, where the run joins views and the
  /// table says of which study each is.
  ///
  /// - Parameters:
  ///   - predictions: as the network gave them.
  ///   - part: of the data that they are of.
  ///   - join: how views are joined; nil judges images alone.
  ///   - intervals: how intervals are made; nil leaves them out.
  func judged(
    _ predictions: LabelPredictions, of part: String, by join: ChosenJoin?,
    intervals: IntervalSettings?
  ) throws -> LabelResult {
    var images = try assessed(predictions, of: part, intervals: intervals)
    guard let join, predictions.carried.named(join.column) != nil else {
      return LabelResult(found: images)
    }
    // The stored rule is of images, so it calibrates them before they are joined.
    let studies = try decided(predictions)
      .studies(by: join.column, join.join, file: run.predictions(part))
    var found = LabelAssessment(
      studies, thresholds: try rule()?.matched(studies.labels).map(\.threshold),
      shots: try shots(studies.labels), settings: intervals)
    found.notes = [join.statement(studies: studies.count, images: predictions.count)]
    if part == "val", join.values != nil {
      found.notes.append("the way of joining was chosen on these studies, so they flatter it")
    }
    if !images.notes.isEmpty {
      found.notes.append("thresholds are those of images (decision.json)")
    }
    images.notes.insert("the same, image by image", at: 0)
    return LabelResult(found: found, images: images, join: join)
  }

  /// Probabilities as the stored rule calibrates them.
  private func decided(_ predictions: LabelPredictions) throws -> LabelPredictions {
    try rule()?.applied(to: predictions) ?? predictions
  }
}

extension LabelResult {
  /// Of studies those of studies, then those of their images.
  var sheets: [TargetSheet] { ([found] + [images].compactMap { $0 }).map { TargetSheet($0) } }

  /// The parts of a page: one, or one for each level.
  func evaluations(of part: String) -> [LabelRunFacts.Evaluation] {
    guard let images else { return [.init(part: part, found: found)] }
    return [
      .init(part: "\(part), study by study", found: found),
      .init(part: "\(part), image by image", found: images),
    ]
  }
}
