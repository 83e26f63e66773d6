/// Cuts a byte stream into records and fields: the byte loop of ``DelimitedReader``.
struct RecordScanner: ~Copyable {
  /// `closed` is behind a closing quote and a blank, where no quote can be doubled any more.
  private enum State { case fieldStart, plain, quoted, quoteInQuoted, closed }

  private static let quote = UInt8(ascii: "\"")
  private static let newline = UInt8(ascii: "\n")
  private static let carriage = UInt8(ascii: "\r")
  private static let blank = UInt8(ascii: " ")

  let name: String
  private let separator: UInt8
  private var stream: ByteStream
  private var position = 0
  private var line = 1

  init(_ stream: consuming ByteStream, separator: UInt8) throws(FileError) {
    name = stream.name
    self.separator = separator
    if stream.chunk.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    if let kind = FileKind(head: stream.chunk.prefix(FileKind.headLength)) {
      throw .malformed(path: name, reason: "is \(kind), expected a table; \(kind.advice)")
    }
    self.stream = stream
  }

  /// Bytes of the stream, and how many of them were read.
  var size: Int { stream.size }
  var bytesRead: Int { stream.delivered - stream.chunk.count + position }

  /// Reads the next record that is not an empty line.
  ///
  /// - Returns: false at the end.
  mutating func next(into record: inout DelimitedRecord) throws(FileError) -> Bool {
    repeat {
      record.start(name, line: line)
      guard try scan(into: &record) else { return false }
    } while record.count == 0
    return true
  }

  /// Reads one line, quoted line breaks and all; an empty line leaves the record empty.
  private mutating func scan(into record: inout DelimitedRecord) throws(FileError) -> Bool {
    var state = State.fieldStart
    var isQuoted = false
    while let byte = try nextByte() {
      switch state {
      case .quoted: state = quoted(byte, into: &record)
      case .quoteInQuoted where byte == Self.quote:
        record.append(byte)
        state = .quoted
      case .fieldStart where byte == Self.quote:
        state = .quoted
        isQuoted = true
      case .plain where byte == Self.quote && record.fieldIsBlank:
        record.restartField()
        state = .quoted
        isQuoted = true
      case .quoteInQuoted where byte == Self.blank && byte != separator: state = .closed
      case .closed where byte == Self.blank && byte != separator: break
      default:
        switch byte {
        case separator:
          record.endField()
          state = .fieldStart
          isQuoted = false
        case Self.newline, Self.carriage:
          if byte == Self.carriage { try expectNewline() }
          finish(&record, isQuoted: isQuoted)
          return true
        default:
          try check(byte, in: state)
          record.append(byte)
          state = .plain
          takePlain(into: &record)
        }
      }
    }
    try checkClosed(state, startingAt: record.line)
    if record.isEmpty && !isQuoted { return false }
    finish(&record, isQuoted: isQuoted)
    return true
  }

  /// Takes a byte of a quoted field.
  private mutating func quoted(_ byte: UInt8, into record: inout DelimitedRecord) -> State {
    if byte == Self.quote { return .quoteInQuoted }
    if byte == Self.newline { line += 1 }
    record.append(byte)
    return .quoted
  }

  private func checkClosed(_ state: State, startingAt start: Int) throws(FileError) {
    if case .quoted = state {
      throw error("a quoted field that starts in the record of this line is never closed", start)
    }
  }

  /// Takes what follows in a plain field up to the next byte with a meaning, at once.
  private mutating func takePlain(into record: inout DelimitedRecord) {
    let start = position
    let separator = separator
    stream.chunk.withUnsafeBufferPointer { chunk in
      while position < chunk.count {
        let byte = chunk[position]
        // Line breaks and zero are no larger than a carriage return.
        if byte == separator || byte <= Self.carriage || byte == Self.quote { break }
        position += 1
      }
    }
    if position > start { record.append(stream.chunk[start..<position]) }
  }

  private mutating func finish(_ record: inout DelimitedRecord, isQuoted: Bool) {
    if !record.isEmpty || isQuoted { record.endField() }
    line += 1
  }

  private func check(_ byte: UInt8, in state: State) throws(FileError) {
    switch state {
    case .quoteInQuoted, .closed:
      throw error("text after a closing quote; double a quote that belongs to the field", line)
    case .fieldStart, .plain, .quoted: break
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
