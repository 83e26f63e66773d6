import Evaluation
import Files
import Runs
import Uncertainty

/// Predictions that carry the truth: of a run, or from a table of anybody's.
struct LabelledPredictions {
  /// What tables call it.
  var name: String
  /// The run or the table, as it was typed.
  var path: String
  /// Part of the data.
  var split: String
  /// What the model said; of two classes, the positive one is settled.
  var predictions: Predictions
  /// Classes grouped by training examples, where the run knows them.
  var shots: ShotGroups?
  /// How the table was read, where that was not plain.
  var notes: [String]

  /// The predictions of a run on one part of its data, or of a table. Of a table with a column
  /// `split`, the rows of that part.
  ///
  /// - Parameters:
  ///   - path: A run directory, or a CSV or TSV.
  ///   - split: `train`, `val`, `test` or `all`; `nil` is `test` of a run and all of a table.
  ///   - options: How it is read.
  /// - Throws: `RunError` and `RunFileError` for a run without such predictions, `PredictionsError` for
  ///   rows that are not right, `LabelledPredictionsError` where there is nothing to judge,
  ///   `PositiveClassError` for a positive class that is none.
  init(
    _ path: String, split: String?, _ options: PredictionOptions = PredictionOptions()
  ) throws {
    self.path = path
    name = FilePath.stem(of: FilePath.absolute(path))
    let reading: PredictionReading
    var stored: PositiveClass?
    if FilePath.isFolder(path) {
      let run = try RunDirectory(existing: path)
      self.split = split ?? "test"
      guard FilePath.isFile(run.predictions(self.split)) else {
        throw LabelledPredictionsError.notEvaluated(run: path, split: self.split)
      }
      if NumberRun(run) != nil {
        throw LabelledPredictionsError.numbers(run: path, table: run.predictions(self.split))
      }
      if LabelRun(run) != nil {
        throw LabelledPredictionsError.severalLabels(
          run: path, table: run.predictions(self.split))
      }
      reading = try PredictionReading.table(run.predictions(self.split), options)
      predictions = reading.predictions
      let report = try Judgement.readIfPresent(run.metrics(self.split))?.report
      shots = try report?.shots ?? Self.shots(of: run, classes: predictions.classes)
      stored = report?.positive.flatMap { $0.reason == .named ? $0 : nil }
      predictions.areOrdered = options.areOrdered || report?.areOrdered == true
    } else {
      self.split = split ?? "all"
      reading = try PredictionReading.table(path, options)
      predictions = try Self.rows(of: reading.predictions, self.split, path: path)
    }
    let classes = predictions.classes
    let named = try options.positive.map { name throws(PositiveClassError) in
      try PositiveClass(named: name, among: classes)
    }
    // Counted over all parts, so that each part has the same.
    predictions.positive =
      named ?? stored ?? reading.predictions.positiveClass(shots: shots)
    notes = (reading.statements + [predictions.withoutTruth].compactMap { $0 }).map(\.description)
    guard predictions.count > 0 else { throw LabelledPredictionsError.noRows(path) }
    guard predictions.truths.contains(where: { $0 != nil }) else {
      throw LabelledPredictionsError.noTruth(path)
    }
  }

  /// Classes grouped by training images, as the data say; `nil` where the data have other classes.
  private static func shots(
    of run: RunDirectory, classes: [String]
  ) throws(RunFileError) -> ShotGroups? {
    guard let data = try DataRecord.readIfPresent(run.data), data.classes == classes,
      data.parts.contains("train")
    else { return nil }
    return ShotGroups(trainingCounts: data.counts(of: "train"))
  }

  private static func rows(
    of table: Predictions, _ split: String, path: String
  ) throws -> Predictions {
    guard split != "all" else { return table }
    guard let parts = table.splits else {
      throw LabelledPredictionsError.noSplit(path, split: split)
    }
    let rows = parts.indices.filter { parts[$0] == split }
    guard !rows.isEmpty else {
      throw LabelledPredictionsError.emptySplit(path, split: split, parts: Set(parts).sorted())
    }
    return try table.keeping(rows)
  }

  /// The same, where there are scores.
  ///
  /// - Parameter what: What needs them.
  /// - Throws: `LabelledPredictionsError.needsScores`.
  func withScores(for what: String) throws(LabelledPredictionsError) -> LabelledPredictions {
    guard predictions.hasScores else { throw .needsScores(path, what: what) }
    return self
  }

  /// Gives both the same positive class: the one that was chosen, else by training images, else by the images
  /// of the table; of equals that of the first.
  static func settle(_ first: inout LabelledPredictions, _ second: inout LabelledPredictions) {
    guard let ordered = second.predictions.ordered(as: first.predictions.classes) else { return }
    second.predictions = ordered
    guard let one = first.predictions.positive, let other = ordered.positive else { return }
    let chosen = other.reason.weight > one.reason.weight ? other : one
    first.predictions.positive = chosen
    second.predictions.positive = chosen
  }
}

extension PredictionReading {
  /// Reads a table, with what the options of the command could do about a mistake.
  ///
  /// - Throws: `PredictionsError` and `LabelledPredictionsError`.
  static func table(_ path: String, _ options: PredictionOptions) throws -> PredictionReading {
    do throws(PredictionsError) {
      return try Predictions.reading(path, options)
    } catch .unnormalized(let rows) {
      throw LabelledPredictionsError.unnormalized(rows)
    } catch .unclearScore(let score) {
      throw LabelledPredictionsError.unclearScore(score)
    }
  }
}
