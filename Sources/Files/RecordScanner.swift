/// Cuts a byte stream into records and fields: the byte loop of ``DelimitedReader``.
struct RecordScanner: ~Copyable {
  private enum State { case fieldStart, plain, quoted, quoteInQuoted }

  private static let quote = UInt8(ascii: "\"")
  private static let newline = UInt8(ascii: "\n")
  private static let carriage = UInt8(ascii: "\r")

  let name: String
  private let separator: UInt8
  private var stream: ByteStream
  private var position = 0
  private var line = 1
  private var pending: [UInt8] = []

  init(_ stream: consuming ByteStream, separator: UInt8) throws(FileError) {
    name = stream.name
    self.separator = separator
    if stream.chunk.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    if stream.chunk.starts(with: [0xFF, 0xFE]) || stream.chunk.starts(with: [0xFE, 0xFF]) {
      throw .malformed(path: name, reason: "is UTF-16 text; save it as UTF-8")
    }
    self.stream = stream
  }

  /// The next record that is not an empty line, or nil at the end.
  mutating func next() throws(FileError) -> DelimitedRow? {
    while true {
      let start = line
      guard let fields = try record(startingAt: start) else { return nil }
      if !fields.isEmpty { return DelimitedRow(line: start, fields: fields) }
    }
  }

  /// The fields of one record; empty for an empty line; nil at the end.
  private mutating func record(startingAt start: Int) throws(FileError) -> [String]? {
    var fields: [String] = []
    var state = State.fieldStart
    var isQuoted = false
    pending.removeAll(keepingCapacity: true)
    while let byte = try nextByte() {
      switch state {
      case .quoted: state = quoted(byte)
      case .quoteInQuoted where byte == Self.quote:
        pending.append(byte)
        state = .quoted
      case .fieldStart where byte == Self.quote:
        state = .quoted
        isQuoted = true
      default:
        switch byte {
        case separator:
          fields.append(try field(line: line))
          state = .fieldStart
          isQuoted = false
        case Self.newline, Self.carriage:
          if byte == Self.carriage { try expectNewline() }
          return try finish(&fields, isQuoted: isQuoted)
        default:
          try check(byte, in: state)
          pending.append(byte)
          state = .plain
        }
      }
    }
    try checkClosed(state, startingAt: start)
    if fields.isEmpty && pending.isEmpty && !isQuoted { return nil }
    return try finish(&fields, isQuoted: isQuoted)
  }

  /// Takes a byte of a quoted field.
  private mutating func quoted(_ byte: UInt8) -> State {
    if byte == Self.quote { return .quoteInQuoted }
    if byte == Self.newline { line += 1 }
    pending.append(byte)
    return .quoted
  }

  private func checkClosed(_ state: State, startingAt start: Int) throws(FileError) {
    if case .quoted = state {
      throw error("a quoted field that starts in the record of this line is never closed", start)
    }
  }

  private mutating func finish(
    _ fields: inout [String], isQuoted: Bool
  ) throws(FileError) -> [String] {
    let isBlank = fields.isEmpty && pending.isEmpty && !isQuoted
    if !isBlank { fields.append(try field(line: line)) }
    line += 1
    return fields
  }

  private func check(_ byte: UInt8, in state: State) throws(FileError) {
    if case .quoteInQuoted = state {
      throw error("text after a closing quote; double a quote that belongs to the field", line)
    }
    if byte == Self.quote {
      throw error(
        "a quote inside a field that does not start with one; quote the whole field", line)
    }
    if byte == 0 {
      throw error("a zero byte; this is not a text file in UTF-8", line)
    }
  }

  private mutating func expectNewline() throws(FileError) {
    guard let byte = try nextByte() else { return }
    guard byte == Self.newline else {
      throw error("a carriage return without a line feed; save the file with LF or CRLF", line)
    }
  }

  private mutating func field(line: Int) throws(FileError) -> String {
    guard let text = String(validating: pending, as: UTF8.self) else {
      throw error("bytes that are not UTF-8; save the file as UTF-8", line)
    }
    pending.removeAll(keepingCapacity: true)
    return text
  }

  private mutating func nextByte() throws(FileError) -> UInt8? {
    if position >= stream.chunk.count {
      guard try stream.refill() else { return nil }
      position = 0
    }
    defer { position += 1 }
    return stream.chunk[position]
  }

  private func error(_ reason: String, _ line: Int) -> FileError {
    .malformedLine(path: name, line: line, reason: reason)
  }
}
