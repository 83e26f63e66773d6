import Requirements

/// Writes CSV or TSV that ``DelimitedReader`` reads back to the same strings.
///
/// A field is quoted only where it must be: when it holds the separator, a quote, a line break or a zero byte,
/// when it begins with a byte-order mark, which a reader would take for that of the file, or when an unquoted
/// line would be empty.
public enum DelimitedWriter {
  /// One record with its closing line feed.
  public static func line(_ fields: [String], separator: Character = ",") -> String {
    if fields == [""] { return "\"\"\n" }
    return fields.map { quoted($0, separator: separator) }
      .joined(separator: String(separator)) + "\n"
  }

  /// Writes a header and rows to `path` atomically, one row in memory at a time.
  ///
  /// The separator is a tab when the name ends in `.tsv` or `.tab`.
  ///
  /// - Precondition: every row has one field per column.
  /// - Throws: ``FileError`` as ``AtomicFile``.
  public static func write(
    columns: [String], rows: some Sequence<[String]>, to path: String
  ) throws(FileError) {
    let tab = ["tsv", "tab"].contains(FilePath.fileExtension(of: path))
    try AtomicFile.write(to: path) { (sink) throws(FileError) in
      try sink.write(line(columns, separator: tab ? "\t" : ","))
      for row in rows {
        require(
          row.count == columns.count,
          "DelimitedWriter.write: expected \(columns.count) fields, got \(row.count)")
        try sink.write(line(row, separator: tab ? "\t" : ","))
      }
    }
  }

  private static func quoted(_ field: String, separator: Character) -> String {
    let mark = separator.asciiValue ?? UInt8(ascii: ",")
    let needsQuotes = field.utf8.contains {
      $0 == mark || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r")
        || $0 == 0
    }
    guard needsQuotes || field.unicodeScalars.first == "\u{FEFF}" else { return field }
    var text = "\""
    for scalar in field.unicodeScalars {
      if scalar == "\"" { text.unicodeScalars.append(scalar) }
      text.unicodeScalars.append(scalar)
    }
    return text + "\""
  }
}
