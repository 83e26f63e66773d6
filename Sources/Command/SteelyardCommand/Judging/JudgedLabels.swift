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
  /// How they are joined.
  var join: ChosenJoin?
  /// Stored thresholds, `[L]`.
  var thresholds: [Double]?
  /// The same for ``views``; nil where the rule is of studies.
  var viewThresholds: [Double]?
  /// What a hierarchy of the labels changed.
  var notes: [String] = []
  /// What the conformal sets of the rule did, label by label.
  var sets: [LabelSets] = []
  /// Labels grouped by training images, where the table has a part `train`.
  var shots: ShotGroups?

  /// - Parameters:
  ///   - path: The table.
  ///   - split: `train`, `val`, `test` or `all`; `nil` is all.
  ///   - flags: How it is read.
  /// - Throws: `FileError` naming line and column, `LabelledPredictionsError` for a part that is not there or nothing to
  ///   judge, `LabelRuleError` for a rule of other labels, what ``TargetFlags/joining(_:split:stored:path:)`` throws.
  init(_ path: String, split: String?, _ flags: TargetFlags) throws {
    self.path = path
    name = FilePath.stem(of: FilePath.absolute(path))
    let read = try LabelPredictions.read(path, unknown: flags.unknown)
    let rule = try flags.rule.map { try JSONFile.read(LabelRule.self, from: $0) }
    // A rule of studies is for probabilities that are joined already.
    let ofImages = rule.flatMap { $0.study == nil ? $0 : nil }
    let hierarchy = try flags.hierarchy(among: read.labels, storedIn: rule)
    let decoded = hierarchy?.applied(to: read) ?? read
    // A rule applies its own hierarchy.
    let whole = try ofImages?.applied(to: read) ?? (rule == nil ? decoded : read)
    let training = whole.carried.splits.map { splits in
      splits.indices.filter { splits[$0] == "train" }
    }
    if let training, !training.isEmpty {
      shots = ShotGroups(trainingCounts: whole.keeping(training).positives)
    }
    let part = whole.keeping(
      try SplitRows.of(whole.carried, count: whole.count, split, path: path))
    guard part.truths.contains(where: { $0 != nil }) else {
      throw LabelledPredictionsError.noTruth(path)
    }
    notes =
      hierarchy?.statements(
        of: read.keeping(try SplitRows.of(read.carried, count: read.count, split, path: path)))
      ?? []
    thresholds = try rule?.matched(part.labels).map(\.threshold)
    predictions = part
    if let ofImages, ofImages.hasSets {
      sets = try LabelSets.all(
        ofImages,
        on: read.keeping(try SplitRows.of(read.carried, count: read.count, split, path: path)))
    }
    guard
      let join = try flags.joining(whole, split: split, stored: rule?.study, path: path)
    else { return }
    (self.join, views) = (join, part)
    let joined = try part.studies(by: join.column, join.join, file: path)
    viewThresholds = ofImages == nil ? nil : thresholds
    if let rule, ofImages == nil { sets = try LabelSets.all(rule, on: joined) }
    predictions = try ofImages == nil ? rule?.applied(to: joined) ?? joined : joined
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
