extension FeatureTable {
  private typealias Column = RowColumns.Column

  /// Positions in ``texts`` of features that have words.
  var wordColumns: [Int] {
    columns.texts.indices.filter { words.contains(columns.texts[$0]) }
  }

  /// How many columns are features of which no texts are made.
  func featureCount(_ used: FeatureTexts) -> Int {
    features.count + used.words.count + used.categories.count + (keepsCells ? used.added.count : 0)
  }

  /// The columns whose cells may be missing or words: in the order of the file, those with a name of labels behind them, as they
  /// stand where one is a word.
  ///
  /// - Parameter used: what the texts mean.
  /// - Returns: nil where there is none.
  func rowColumns(_ used: FeatureTexts) -> RowColumns? {
    guard keepsCells || !used.categories.isEmpty else { return nil }
    var placed: [(place: Int, column: Column)] = []
    let width = features.count
    if keepsCells {
      placed = columns.numbers.enumerated().map { index, place in
        let cells = texts.rows.indices.map { numbers[$0 * width + index] }
        return (place, Column(name: features[index], cells: .numbers(cells)))
      }
    }
    let placedTexts = (used.words + used.categories).filter { !used.last.contains($0) }
    placed += placedTexts.map { (columns.texts[$0], column($0, isNumber: false)) }
    placed.sort { $0.place < $1.place }
    let last = used.last.filter { keepsCells || used.categories.contains($0) }
    let all =
      placed.map(\.column)
      + last.map { column($0, isNumber: !used.categories.contains($0)) }
    return all.isEmpty ? nil : RowColumns(all, path: path, lines: texts.rows.map(\.line))
  }

  /// - Parameter isNumber: whether cells that are all numbers are taken for those.
  private func column(_ place: Int, isNumber: Bool) -> Column {
    let cells = texts.values(place)
    return Column(
      name: texts.columns[place], cells: isNumber ? RowColumns.Cells(cells) : .words(cells))
  }
}
