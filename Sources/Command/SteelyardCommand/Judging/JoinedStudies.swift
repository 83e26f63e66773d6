import Console
import Evaluation
package import Targets

/// How a table's images become studies: as it was typed, as a rule has it, or as validation has it.
package enum StudyJoinChoice: Equatable, Sendable {
  /// The greatest mean average precision on validation.
  case automatic
  /// One that is named.
  case named(StudyJoin)
}

extension StudyJoinChoice: RawRepresentable, CaseIterable, Codable {
  package static var allCases: [StudyJoinChoice] {
    StudyJoin.allCases.map(StudyJoinChoice.named) + [.automatic]
  }

  package var rawValue: String {
    switch self {
    case .automatic: "auto"
    case .named(let join): join.rawValue
    }
  }

  /// `nil` for a name that is none.
  package init?(rawValue: String) {
    guard let choice = Self.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
    self = choice
  }
}

extension TargetFlags {
  /// How views are joined; nil where images stay images.
  ///
  /// - Parameters:
  ///   - whole: the table with all its parts.
  ///   - split: the part that is judged; nil is all.
  ///   - stored: what the rule that is followed has of it.
  ///   - path: the table.
  /// - Throws: `OptionError.conflict` where options contradict each other or the rule, or validation is to be judged by what was
  ///   chosen on it; `LabelledPredictionsError` where there is no validation to choose on, or a study is in it and is
  ///   judged.
  func joining(
    _ whole: LabelPredictions, split: String?, stored: ChosenJoin?, path: String
  ) throws -> ChosenJoin? {
    if let stored { return try agreeing(stored) }
    guard studyColumn != nil, studyJoin == .automatic else {
      return try joining(validation: whole, path: path)
    }
    let rows = whole.carried.splits.map { parts in parts.indices.filter { parts[$0] == "val" } }
    guard let rows, !rows.isEmpty else { throw LabelledPredictionsError.noValidation(path) }
    guard let split, split != "all", split != "val" else {
      throw OptionError.conflict(
        "study-join auto: the way is chosen on the rows of split val, so they cannot judge it; name others, such as"
          + " --split test")
    }
    let chosen = try joining(validation: whole.keeping(rows), path: path)
    try chosen?.checkApart(whole.carried, from: split, path: path)
    return chosen
  }

  /// How views are joined where a rule is to be chosen on validation; nil where images stay images.
  ///
  /// - Throws: `OptionError.conflict` for a way without a column, what choosing throws.
  func joining(validation: LabelPredictions, path: String) throws -> ChosenJoin? {
    guard let studyColumn else { return try checkedWithoutColumn() }
    switch studyJoin {
    case nil: return ChosenJoin(studyColumn, .mean)
    case .named(let join): return ChosenJoin(studyColumn, join)
    case .automatic: return try ChosenJoin(on: validation, by: studyColumn, file: path)
    }
  }

  /// No column, so no way of joining either.
  private func checkedWithoutColumn() throws(OptionError) -> ChosenJoin? {
    guard studyJoin == nil else { throw .joinWithoutColumn }
    return nil
  }

  /// What a rule has, unless options say something else.
  private func agreeing(_ stored: ChosenJoin) throws(OptionError) -> ChosenJoin {
    if let studyColumn, studyColumn != stored.column {
      throw .conflict(
        "study-column: the rule is of studies in '\(stored.column)', not '\(studyColumn)'; leave it out, or choose another rule"
      )
    }
    if let studyJoin, studyJoin != .named(stored.join) {
      throw .conflict(
        "study-join: the rule was chosen on views that are joined by \(stored.join.rawValue); leave it out, or choose another rule"
      )
    }
    return stored
  }
}

extension OptionError {
  /// A way of joining, and no column of what is joined.
  static var joinWithoutColumn: OptionError {
    .conflict("study-join: it joins the images of a study; name their column with --study-column")
  }
}

extension ChosenJoin {
  /// A study that helps to choose the way is not judged by it.
  fileprivate func checkApart(
    _ carried: CarriedColumns, from split: String, path: String
  ) throws(LabelledPredictionsError) {
    guard let parts = carried.splits, let studies = carried.named(column)?.values else { return }
    func named(_ part: String) -> Set<String> {
      Set(parts.indices.filter { parts[$0] == part && !studies[$0].isEmpty }.map { studies[$0] })
    }
    let shared = named("val").intersection(named(split))
    if let example = shared.min() {
      throw .sameStudies(path, split: split, count: shared.count, example: example)
    }
  }

  /// How many studies there are, how their views are joined, and why so.
  ///
  /// - Parameters:
  ///   - studies: number of studies that are judged.
  ///   - images: number of their images.
  func statement(studies: Int, images: Int) -> String {
    let head =
      "\(studies) studies (\(column)) of \(images) images; probabilities of the views of a study are joined by \(join.rawValue)"
    guard let values, let count = self.studies else { return head }
    let each = StudyJoin.allCases.compactMap { join in
      values[join.rawValue].map { "\(join.rawValue) \(Format.decimal($0))" }
    }
    return head + ", the best average_precision_macro on \(count) studies of validation: "
      + each.joined(separator: ", ")
  }
}
