import Files

/// Finds the scores of a table whose header does not name them `prob_<class>` or `logit_<class>`.
///
/// In this order: columns named after the classes by another word (`score_cat`, `cat_prob`); columns with the
/// bare names of the classes; one column for two classes; decisions alone; any columns of numbers in 0…1,
/// which the sums of the rows must then bear out.
struct ForeignScores {
  typealias Columns = PredictionColumns

  let search: ScoreSearch
  let profile: ColumnProfile
  /// Columns without a role so far.
  let free: [Int]
  let truth: Int?
  let decision: Int?

  var header: [String] { search.header }
  var names: [String] { search.names }
  var rows: Int { profile.rows }

  /// `nil` where no column holds scores or decisions.
  func found() throws(PredictionsError) -> Columns.Found? {
    if let found = try affixed() { return found }
    if let found = try bare(isCertain: true) { return found }
    if let found = try lone() { return found }
    if let found = try decisions() { return found }
    return try bare(isCertain: false)
  }

  /// Different labels of truth and decision.
  var labels: [String] {
    var found: [String] = []
    for column in [truth, decision].compactMap(\.self) {
      found += profile.columns[column].labels.filter { !found.contains($0) }
    }
    return found
  }

  /// Whether a name is one of the labels; `1.0` is `1`.
  func isLabel(_ name: String) -> Bool {
    labels.contains(name)
      || Label.number(name).map { number in labels.contains { Label.number($0) == number } }
        ?? false
  }

  // Columns named after the classes by another word.

  private func affixed() throws(PredictionsError) -> Columns.Found? {
    for affix in Affix.probabilities {
      let columns = free.filter {
        affix.stem(of: names[$0]) != nil && profile.columns[$0].isProbability(rows)
      }
      guard columns.count > 1, !columns.allSatisfy({ profile.columns[$0].isBinary(rows) }) else {
        continue
      }
      let areNamed = holdsEveryLabel(columns, affix)
      if areNamed ? true : try search.sumToOne(columns) {
        return found(.probabilities(columns), columns, affix, areLogits: false)
      }
    }
    for affix in Affix.logits {
      let columns = free.filter {
        affix.stem(of: names[$0]) != nil && profile.columns[$0].numbers == rows
      }
      if columns.count > 1, holdsEveryLabel(columns, affix) {
        return found(.logits(columns), columns, affix, areLogits: true)
      }
    }
    return nil
  }

  private func holdsEveryLabel(_ columns: [Int], _ affix: Affix) -> Bool {
    let stems = columns.compactMap { affix.stem(of: names[$0]) }
    return !labels.isEmpty && labels.allSatisfy { stems.contains($0.lowercased()) }
  }

  private func found(
    _ scores: Columns.Scores, _ columns: [Int], _ affix: Affix, areLogits: Bool
  ) -> Columns.Found {
    let classes = columns.map { affix.cut(header[$0]) }
    return Columns.Found(
      scores: scores, classes: classes, prefix: affix.before,
      statements: [
        .scores(columns: columns.map { header[$0] }, classes: classes, areLogits: areLogits)
      ])
  }

  // Columns with the bare names of the classes.

  private func bare(isCertain: Bool) throws(PredictionsError) -> Columns.Found? {
    let candidates = free.filter(isBareCandidate)
    let named = candidates.filter { isLabel(header[$0]) }
    let areAllNamed = labels.count > 1 && named.count >= Set(labels.map(Label.canonical)).count
    if areAllNamed, let odd = named.first(where: { !profile.columns[$0].isProbability(rows) }) {
      throw outside(odd, named)
    }
    var columns = candidates.filter { profile.columns[$0].isProbability(rows) }
    // Other numbers in 0…1 beside the classes: the classes that the labels name are enough.
    if areAllNamed, try !search.sumToOne(columns), try search.sumToOne(named) { columns = named }
    guard columns.count > 1 else { return nil }
    if columns.allSatisfy({ profile.columns[$0].isBinary(rows) }) {
      if areAllNamed { return try oneHot(named) }
      if truth == nil && decision == nil { return try oneHot(columns) }
      // The decisions may be of fewer classes than there are.
      let decided = labels.allSatisfy { label in columns.contains { header[$0] == label } }
      if truth == nil, decided, try search.sumToOne(columns) { return try oneHot(columns) }
    }
    if isCertain, !areAllNamed, try !search.sumToOne(columns) { return nil }
    let list = columns.map { header[$0] }
    let hasOthers = candidates.contains { !columns.contains($0) }
    return Columns.Found(
      scores: .probabilities(columns), classes: list, isBare: true,
      statements: hasOthers ? [.scores(columns: list, classes: list, areLogits: false)] : [])
  }

  private func isBareCandidate(_ column: Int) -> Bool {
    let others = Columns.groupNames + Columns.splitNames + LoneScore.names + ["confidence"]
    let isNamedOtherwise =
      [Columns.Prefix.probability, .logit].contains { names[column].hasPrefix($0.rawValue) }
      || Affix.probabilities.contains { $0.stem(of: names[column]).map(isLowerLabel) ?? false }
      || Affix.truths.contains { $0.stem(of: names[column]).map(isLowerLabel) ?? false }
    return rows > 0 && !header[column].isEmpty && !others.contains(names[column])
      && profile.columns[column].numbers == rows && !isNamedOtherwise
  }

  private func isLowerLabel(_ name: String) -> Bool { labels.contains { $0.lowercased() == name } }

  private func outside(_ odd: Int, _ named: [Int]) -> PredictionsError {
    let (low, high) = (profile.columns[odd].low, profile.columns[odd].high)
    let advice =
      low >= 0 && high <= 100
      ? "; divide percents by 100, or name the columns logit_<class> if they are logits"
      : "; if they are logits, name the columns logit_<class>"
    return search.error(
      "columns \(shortened(named.map { header[$0] })) are named like the classes and hold numbers"
        + " outside 0…1 ('\(header[odd])': \(short(low)) to \(short(high)))\(advice)")
  }

  /// Columns of 0 and 1.
  private func oneHot(_ columns: [Int]) throws(PredictionsError) -> Columns.Found {
    let list = columns.map { header[$0] }
    if truth == nil, decision != nil {
      return Columns.Found(
        scores: .none, classes: list, truth: .oneHot(columns),
        statements: [
          .oneHot(column: "the truth", columns: list), decisionsStatement(leaving: []),
        ])
    }
    guard let truth else {
      throw search.error(
        "columns \(shortened(list)) hold only 0 and 1: that is a truth without predictions, or"
          + " predictions without a truth; write the truth as class names in a column y_true, decisions in"
          + " y_pred, scores as prob_<class>; of several labels each has true_<label> and prob_<label>"
      )
    }
    throw search.error(
      "columns \(shortened(list)) hold only 0 and 1: that is the truth a second time (beside"
        + " '\(header[truth])'), or a decision, and no score; write decisions as class names in a column"
        + " y_pred, scores as prob_<class>")
  }

  // Decisions alone.

  private func decisions() throws(PredictionsError) -> Columns.Found? {
    guard let decision, rows > 0 else { return nil }
    let columns = [truth, decision].compactMap { $0 }.filter {
      !profile.columns[$0].labels.isEmpty
    }
    let areNumbers = columns.map { column in
      profile.columns[column].labels.allSatisfy { Label.number($0) != nil }
    }
    if Set(areNumbers).count > 1 {
      let (numbers, texts) = areNumbers[0] ? (columns[0], columns[1]) : (columns[1], columns[0])
      throw search.error(
        "'\(header[numbers])' holds class numbers and '\(header[texts])' names; write the same names"
          + " in both")
    }
    let leftAlone = free.filter { LoneScore.names.contains(names[$0]) || names[$0] == "confidence" }
    var found = Columns.Found(
      scores: .none, classes: Self.sorted(labels),
      statements: [decisionsStatement(leaving: leftAlone.map { header[$0] })])
    if truth == nil, let (affix, truths) = search.truthColumns(among: free) {
      found.classes = truths.map { affix.cut(header[$0]) }
    }
    return found.classes.isEmpty ? nil : found
  }

  private func decisionsStatement(leaving columns: [String]) -> ReadingStatement {
    .decisionsAlone(column: decision.map { header[$0] } ?? "", leftAlone: columns)
  }

  /// Numbers by value, names by spelling.
  private static func sorted(_ labels: [String]) -> [String] {
    let labels = Set(labels.map(Label.canonical))
    let numbered = labels.compactMap { label in Label.number(label).map { ($0, label) } }
    return numbered.count == labels.count
      ? numbered.sorted { $0 < $1 }.map(\.1) : labels.sorted()
  }
}
