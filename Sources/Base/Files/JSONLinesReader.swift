/// Reads a `.jsonl` file, one JSON object a line, in bounded memory; empty lines are skipped.
///
/// ```swift
/// var reader = try JSONLinesReader(path: "metadata.jsonl")
/// while let (line, members) = try reader.next() { … }
/// ```
public struct JSONLinesReader: ~Copyable {
  private var stream: ByteStream
  private var position = 0
  private var line = 0

  /// Opens a file.
  ///
  /// - Throws: ``FileError`` when the file cannot be read.
  public init(path: String) throws(FileError) {
    stream = try ByteStream(path: path)
    skipMark()
  }

  /// Reads from memory; `name` is what errors call it.
  public init(bytes: [UInt8], name: String) {
    stream = ByteStream(bytes: bytes, name: name)
    skipMark()
  }

  /// The line number, from 1, and the members of the next object; nil at the end.
  ///
  /// - Throws: ``FileError/malformedLine(path:line:reason:)`` when a line is not a JSON object.
  public mutating func next() throws(FileError) -> (
    line: Int, members: [(key: String, value: JSONValue)]
  )? {
    while let text = try nextLine() {
      if text.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { continue }
      do throws(JSONParser.Failure) {
        if case .object(let members) = try JSONParser.parse(text[...]) { return (line, members) }
      } catch {
        throw .malformedLine(
          path: stream.name, line: line,
          reason: "is not JSON: \(error.reason) at column \(error.column)")
      }
      throw .malformedLine(
        path: stream.name, line: line, reason: "expected a JSON object, {\"key\": value, …}")
    }
    return nil
  }

  private mutating func skipMark() {
    if stream.chunk.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
  }

  private mutating func nextLine() throws(FileError) -> [UInt8]? {
    var text: [UInt8] = []
    var isStarted = false
    while true {
      if position >= stream.chunk.count {
        position = 0
        guard try stream.refill() else { break }
      }
      isStarted = true
      if let end = stream.chunk[position...].firstIndex(of: UInt8(ascii: "\n")) {
        text += stream.chunk[position..<end]
        position = end + 1
        line += 1
        return text
      }
      text += stream.chunk[position...]
      position = stream.chunk.count
    }
    line += 1
    return isStarted ? text : nil
  }
}
