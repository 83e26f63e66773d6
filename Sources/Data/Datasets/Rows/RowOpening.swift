import Files

/// How a path becomes a data set of rows of numbers.
struct RowOpening {
  let labels: LabelPolicy
  let columns: ColumnNames
  /// What spoke for rows; nil where the caller said it.
  let sign: InputSign?

  /// - Parameter kind: features or series.
  func open(_ path: String, as kind: InputKind) throws(DatasetError) -> Dataset {
    guard FilePath.isFolder(path) || FilePath.isFile(path) else {
      throw .file(.missing(path: path))
    }
    var data =
      kind == .series
      ? try SeriesReader(labels: labels).dataset(path) : try features(path)
    if let sign { data.reading.notes.insert(.takenAs(sign.kind, sign: sign.sign), at: 0) }
    return data
  }

  private func features(_ path: String) throws(DatasetError) -> Dataset {
    throw .otherInput(path: path, input: .features, expected: "later")
  }
}
