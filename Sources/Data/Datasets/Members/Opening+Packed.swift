import Files

extension Opening {
  /// Reads a packed file by the table in it.
  ///
  /// - Throws: ``DatasetError`` as a table of images does; ``DatasetError/file(_:)`` where the table does not tell of every
  ///   record.
  func packed(_ file: MappedFile) throws(DatasetError) -> Dataset {
    if let imageRoot { throw .imageRootWithoutTable(path: file.path, root: imageRoot) }
    let (columns, rows, store, members): PackedRows
    do throws(FileError) {
      (columns, rows, store, members) = try Self.rows(of: PackedFile(file))
    } catch {
      throw .file(error)
    }
    var opening = self
    opening.columns.path = self.columns.path ?? columns.first
    return try MemberTable(
      path: file.path, columns: columns, rows: rows, members: members, store: store
    )
    .dataset(name: FilePath.stem(of: file.path), layout: .packed, opening: opening)
  }

  private typealias PackedRows = (
    columns: [String], rows: [ImageTable.Row], store: MemberStore, members: [String: Int]
  )

  private static func rows(of packed: PackedFile) throws(FileError) -> PackedRows {
    let path = packed.file.path
    guard let table = packed.table else {
      throw .malformed(
        path: path,
        reason:
          "holds prepared images of a cache and no labels; name the data that they were made of")
    }
    var reader = try packed.reader(of: table)
    var (rows, store, members) = ([ImageTable.Row](), MemberStore(), [String: Int]())
    while let row = try reader.next() {
      let (number, name) = (rows.count, Blanks.trimmed(row.fields[0]))
      guard number < packed.count, members.updateValue(number, forKey: name) == nil else {
        throw mismatch(path, rows: number + 1, records: packed.count)
      }
      let record = packed.record(number)
      store.append(packed.file, record.range, name: name, checksum: record.checksum)
      rows.append(ImageTable.Row(line: row.line, cells: row.fields))
    }
    guard rows.count == packed.count else {
      throw mismatch(path, rows: rows.count, records: packed.count)
    }
    return (reader.columns, rows, store, members)
  }

  private static func mismatch(_ path: String, rows: Int, records: Int) -> FileError {
    .malformed(
      path: path,
      reason:
        "its table does not have a row of its own for each of \(records) records (row \(rows)); pack the data again"
    )
  }
}

extension PackedFile {
  /// Reads the table that stands at a place of the file.
  func reader(of table: Range<Int>) throws(FileError) -> DelimitedReader {
    try DelimitedReader(
      bytes: Array(file.bytes[table]), name: "\(file.path), \(Self.tableName)",
      separator: UInt8(ascii: ","))
  }

  /// A reader of the table in a packed file; nil where the file is no such one.
  static func reader(in path: String) throws(FileError) -> DelimitedReader? {
    guard FilePath.fileExtension(of: path) == "tar" else { return nil }
    let file = try MappedFile(path: path)
    guard isOne(file) else { return nil }
    let packed = try PackedFile(file)
    guard let table = packed.table else { return nil }
    return try packed.reader(of: table)
  }
}
