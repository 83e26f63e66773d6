import Files

extension RowManifest {
  /// Packs a table (CSV or TSV with a header) into a manifest.
  ///
  /// What stands at `manifest` is replaced when everything was written, and not before; packing that is killed leaves it as it was.
  ///
  /// - Parameters:
  ///   - table: a row for each image.
  ///   - pathColumn: the column with the path of the image, kept as it stands there.
  ///   - labelColumn: the column with the name of its class.
  ///   - manifest: the file to write.
  /// - Throws: ``ManifestError`` of a table without these columns or with an empty cell in them, or an error of the disk.
  public static func pack(
    table: String, pathColumn: String, labelColumn: String, to manifest: String
  ) throws(ManifestError) {
    let state = FileState(of: table)
    let opened = try ManifestError.wrapping { () throws(FileError) in
      try DelimitedReader(path: table)
    }
    var reader = opened
    let (path, label) = (
      try place(of: pathColumn, in: reader.columns, table),
      try place(of: labelColumn, in: reader.columns, table)
    )
    try pack(to: manifest, from: state) { (packer) throws(ManifestError) in
      var record = DelimitedRecord()
      while try next(&record, &reader) {
        try packer.add(
          cell(path, pathColumn, of: record, table),
          label: cell(label, labelColumn, of: record, table))
      }
    }
  }

  /// Packs rows that a program makes.
  ///
  /// - Parameters:
  ///   - manifest: the file to write.
  ///   - body: hands over the rows in the order of their numbers.
  /// - Throws: what `body` throws, ``ManifestError/noRows(path:)``, or an error of the disk.
  public static func pack(
    to manifest: String, _ body: (inout ManifestPacker) throws(ManifestError) -> Void
  ) throws(ManifestError) {
    try pack(to: manifest, from: nil, body)
  }

  private static func pack(
    to manifest: String, from source: FileState?,
    _ body: (inout ManifestPacker) throws(ManifestError) -> Void
  ) throws(ManifestError) {
    var packer = try ManifestError.wrapping { () throws(FileError) in
      try ManifestPacker(to: manifest)
    }
    try body(&packer)
    try packer.finish(source)
  }

  private static func place(
    of name: String, in columns: [String], _ table: String
  ) throws(ManifestError) -> Int {
    guard let place = columns.firstIndex(of: name) else {
      throw .noSuchColumn(path: table, name: name, found: columns)
    }
    return place
  }

  private static func next(
    _ record: inout DelimitedRecord, _ reader: inout DelimitedReader
  ) throws(ManifestError) -> Bool {
    do { return try reader.next(into: &record) } catch { throw .file(error) }
  }

  private static func cell(
    _ place: Int, _ column: String, of record: DelimitedRecord, _ table: String
  ) throws(ManifestError) -> String {
    let text: String
    do { text = try record.text(place) } catch { throw .file(error) }
    guard !text.isEmpty else {
      throw .emptyCell(path: table, line: record.line, column: column)
    }
    return text
  }
}
