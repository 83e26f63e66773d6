import Decisions
import Evaluation
import Files
import Targets
import Uncertainty

/// A table of several labels, ready to be judged.
///
/// Views are joined before anything decodes them, as `decide` does it; a rule that was chosen on images decides before they are
/// joined.
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
  /// What a hierarchy of the labels changed, and how views are joined.
  var notes: [String] = []
  /// What the conformal sets of the rule did, label by label.
  var sets: [LabelSets] = []
  /// The same of ``views``, where the rule is of images.
  var viewSets: [LabelSets] = []
  /// Whether the rule was chosen on rows that are judged, or the model learned from some.
  var seesChosen = false
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
    let hierarchy = try flags.hierarchy(among: read.labels, storedIn: rule)
    let rows = try SplitRows.of(read.carried, count: read.count, split, path: path)
    let given = read.keeping(rows)
    guard given.truths.contains(where: { $0 != nil }) else {
      throw LabelledPredictionsError.noTruth(path)
    }
    shots = Self.shots(of: read)
    thresholds = try rule?.matched(read.labels).map(\.threshold)
    seesChosen = rule.map { Self.sees(given, chosenFor: $0, path) } ?? false
    // A rule of studies is for probabilities that are joined already.
    let ofImages = rule.flatMap { $0.study == nil ? $0 : nil }
    let whole = try ofImages?.applied(to: read) ?? read
    let part = whole.keeping(rows)
    let found = try flags.joining(whole, split: split, stored: rule?.study, path: path)
    let joined = try found.map { try part.studies(by: $0.column, $0.join, file: path) }
    join = found
    let unit = joined == nil ? "rows" : "studies"
    var asGiven: LabelPredictions?
    if let ofImages {
      predictions = joined ?? part
      notes = hierarchy?.statements(of: given, unit: "rows") ?? []
      let own = try LabelSets.all(ofImages, on: given)
      if joined == nil { sets = own } else { viewSets = own }
      viewThresholds = thresholds
    } else {
      let undecided = joined ?? part
      predictions =
        try rule?.applied(to: undecided) ?? hierarchy?.applied(to: undecided) ?? undecided
      notes = hierarchy?.statements(of: undecided, unit: unit) ?? []
      sets = try rule.map { try LabelSets.all($0, on: undecided) } ?? []
      if rule == nil { asGiven = undecided }
    }
    notes +=
      hierarchy?.rewardStatements(of: predictions, thresholds, given: asGiven, unit: unit) ?? []
    guard let found, let joined else { return }
    views = rule == nil ? hierarchy?.applied(to: part) ?? part : part
    notes.append(found.statement(studies: joined.count, images: part.count))
  }

  private static func shots(of whole: LabelPredictions) -> ShotGroups? {
    guard let splits = whole.carried.splits else { return nil }
    let training = splits.indices.filter { splits[$0] == "train" }
    return training.isEmpty
      ? nil : ShotGroups(trainingCounts: whole.keeping(training).positives)
  }

  /// As far as the table says it: by its column `split`, or because the rule was chosen on a table of this path.
  private static func sees(
    _ judged: LabelPredictions, chosenFor rule: LabelRule, _ path: String
  ) -> Bool {
    let own = rule.parts.lazy.compactMap { $0.rule?.provenance.chosenOn }.first
    return own.map { FilePath.absolute($0) == FilePath.absolute(path) } ?? false
      || judged.carried.splits?.contains { $0 == "val" || $0 == "train" } ?? false
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

extension [LabelSets] {
  /// A sentence a label.
  ///
  /// - Parameter seen: whether sets are judged on rows that the rule was chosen on, or the model learned from, which says less.
  func statements(onSeen seen: Bool) -> [String] {
    map {
      $0.statement
        + (seen ? " (of rows that the rule was chosen on, or the model learned from)" : "")
    }
  }
}
