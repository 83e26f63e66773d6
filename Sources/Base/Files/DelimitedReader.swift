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
/// separators and line breaks; blanks before and after the quotes do not count. A byte-order mark and
/// CRLF are accepted; an empty line, or one of blanks, in quotes or not, is
/// skipped; of a table of one column only a line without a character. Everything else is an error that
/// names file and line: a record with more or fewer fields than the header, text after a closing quote,
/// a quote inside a plain field, a quote never closed, bytes that are not UTF-8, a repeated column name.
/// A file that is no text, such as a workbook, is named as what it is.
///
/// ```swift
/// var reader = try DelimitedReader(path: "labels.csv")
/// while let row = try reader.next() { … }
/// ```
public struct DelimitedReader: ~Copyable {
  /// The header, in file order.
  public let columns: [String]
  private var records: RecordScanner
  private var record = DelimitedRecord()

  /// Opens a file; the separator is a tab for `.tsv` and `.tab`, else a comma.
  ///
  /// - Throws: ``FileError`` when the file cannot be read, is empty, or its header is malformed.
  public init(path: String) throws(FileError) {
    try self.init(RecordScanner(ByteStream(path: path), separator: Separator.of(path)))
  }

  /// Opens a file whose first line may be none of names, as ``init(path:)``.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - allowingRepeats: whether an entry of the first line may stand there twice.
  /// - Throws: ``FileError`` when the file cannot be read, is empty, or its first line is malformed.
  package init(path: String, allowingRepeats: Bool) throws(FileError) {
    try self.init(
      RecordScanner(ByteStream(path: path), separator: Separator.of(path)),
      allowingRepeats: allowingRepeats)
  }

  /// Opens a file whose separator is seen from its first lines: of comma, semicolon, tab and bar
  /// the one that occurs most often in the header, outside quotes, among those that occur as often
  /// in each of the next five lines; where none does so, among all; behind a first column `path` the one that
  /// stands there. A header without any of them is read as by ``init(path:)``. A first line `sep=;`, as Excel writes it, says it too.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - allowingUnnamed: whether several columns may have no name, as spreadsheets leave them.
  /// - Throws: ``FileError`` when the file cannot be read, is empty, or its header is malformed.
  package init(detecting path: String, allowingUnnamed: Bool = false) throws(FileError) {
    try self.init(detecting: ByteStream(path: path), allowingUnnamed)
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

  /// Reads from memory with the separator that the first lines have, as
  /// ``init(detecting:allowingUnnamed:)``.
  ///
  /// - Parameters:
  ///   - bytes: the file.
  ///   - name: what errors call it.
  ///   - isCut: whether these are its first bytes alone, so that the last line may be cut off.
  /// - Throws: ``FileError`` when there is no header or it is malformed.
  package init(
    detecting bytes: [UInt8], name: String, isCut: Bool = false
  ) throws(FileError) {
    try self.init(detecting: ByteStream(bytes: bytes, name: name), false, isCut: isCut)
  }

  private init(
    detecting stream: consuming ByteStream, _ allowingUnnamed: Bool, isCut: Bool = false
  ) throws(FileError) {
    let declared = Separator.declared(in: stream.chunk)
    let isWhole = !isCut && stream.delivered == stream.size
    let detected = declared ?? Separator.detected(in: stream.chunk, isWhole: isWhole)
    var scanner = try RecordScanner(
      stream, separator: detected ?? Separator.of(stream.name))
    var first = DelimitedRecord()
    if declared != nil { _ = try scanner.next(into: &first) }
    try self.init(scanner, allowingUnnamed: allowingUnnamed)
  }

  private init(
    _ scanner: consuming RecordScanner, allowingUnnamed: Bool = false,
    allowingRepeats: Bool = false
  ) throws(FileError) {
    var scanner = scanner
    var header = DelimitedRecord()
    guard try scanner.next(into: &header) else {
      throw .malformed(path: scanner.name, reason: "is empty, expected a header line")
    }
    let names = try Self.fields(of: header)
    var seen: Set<String> = []
    for name in names where !seen.insert(name).inserted {
      if allowingRepeats || allowingUnnamed && name.isEmpty { continue }
      throw .malformedLine(
        path: scanner.name, line: header.line,
        reason: "the header names the column '\(name)' twice; rename one")
    }
    columns = names
    records = scanner
  }

  /// The next record, or nil at the end of the file.
  ///
  /// - Throws: ``FileError/malformedLine(path:line:reason:)``, or an error of the system.
  public mutating func next() throws(FileError) -> DelimitedRow? {
    guard try Self.read(&record, from: &records, columns) else { return nil }
    return DelimitedRow(line: record.line, fields: try Self.fields(of: record))
  }

  /// Reads the next record in place, without making strings.
  ///
  /// - Returns: false at the end of the file.
  /// - Throws: As ``next()``.
  package mutating func next(into record: inout DelimitedRecord) throws(FileError) -> Bool {
    try Self.read(&record, from: &records, columns)
  }

  private static func read(
    _ record: inout DelimitedRecord, from records: inout RecordScanner, _ columns: [String]
  ) throws(FileError) -> Bool {
    repeat {
      guard try records.next(into: &record) else { return false }
      // A line of blanks is an empty line.
    } while record.isBlankLine && columns.count > 1
    guard record.count == columns.count else {
      throw .malformedLine(
        path: records.name, line: record.line,
        reason: "\(record.count) fields, but the header has \(columns.count) columns"
          + " (\(Self.listed(columns))); quote a field that holds the separator")
    }
    return true
  }

  /// The first names, where there are very many.
  private static func listed(_ names: [String]) -> String {
    names.prefix(40).joined(separator: ", ") + (names.count > 40 ? ", …" : "")
  }

  /// About how many records the file has, after some were read; 0 where there is no telling.
  package func estimatedCount(afterReading rows: Int) -> Int {
    let read = records.bytesRead
    return read == 0 ? 0 : Int(Double(rows) * Double(records.size) / Double(read)) + 1
  }

  private static func fields(of record: DelimitedRecord) throws(FileError) -> [String] {
    var fields: [String] = []
    fields.reserveCapacity(record.count)
    for index in 0..<record.count { fields.append(try record.text(index)) }
    return fields
  }
}
