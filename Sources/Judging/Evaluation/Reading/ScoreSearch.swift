import Files

/// Finds the columns that hold scores, truth and decisions, from the names of the columns and, where these
/// do not say it, from what the columns hold.
struct ScoreSearch {
  typealias Columns = PredictionColumns

  let header: [String]
  /// The names in lower case.
  let names: [String]
  /// `nil` where the header says all.
  let profile: ColumnProfile?
  let options: PredictionOptions
  let file: String
  /// Columns that name the examples.
  let reserved: Set<Int>
  /// Opens the table once more.
  let open: () throws(FileError) -> DelimitedReader

  /// What holds scores, truth and decisions.
  ///
  /// - Throws: `PredictionsError` where nothing does, or it is not clear what does.
  func found() throws(PredictionsError) -> Columns.Found {
    let truth = first(Columns.truthNames)
    // `pred` with fractions is a score.
    let decision = Columns.decisionNames.lazy.compactMap { name in
      names.indices.first { names[$0] == name && !isScore($0) }
    }.first
    var result = try scores(truth: truth, decision: decision)
    if let truth, result.truth == nil { result.truth = .labels(truth) }
    if let decision, result.decision == nil { result.decision = .labels(decision) }
    if result.truth == nil { try takeOneHotTruth(&result) }
    return result
  }

  private func scores(
    truth: Int?, decision: Int?
  ) throws(PredictionsError) -> Columns.Found {
    let free = header.indices.filter { !reserved.contains($0) && $0 != truth && $0 != decision }
    for prefix in [Columns.Prefix.probability, .logit] {
      let columns = free.filter { names[$0].hasPrefix(prefix.rawValue) }
      guard profile == nil || columns.count > 1 || isOnlyClass(columns) else { continue }
      if columns.isEmpty { continue }
      return Columns.Found(
        scores: prefix == .logit ? .logits(columns) : .probabilities(columns),
        classes: columns.map { String(header[$0].dropFirst(prefix.rawValue.count)) },
        prefix: prefix.rawValue)
    }
    guard let profile else { throw nothing() }
    let search = ForeignScores(
      search: self, profile: profile, free: free, truth: truth, decision: decision)
    guard let found = try search.found() else { throw nothing() }
    return found
  }

  /// Whether these are one column that is 1 throughout: a model of a single class.
  private func isOnlyClass(_ columns: [Int]) -> Bool {
    guard columns.count == 1, let column = profile?.columns[columns[0]] else { return false }
    return column.numbers == profile?.rows && column.low >= 1 - Predictions.tolerance
      && column.high <= 1 + Predictions.tolerance
  }

  /// The truth of columns named after the classes, such as `MEL` beside `prob_MEL`, or `true_MEL`.
  private func takeOneHotTruth(_ result: inout Columns.Found) throws(PredictionsError) {
    let used = Set(result.used).union(reserved)
    let free = header.indices.filter { !used.contains($0) }
    guard
      let (affix, columns) = truthColumns(among: free, bare: result.isBare ? [] : result.classes)
    else { return }
    let stems = columns.map { affix.cut(header[$0]).lowercased() }
    let places = result.classes.map { stems.firstIndex(of: $0.lowercased()) }
    guard places.allSatisfy({ $0 != nil }), columns.count == result.classes.count else {
      throw error(
        "columns \(shortened(columns.map { header[$0] })) hold the truth, and the classes with scores"
          + " are \(shortened(result.classes)); both must be the same classes")
    }
    let ordered = places.compactMap { $0.map { columns[$0] } }
    result.truth = .oneHot(ordered)
    result.statements.append(
      .oneHot(column: "the truth", columns: ordered.map { header[$0] }))
  }

  /// Columns that hold the truth by their names, `true_cat`, `cat_gt`, or the classes themselves, and hold 0 and 1.
  ///
  /// Where every class has such a column with a word before or behind it, they are the truth whatever they hold: a cell
  /// that is neither is then an error at its row.
  ///
  /// - Parameters:
  ///   - free: Columns without a role.
  ///   - bare: Classes whose bare names would do.
  func truthColumns(among free: [Int], bare: [String] = []) -> (affix: Affix, columns: [Int])? {
    let isBinary = { (column: Int) in
      profile.map { $0.columns[column].isBinary($0.rows) } ?? true
    }
    let classes = Set(bare.map { $0.lowercased() })
    for affix in Affix.truths {
      let stems = Dictionary(
        free.compactMap { column in affix.stem(of: names[column]).map { (column, $0) } }
      ) { first, _ in first }
      let areClasses = !classes.isEmpty && classes.isSubset(of: stems.values)
      let columns = free.filter { column in
        stems[column].map { areClasses && classes.contains($0) || isBinary(column) } ?? false
      }
      if columns.count > 1 { return (affix, columns) }
    }
    let columns = free.filter { classes.contains(names[$0]) && isBinary($0) }
    return columns.count > 1 ? (Affix("", ""), columns) : nil
  }

  /// Whether the first thousand rows of some columns sum to 1, within what rounding to two digits does.
  func sumToOne(_ columns: [Int]) throws(PredictionsError) -> Bool {
    guard !columns.isEmpty else { return false }
    do throws(FileError) {
      var reader = try open()
      var record = DelimitedRecord()
      for _ in 0..<1000 where try reader.next(into: &record) {
        let sum = columns.reduce(0.0) { $0 + (record.number($1) ?? .nan) }
        guard abs(sum - 1) <= max(0.02, 0.005 * Double(columns.count)) else { return false }
      }
      return true
    } catch {
      throw .file(error)
    }
  }

  func error(_ reason: String) -> PredictionsError {
    .file(.malformedLine(path: file, line: 1, reason: reason))
  }

  func first(_ wanted: [String]) -> Int? {
    wanted.lazy.compactMap(names.firstIndex).first.flatMap { reserved.contains($0) ? nil : $0 }
  }

  /// Whether a column that is named like a decision holds fractions.
  private func isScore(_ column: Int) -> Bool {
    guard let profile else { return false }
    let column = profile.columns[column]
    return column.isNumeric(profile.rows) && column.hasFractions
  }

  private func nothing() -> PredictionsError {
    let lists = profile.flatMap { profile in
      header.indices.first { profile.columns[$0].text.map(Self.isList) ?? false }
    }
    let advice =
      lists.map {
        "; '\(header[$0])' holds a list in each cell: write one column prob_<class> for each class"
      } ?? ""
    return error(
      "no column holds probabilities; expected prob_<class> or logit_<class> for each class,"
        + " or columns named like the classes with numbers in 0…1, got \(shortened(header))\(advice)"
    )
  }

  private static func isList(_ text: String) -> Bool {
    ["[", "(", "tensor", "array", "{"].contains(where: Label.trimmed(text).hasPrefix)
  }
}

/// What stands before and after a class in the name of a column.
struct Affix {
  let before: String
  let after: String

  init(_ before: String, _ after: String) { (self.before, self.after) = (before, after) }

  static let truths =
    ["y_true_", "true_", "truth_", "gt_", "label_", "target_"].map { Affix($0, "") }
    + ["_true", "_truth", "_gt", "_label"].map { Affix("", $0) }
  static let logits = [Affix("logits_", ""), Affix("", "_logit"), Affix("", "_logits")]
  static let probabilities =
    [
      "probability_", "proba_", "p_", "score_", "scores_", "y_prob_", "y_proba_", "y_score_",
      "y_pred_", "pred_prob_", "pred_", "prediction_", "softmax_", "sigmoid_", "conf_",
      "confidence_", "prob ", "prob-", "p-",
    ].map { Affix($0, "") }
    + ["_prob", "_probability", "_proba", "_score", "_pred", "_conf", "_softmax"].map {
      Affix("", $0)
    }

  /// A name that is of this form without it.
  func cut(_ name: String) -> String {
    String(name.dropFirst(before.count).dropLast(after.count))
  }

  /// What is left of a name without it; `nil` where the name is not of this form.
  func stem(of name: String) -> String? {
    guard name.hasPrefix(before), name.hasSuffix(after),
      name.count > before.count + after.count
    else { return nil }
    return String(name.dropFirst(before.count).dropLast(after.count))
  }
}
