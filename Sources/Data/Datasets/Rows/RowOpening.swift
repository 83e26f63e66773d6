import Files

/// How a path becomes a data set of rows of numbers.
struct RowOpening {
  let labels: LabelPolicy
  let columns: ColumnNames
  /// What spoke for rows; nil where the caller said it.
  let sign: InputSign?
  /// The table that says what the rows are.
  var table: String?
  /// Whether columns of text stand in another table.
  var textsElsewhere = false

  /// - Parameter kind: features or series.
  func open(_ path: String, as kind: InputKind) throws(DatasetError) -> Dataset {
    guard FilePath.isFolder(path) || FilePath.isFile(path) else {
      throw .file(.missing(path: path))
    }
    if let table, kind == .series { throw .labelsWithoutRows(path: path, labels: table) }
    var data =
      kind == .series
      ? try SeriesReader(labels: labels).dataset(path) : try features(path)
    if let sign { data.reading.notes.insert(.takenAs(sign.kind, sign: sign.sign), at: 0) }
    return data
  }

  private func features(_ path: String) throws(DatasetError) -> Dataset {
    guard FilePath.isFolder(path) else {
      switch FilePath.fileExtension(of: path) {
      case let ending where FeatureArrayReader.extensions.contains(ending):
        guard columns.texts.isEmpty || textsElsewhere else {
          throw .textsWithoutTable(path: path, columns: columns.texts)
        }
        guard columns.categories.isEmpty else {
          throw .categoriesWithoutTable(path: path, columns: columns.categories)
        }
        return try FeatureArrayReader(labels: labels, request: columns, table: table).dataset(path)
      case let ending where FeatureTableReader.extensions.contains(ending):
        return try FeatureTableReader(
          labels: labels, request: columns, labelTable: table, textsElsewhere: textsElsewhere
        ).dataset(path)
      default: throw .otherInput(path: path, input: .features, expected: Self.expected)
      }
    }
    let items = try FolderListing.itemsOrDatasetError(path)
    let arrays = FeatureFolder.files(in: items)
    guard arrays.count < 2 else { throw .severalTables(folder: path, tables: arrays) }
    var file = arrays.first
    if file == nil { file = try ManifestReader.table(in: items, folder: path) }
    guard let file else {
      throw .otherInput(path: path, input: .features, expected: Self.expected)
    }
    var data = try features(FilePath.join(path, file))
    data.name = FilePath.name(of: FilePath.absolute(path))
    return data
  }

  private static let expected =
    "a .csv or .tsv, .npy, .npz or .safetensors, or a folder with features.npy, features.npz,"
    + " features.safetensors or labels.csv"
}
