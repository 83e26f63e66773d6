/// One record of a delimited file.
public struct DelimitedRow: Equatable, Sendable {
  /// The line on which the record starts, counted from 1.
  public let line: Int
  /// One string per column of the header.
  public let fields: [String]
}

/// Reads CSV or TSV with a header, strictly, one record at a time, in bounded memory.
///
/// RFC 4180: fields may be quoted with `"`, a quote inside is doubled, a quoted field may hold
/// separators and line breaks. A byte-order mark and CRLF are accepted; a wholly empty line is
/// skipped. Everything else is an error that names file and line: a record with more or fewer
/// fields than the header, text after a closing quote, a quote inside a plain field, a quote never
/// closed, bytes that are not UTF-8, a repeated column name.
///
/// ```swift
/// var reader = try DelimitedReader(path: "labels.csv")
/// while let row = try reader.next() { … }
/// ```
public struct DelimitedReader: ~Copyable {
  /// The header, in file order.
  public let columns: [String]
  private var records: RecordScanner

  /// Opens a file; the separator is a tab for `.tsv` and `.tab`, else a comma.
  ///
  /// - Throws: ``FileError`` when the file cannot be read, is empty, or its header is malformed.
  public init(path: String) throws(FileError) {
    let tab = ["tsv", "tab"].contains(FilePath.fileExtension(of: path))
    try self.init(
      RecordScanner(ByteStream(path: path), separator: UInt8(ascii: tab ? "\t" : ",")))
  }

  /// Reads from memory.
  ///
  /// - Parameters:
  ///   - bytes: the whole file.
  ///   - name: what errors call it.
  ///   - separator: one ASCII character.
  /// - Throws: ``FileError`` when there is no header or it is malformed.
  public init(
    bytes: [UInt8], name: String, separator: UInt8 = UInt8(ascii: ",")
  ) throws(FileError) {
    try self.init(RecordScanner(ByteStream(bytes: bytes, name: name), separator: separator))
  }

  private init(_ scanner: consuming RecordScanner) throws(FileError) {
    guard let header = try scanner.next() else {
      throw .malformed(path: scanner.name, reason: "is empty, expected a header line")
    }
    var seen: Set<String> = []
    for name in header.fields where !seen.insert(name).inserted {
      throw .malformedLine(
        path: scanner.name, line: header.line,
        reason: "the header names the column '\(name)' twice; rename one")
    }
    columns = header.fields
    records = scanner
  }

  /// The next record, or nil at the end of the file.
  ///
  /// - Throws: ``FileError/malformedLine(path:line:reason:)``, or an error of the system.
  public mutating func next() throws(FileError) -> DelimitedRow? {
    guard let row = try records.next() else { return nil }
    guard row.fields.count == columns.count else {
      throw .malformedLine(
        path: records.name, line: row.line,
        reason: "\(row.fields.count) fields, but the header has \(columns.count) columns"
          + " (\(columns.joined(separator: ", "))); quote a field that holds the separator")
    }
    return row
  }
}
