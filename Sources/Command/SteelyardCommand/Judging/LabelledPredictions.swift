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
  /// What the model said.
  var predictions: Predictions
  /// Classes grouped by training examples, where the run knows them.
  var shots: ShotGroups?

  /// The predictions of a run on one part of its data, or of a table. Of a table with a column
  /// `split`, the rows of that part.
  ///
  /// - Parameters:
  ///   - path: A run directory, or a CSV or TSV.
  ///   - split: `train`, `val`, `test` or `all`; `nil` is `test` of a run and all of a table.
  /// - Throws: `RunError` and `RunFileError` for a run without such predictions, `PredictionsError` for
  ///   rows that are not right, `LabelledPredictionsError` where there is nothing to judge.
  init(_ path: String, split: String?) throws {
    self.path = path
    name = FilePath.stem(of: FilePath.absolute(path))
    if FilePath.isFolder(path) {
      let run = try RunDirectory(existing: path)
      self.split = split ?? "test"
      guard FilePath.isFile(run.predictions(self.split)) else {
        throw LabelledPredictionsError.notEvaluated(run: path, split: self.split)
      }
      predictions = try Predictions.read(run.predictions(self.split))
      shots = try Self.shots(of: run, self.split, classes: predictions.classes)
    } else {
      self.split = split ?? "all"
      predictions = try Self.rows(of: try Predictions.read(path), self.split, path: path)
    }
    guard predictions.count > 0 else { throw LabelledPredictionsError.noRows(path) }
    guard predictions.truths.contains(where: { $0 != nil }) else {
      throw LabelledPredictionsError.noTruth(path)
    }
  }

  /// As the metrics have them, or else as the data say; none where the data have other classes.
  private static func shots(
    of run: RunDirectory, _ split: String, classes: [String]
  ) throws(RunFileError) -> ShotGroups? {
    if let shots = try Judgement.readIfPresent(run.metrics(split))?.report.shots { return shots }
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
}

/// Why predictions cannot be labelled.
enum LabelledPredictionsError: Error, Equatable, CustomStringConvertible {
  /// The run has no predictions on that part.
  case notEvaluated(run: String, split: String)
  /// The table has a header and nothing else.
  case noRows(String)
  /// The table has no true classes.
  case noTruth(String)
  /// A part was asked for, and the table does not tell parts apart.
  case noSplit(String, split: String)
  /// What a rule was chosen on is to judge it.
  case sameExamples(String, count: Int, example: String)
  /// The table has no such column.
  case noColumn(String, String, columns: [String])
  /// No row is of that part.
  case emptySplit(String, split: String, parts: [String])

  /// What is wrong, and what to do.
  var description: String {
    switch self {
    case .notEvaluated(let run, let split):
      "\(run): has no predictions-\(split).csv; make it with: steelyard evaluate \(run) --split \(split)"
    case .noRows(let path):
      "\(path): has no rows, so there is nothing to measure"
    case .noTruth(let path):
      "\(path): has no true classes, so there is nothing to measure; add a column y_true"
    case .noSplit(let path, let split):
      "\(path): has no column 'split', and --split \(split) asks for one; leave --split out"
    case .sameExamples(let path, let count, let example):
      "\(path): \(count) of its examples, '\(example)' among them, are those that the rule is chosen on;"
        + " judge it on others with --test"
    case .noColumn(let path, let name, let columns):
      "\(path): has no column '\(name)'; beside probabilities it has "
        + (columns.isEmpty ? "none" : columns.map { "'\($0)'" }.joined(separator: ", "))
    case .emptySplit(let path, let split, let parts):
      "\(path): no row has split '\(split)', only \(parts.map { "'\($0)'" }.joined(separator: ", "))"
    }
  }
}
