import Datasets

/// Columns of categories in a table of features, and what becomes of them: options of the commands that look at a table or train.
/// A model keeps what was fitted, so that the others need none of them.
package struct CategoryOptions: Declarations {
  package init() {}

  package let categoricalColumns = Declaration(
    "categorical-columns", default: ColumnList(),
    help:
      "Columns of a table of features that are categories, also where they are spelled as numbers; columns of words with at"
      + " most \(ColumnSettings.mostLevels) different ones are found.",
    value: "name,name")

  package let categoryLeast = Declaration(
    "category-least", default: ColumnSettings().least, range: .atLeast(1),
    help:
      "Training rows that a category has at least; those of a column with fewer are joined into one, called other.",
    value: "count")
}

extension TrainOptions {
  /// What becomes of the columns of a table.
  ///
  /// - Parameter keepsMissing: whether a missing number stays missing.
  func columnSettings(keepsMissing: Bool = false) -> ColumnSettings {
    ColumnSettings(
      categories: self.categoricalColumns.names, least: self.categoryLeast,
      keepsMissing: keepsMissing)
  }

  /// Reads the columns that a model was trained on, and as what.
  mutating func read(columns: TableEncoding?) {
    self.categoricalColumns = ColumnList(columns?.categories ?? [])
    readsCells = columns != nil
    knownFeatures = columns?.used ?? []
  }
}
