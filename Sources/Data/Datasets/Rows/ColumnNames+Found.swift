import Files

extension ColumnNames {
  /// Of the columns that are asked for, those that a table has; names count as ``ColumnRole`` compares them.
  ///
  /// - Parameter path: the table.
  /// - Throws: ``DatasetError/file(_:)``.
  func found(inHeaderOf path: String) throws(DatasetError) -> ColumnNames {
    let columns: [String]
    do throws(FileError) {
      columns = try DelimitedReader(detecting: path, allowingUnnamed: true).columns
        .map(Blanks.trimmed)
    } catch {
      throw .file(error)
    }
    let folded = Set(columns.map(ColumnRole.folded))
    func known(_ name: String?) -> String? {
      name.flatMap { folded.contains(ColumnRole.folded($0)) ? $0 : nil }
    }
    return ColumnNames(
      path: known(self.path), label: known(label), group: known(group),
      split: known(split),
      labelColumns: labelColumns.filter {
        known($0) != nil || !Self.matching($0, in: columns).isEmpty
      }, texts: texts, categories: categories, features: features, takesCells: takesCells,
      isStrict: isStrict)
  }
}
