/// Which columns of the texts of a table of features are features, each by its position there.
struct FeatureTexts {
  /// Columns of text that are asked for.
  let texts: [Int]
  /// Columns of categories that are asked for.
  let categories: [Int]
  /// Columns with a name of labels that are not the label: features that stand last, those of ``categories`` too.
  let last: [Int]
  /// Those of ``last`` that are not asked for.
  let added: [Int]
  /// Columns without a role that have words.
  let words: [Int]
  /// What may be an oversight about ``words``.
  let warnings: [ReadingWarning]

  /// - Parameters:
  ///   - chooser: of the texts.
  ///   - cells: what the other columns mean.
  /// - Throws: ``DatasetError`` for a column that is not there, is named twice or has a role.
  init(
    _ table: FeatureTable, _ chooser: ColumnChooser, _ cells: RowCells
  ) throws(DatasetError) {
    let (texts, categories) = try chooser.featureColumns(besides: cells.columns)
    let asked = Set(texts + categories)
    (self.texts, self.categories) = (texts, categories)
    last =
      table.columns.areNumbered
      ? []
      : Self.unused(cells.columns, in: table.texts, chooser.namedFeatures)
        .filter { !texts.contains($0) }
    added = last.filter { !asked.contains($0) }
    let candidates = table.wordColumns
    let suspicion = ColumnSuspicion(
      table.texts, chooser.values, cells.columns, labels: cells.labels, among: Set(candidates))
    var (splits, groups): (Set<String>, [ReadingWarning]) = ([], [])
    for warning in suspicion.warnings {
      switch warning {
      case .holdsSplitWords(let column, _): splits.insert(column)
      case .repeatsLikeGroup(let column, let values, let rows):
        groups.append(.categoriesLikeGroup(column: column, values: values, rows: rows))
      default: continue
      }
    }
    // The words of a split say nothing of a row; that the column is left alone is said where those of others are.
    words = candidates.filter { !splits.contains(table.texts.name($0)) }
    warnings = groups
  }

  /// All of them.
  var all: Set<Int> { Set(texts + categories + added + words) }

  /// Where there is no label, those alone that a model is said to know.
  private static func unused(
    _ columns: ManifestColumns, in table: ImageTable, _ known: Set<Int>
  ) -> [Int] {
    let named = Set(ColumnRole.label.positions(in: table.columns))
    return table.columns.indices.filter {
      named.contains($0) && !columns.used.contains($0)
        && (columns.label != .none || known.contains($0))
    }
  }
}
