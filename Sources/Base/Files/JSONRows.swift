/// Rows of a table in JSON: one object a line (`.jsonl`), or a list of objects (`.json`). The content
/// decides which it is, not the name.
///
/// ```swift
/// for row in try JSONRows.read("labels.json") { … row.members … }
/// ```
package enum JSONRows {
  /// One object.
  package struct Row: Sendable {
    /// The line on which it begins, counted from 1.
    package let line: Int
    /// Its members, in file order.
    package let members: [(key: String, value: JSONValue)]
  }

  /// All rows of a file.
  ///
  /// - Throws: ``FileError`` when the file cannot be read, is no JSON, or is JSON of another form.
  package static func read(_ path: String) throws(FileError) -> [Row] {
    let head = try FileBytes.head(of: path, count: FileKind.headLength)
    if let kind = FileKind(head: head) {
      throw .malformed(path: path, reason: "is \(kind), expected a table; \(kind.advice)")
    }
    let first = head.first { !" \t\r\n\u{FEFF}".utf8.contains($0) }
    return first == UInt8(ascii: "[") ? try list(path) : try lines(path)
  }

  private static func lines(_ path: String) throws(FileError) -> [Row] {
    var rows: [Row] = []
    do throws(FileError) {
      var reader = try JSONLinesReader(path: path)
      while let (line, members) = try reader.next() {
        rows.append(Row(line: line, members: members))
      }
    } catch {
      // One object over many lines has no first line of its own.
      if rows.isEmpty, let keys = try keysOfObject(path) { throw oneObject(keys, path) }
      throw error
    }
    // An object of lists and objects is a file about many images, not a row.
    if rows.count == 1, !rows[0].members.isEmpty,
      rows[0].members.allSatisfy({ $0.value.text == nil })
    {
      throw oneObject(rows[0].members.map(\.key), path)
    }
    return rows
  }

  private static func keysOfObject(_ path: String) throws(FileError) -> [String]? {
    let bytes = try FileBytes.read(path)
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    guard case .object(let members)? = try? JSONParser.parse(bytes[start...]) else { return nil }
    return members.map(\.key)
  }

  private static func oneObject(_ keys: [String], _ path: String) -> FileError {
    let names = keys.prefix(5).joined(separator: ", ") + (keys.count > 5 ? ", …" : "")
    return .malformed(
      path: path,
      reason: "is one JSON object (\(names)), expected one object an image: a list"
        + " [{\"path\": …, \"label\": …}, …], or one object a line")
  }

  private static func list(_ path: String) throws(FileError) -> [Row] {
    let bytes = try FileBytes.read(path)
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    let items: [(offset: Int, value: JSONValue)]
    do throws(JSONParser.Failure) {
      items = try JSONParser.items(of: bytes[start...])
    } catch {
      let place = Self.place(of: error.column - 1, in: bytes[start...])
      throw .malformedLine(
        path: path, line: place.line,
        reason: "is not JSON: \(error.reason) at column \(place.column)")
    }
    var (rows, line, offset): ([Row], Int, Int) = ([], 1, 0)
    for item in items {
      line += bytes[(start + offset)..<(start + item.offset)].count { $0 == UInt8(ascii: "\n") }
      offset = item.offset
      guard case .object(let members) = item.value else {
        throw .malformedLine(
          path: path, line: line, reason: "expected a JSON object, {\"key\": value, …}")
      }
      rows.append(Row(line: line, members: members))
    }
    return rows
  }

  /// Line and column, from 1, of a byte of a text.
  package static func place(
    of offset: Int, in bytes: ArraySlice<UInt8>
  ) -> (line: Int, column: Int) {
    let before = bytes.prefix(offset)
    let lines = before.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    return (lines.count, (lines.last?.count ?? 0) + 1)
  }
}
