/// Looks through the columns that have no role for what may have been meant as one.
struct ColumnSuspicion {
  private let table: ImageTable
  private let values: [[String]]
  private let columns: ManifestColumns
  /// The class of each row, empty where it has none.
  private let labels: [String]
  /// The columns that are looked at; nil means all.
  private let among: Set<Int>?

  init(
    _ table: ImageTable, _ values: [[String]], _ columns: ManifestColumns, labels: [String?],
    among: Set<Int>? = nil
  ) {
    self.table = table
    self.values = values
    self.columns = columns
    self.labels = labels.map { $0 ?? "" }
    self.among = among
  }

  /// A warning for each column that holds the words of a split or repeats like a group.
  var warnings: [ReadingWarning] {
    let classes = Set(labels).count
    return leftAlone.compactMap { column in
      if let words = splitWords(column) {
        return .holdsSplitWords(column: table.name(column), words: words)
      }
      let profile = ColumnProfile(values[column])
      guard profile.repeatsLikeGroup(name: table.columns[column], classes: classes),
        !isNested(column), !followsLabel(column)
      else { return nil }
      return .repeatsLikeGroup(
        column: table.name(column), values: profile.distinct, rows: profile.filled)
    }
  }

  /// A note for each column that numbers the folds of a cross-validation.
  var notes: [ReadingNote] {
    leftAlone.compactMap { column in
      guard
        ["fold", "folds", "kfold", "cvfold", "foldid"].contains(
          ColumnRole.folded(table.columns[column]))
      else { return nil }
      let folds = Set(values[column].filter { !$0.isEmpty })
      guard folds.count > 1, folds.allSatisfy({ Double($0) != nil }) else { return nil }
      return .numberedFolds(column: table.name(column), folds: folds.count)
    }
  }

  private var leftAlone: [Int] {
    let used = columns.used
    return table.columns.indices.filter { !used.contains($0) && among?.contains($0) ?? true }
  }

  /// The words for parts of the data that a column holds; nil where they are fewer than two parts, or
  /// less than half of its words.
  private func splitWords(_ column: Int) -> [String]? {
    let words = Set(values[column].filter { !$0.isEmpty })
    if SplitFlag.meaning(of: table.columns[column]) != nil, words.count == 2,
      words.allSatisfy({ SplitFlag.value(of: $0) != nil })
    {
      return words.sorted()
    }
    let known = words.filter { Split(synonym: $0) != nil }
    guard Set(known.compactMap(Split.init(synonym:))).count > 1, 2 * known.count >= words.count
    else { return nil }
    return known.sorted()
  }

  /// Whether each value lies within one group of the chosen column, which then keeps it together.
  private func isNested(_ column: Int) -> Bool {
    guard let group = columns.group else { return false }
    // A row without a group is kept together with no other.
    let groups = values[group].enumerated().map { $1.isEmpty ? "row \($0)" : "group \($1)" }
    return isFunction(of: values[column], groups)
  }

  /// Whether the class says the value, as with numbers of classes and groups of classes.
  private func followsLabel(_ column: Int) -> Bool { isFunction(of: labels, values[column]) }

  /// Whether rows of equal `keys` have equal `results`, empty keys left out.
  private func isFunction(of keys: [String], _ results: [String]) -> Bool {
    var resultOfKey: [String: String] = [:]
    for (key, result) in zip(keys, results) where !key.isEmpty {
      if let known = resultOfKey.updateValue(result, forKey: key), known != result {
        return false
      }
    }
    return !resultOfKey.isEmpty
  }
}
