/// The splits that the cells of a column say, and what is wrong with them.
///
/// A fold column of numbers says none: folds of a cross-validation are not train, val and test, so they stay
/// an attribute. Some rows with a split and some without are an oversight.
struct SplitCells {
  /// The split of each row; nil where it has none.
  let splits: [Split?]
  private(set) var problems: [(row: Int, kind: DataProblem.Kind)] = []

  /// - Parameters:
  ///   - words: the cells without blanks around them.
  ///   - column: how they say a split.
  ///   - name: of the column.
  init(_ words: [String], _ column: ManifestColumns.SplitColumn, name: String) {
    var splitOfWord: [String: Split] = [:]
    for word in Set(words) { splitOfWord[word] = column.split(of: word) }
    splits = words.map { splitOfWord[$0] }
    let isSplit = splits.contains { $0 != nil }
    let isFold = name.lowercased() == "fold"
    for (row, word) in words.enumerated() where splits[row] == nil {
      if word.isEmpty {
        if isSplit { problems.append((row, .emptySplit)) }
      } else if isSplit || !isFold || Int(word) == nil {
        problems.append((row, .unknownSplit(word, column: name)))
      }
    }
  }
}

extension ManifestColumns.SplitColumn {
  /// The split that a cell says; nil where it says none.
  func split(of word: String) -> Split? {
    switch self {
    case .words: Split(synonym: word)
    case .flag(_, let yes, let no): SplitFlag.value(of: word).map { $0 ? yes : no }
    }
  }
}
