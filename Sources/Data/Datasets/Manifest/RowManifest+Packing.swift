import Files

extension RowManifest {
  /// Packs a table (CSV or TSV with a header) into a manifest. What divides its fields is seen from its first lines.
  ///
  /// Labels that are equal as Swift compares strings, up to canonical equivalence, are one class, as in a ``ClassList``;
  /// it has the spelling that comes first.
  ///
  /// What stands at `manifest` is replaced when everything was written, and not before; packing that is killed leaves it as it was.
  ///
  /// - Parameters:
  ///   - table: a row for each image.
  ///   - pathColumn: the column with the path of the image, kept as it stands there.
  ///   - labelColumn: the column with the name of its class.
  ///   - manifest: the file to write.
  /// - Throws: ``ManifestError`` of a table without these columns or with an empty cell in them, of a manifest that is the
  ///   table, or an error of the disk.
  public static func pack(
    table: String, pathColumn: String, labelColumn: String, to manifest: String
  ) throws(ManifestError) {
    let state = FileState(of: table)
    if let state, let old = FileState(of: manifest), old.device == state.device,
      old.inode == state.inode
    {
      throw .replacesTable(path: manifest, table: table)
    }
    let opened = try ManifestError.wrapping { () throws(FileError) in
      try DelimitedReader(detecting: table, allowingUnnamed: true)
    }
    var reader = opened
    let (path, label) = (
      try place(of: pathColumn, in: reader.columns, table),
      try place(of: labelColumn, in: reader.columns, table)
    )
    try pack(to: manifest, from: state) { (packer) throws(ManifestError) in
      var record = DelimitedRecord()
      while try next(&record, &reader) {
        let file = try cell(path, pathColumn, of: record, table)
        guard file.utf8.count <= ManifestFormat.longestPath else {
          throw .longCell(
            path: table, line: record.line, column: pathColumn, bytes: file.utf8.count)
        }
        try packer.add(file, label: cell(label, labelColumn, of: record, table))
      }
    }
  }

  /// Packs rows that a program makes.
  ///
  /// - Parameters:
  ///   - manifest: the file to write.
  ///   - body: hands over the rows in the order of their numbers.
  /// - Throws: what `body` throws; the first error of ``ManifestPacker/add(_:label:)``, also where `body` caught it;
  ///   ``ManifestError/noRows(path:)``, or an error of the disk.
  public static func pack(
    to manifest: String, _ body: (inout ManifestPacker) throws(ManifestError) -> Void
  ) throws(ManifestError) {
    try pack(to: manifest, from: nil, body)
  }

  private static func pack(
    to manifest: String, from source: FileState?,
    _ body: (inout ManifestPacker) throws(ManifestError) -> Void
  ) throws(ManifestError) {
    // Seen only at the end otherwise, when all rows were packed.
    if FilePath.isFolder(manifest) { throw .file(.isFolder(path: manifest)) }
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
