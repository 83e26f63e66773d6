import Evaluation
import Files
import Targets
import Uncertainty

/// A table of several labels, ready to be judged.
struct JudgedLabels {
  /// What tables call it.
  var name: String
  /// The table, as it was typed.
  var path: String
  /// What the model said; of studies where they are joined.
  var predictions: LabelPredictions
  /// Image by image, where studies are joined.
  var views: LabelPredictions?
  /// Stored thresholds, `[L]`.
  var thresholds: [Double]?
  /// Labels grouped by training images, where the table has a part `train`.
  var shots: ShotGroups?

  /// - Parameters:
  ///   - path: The table.
  ///   - split: `train`, `val`, `test` or `all`; `nil` is all.
  ///   - flags: How it is read.
  /// - Throws: `FileError` naming line and column, `LabelledPredictionsError` for a part that is not there or nothing to
  ///   judge, `LabelRuleError` for a rule of other labels.
  init(_ path: String, split: String?, _ flags: TargetFlags) throws {
    self.path = path
    name = FilePath.stem(of: FilePath.absolute(path))
    let whole = try LabelPredictions.read(path, unknown: flags.unknown)
    let training = whole.carried.splits.map { splits in
      splits.indices.filter { splits[$0] == "train" }
    }
    if let training, !training.isEmpty {
      shots = ShotGroups(trainingCounts: whole.keeping(training).positives)
    }
    var part = whole.keeping(
      try SplitRows.of(whole.carried, count: whole.count, split, path: path))
    guard part.truths.contains(where: { $0 != nil }) else {
      throw LabelledPredictionsError.noTruth(path)
    }
    if let file = flags.rule {
      let rule = try JSONFile.read(LabelRule.self, from: file)
      thresholds = try rule.matched(part.labels).map(\.threshold)
      part = try rule.applied(to: part)
    }
    predictions = part
    if let column = flags.studyColumn {
      views = part
      predictions = try part.studies(by: column, flags.studyJoin, file: path)
    }
  }
}

/// Which rows of a table are of a part.
enum SplitRows {
  /// - Throws: `LabelledPredictionsError` for a part that is not there.
  static func of(
    _ carried: CarriedColumns, count: Int, _ split: String?, path: String
  ) throws(LabelledPredictionsError) -> [Int] {
    guard let split, split != "all" else { return Array(0..<count) }
    guard let parts = carried.splits else { throw .noSplit(path, split: split) }
    let rows = parts.indices.filter { parts[$0] == split }
    guard !rows.isEmpty else {
      throw .emptySplit(path, split: split, parts: Set(parts).sorted())
    }
    return rows
  }
}
