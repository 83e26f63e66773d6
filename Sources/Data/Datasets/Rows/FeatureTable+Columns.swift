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
    placed += (used.words + used.categories).map { column in
      (
        columns.texts[column],
        Column(name: texts.columns[column], cells: .words(texts.values(column)))
      )
    }
    placed.sort { $0.place < $1.place }
    let last = (keepsCells ? used.added : []).map { column in
      Column(name: texts.columns[column], cells: RowColumns.Cells(texts.values(column)))
    }
    let all = placed.map(\.column) + last
    return all.isEmpty ? nil : RowColumns(all, path: path, lines: texts.rows.map(\.line))
  }
}
