extension ForeignScores {
  /// One column of scores for two classes; `nil` where there is none.
  func lone() throws(PredictionsError) -> Columns.Found? {
    guard let (column, suffix, isLogit) = loneColumn() else { return nil }
    let held = profile.columns[column]
    if !isLogit, held.numbers == rows, held.low < -ColumnProfile.Column.slack || held.high > 100 {
      throw search.error(
        "'\(header[column])' holds numbers from \(short(held.low)) to \(short(held.high)), which are no"
          + " probabilities; if it is a logit or a decision function, name it logit_<class>")
    }
    let source = truth ?? decision
    let score = try LoneScore(
      column, header[column], suffix: suffix, isLogit: isLogit, labels: labels,
      truth: source.map { header[$0] } ?? "y_true", positive: search.options.positive,
      file: search.file)
    return Columns.Found(
      scores: .lone(score), classes: score.classes, statements: score.statements)
  }

  private typealias Lone = (column: Int, suffix: String?, isLogit: Bool)

  private func loneColumn() -> Lone? {
    for prefix in [Columns.Prefix.probability, .logit] {
      if let column = free.first(where: { names[$0].hasPrefix(prefix.rawValue) }) {
        return (
          column, String(header[column].dropFirst(prefix.rawValue.count)), prefix == .logit
        )
      }
    }
    let numeric = free.filter { profile.columns[$0].numbers == rows && rows > 0 }
    if let found = affixed(among: numeric) { return found }
    let named = LoneScore.names.lazy.compactMap { name in numeric.first { names[$0] == name } }
      .first
    if let named {
      // Beside decisions among more classes it is how sure the decision is.
      let isConfidence = decision != nil && Set(labels.map(Label.canonical)).count > 2
      return isConfidence ? nil : (named, nil, names[named].hasPrefix("logit"))
    }
    // A decision with fractions, or the bare name of a class.
    let scored = numeric.first {
      Columns.decisionNames.contains(names[$0]) && profile.columns[$0].hasFractions
    }
    if let scored { return (scored, nil, false) }
    return numeric.first {
      isLabel(header[$0]) && profile.columns[$0].isProbability(rows)
    }.map { ($0, header[$0], false) }
  }

  /// `score_cat`; what is left of the name must be a class, or any column `p_value` would do.
  private func affixed(among columns: [Int]) -> Lone? {
    for affix in Affix.probabilities {
      let found = columns.first { column in
        profile.columns[column].isProbability(rows)
          && affix.stem(of: names[column]).map { stem in
            labels.contains { $0.lowercased() == stem }
          } ?? false
      }
      if let found { return (found, affix.cut(header[found]), false) }
    }
    return nil
  }
}
