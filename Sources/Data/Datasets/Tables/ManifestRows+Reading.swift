extension ManifestRows {
  /// What the columns were taken for, and what must be said about it.
  ///
  /// - Parameter request: which columns are meant.
  /// - Throws: ``DatasetError/strictColumns(path:_:)``.
  func reading(_ request: ColumnNames) throws(DatasetError) -> Reading {
    let suspicion = ColumnSuspicion(table, values, columns, labels: labels)
    var reading = Reading(
      tables: [
        ColumnUse(
          table, columns, splitByFolder: hasFolderSplits, areLabels: policy == .several)
      ])
    reading.notes = notes + suspicion.notes
    guard policy != .optional || request.isStrict else { return reading }
    let warnings = suspicion.warnings + self.warnings
    let columnWarnings = warnings.filter(\.isAboutColumns)
    if request.isStrict && !columnWarnings.isEmpty {
      throw .strictColumns(path: table.path, columnWarnings)
    }
    if policy != .optional { reading.warnings = warnings }
    return reading
  }
}
