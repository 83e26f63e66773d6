import Files

/// The text of a `.ts` file: a header of lines that begin with `@`, then a series a line, `1,2,3:4,5,6:label`,
/// channels divided by colons.
///
/// Comments begin with `#`, a byte-order mark may stand first, and comments may be in any encoding. Series
/// may differ in length; the channels of one may not.
///
/// Source of the format: sktime and the UEA and UCR archives, Bagnall et al. 2018, arXiv:1811.00075.
struct SeriesText {
  /// What messages call the file.
  let path: String
  private(set) var header = SeriesHeader()
  /// Channels of the series, C.
  private(set) var channels = 0
  /// Series after series, in each `[C, T]`.
  private(set) var numbers: [Float] = []
  /// T of each series.
  private(set) var steps: [Int] = []
  /// The label of each series; empty where it has none.
  private(set) var labels: [String] = []
  /// The line of each series, from 1.
  private(set) var lines: [Int] = []
  private(set) var problems = DataProblems()

  private typealias Bytes = UnsafeBufferPointer<UInt8>

  /// Reads a whole file. What is wrong with single series is kept in ``problems``.
  ///
  /// - Throws: ``DatasetError`` when the file cannot be read or its header is not understood.
  init(path: String) throws(DatasetError) {
    self.path = path
    let bytes: [UInt8]
    do throws(FileError) { bytes = try FileBytes.read(path) } catch { throw .file(error) }
    if bytes.isEmpty { throw .empty(path: path, expected: "a header and a series a line") }
    if let kind = FileKind(head: bytes) { throw .foreignFile(path: path, kind: kind) }
    try bytes.withUnsafeBufferPointer { (all) throws(DatasetError) in try read(all) }
  }

  private mutating func read(_ all: Bytes) throws(DatasetError) {
    var start = all.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    var number = 0
    var isData = false
    while start < all.count {
      var end = start
      while end < all.count, all[end] != UInt8(ascii: "\n") { end += 1 }
      let line = Self.trimmed(all, start, end)
      start = end + 1
      number += 1
      guard let first = line.first, first != UInt8(ascii: "#") else { continue }
      if isData {
        take(line, number)
      } else {
        isData = try takeHeader(String(decoding: line, as: UTF8.self), number)
      }
    }
    guard isData else {
      throw error(number, "ends without a line @data; the file may be cut off")
    }
  }

  /// - Returns: whether rows follow.
  private mutating func takeHeader(_ line: String, _ number: Int) throws(DatasetError) -> Bool {
    guard line.hasPrefix("@") else {
      throw error(number, "stands before @data and begins neither with @ nor with #")
    }
    guard line.lowercased() == "@data" else {
      if let reason = header.take(line, number: number) { throw error(number, reason) }
      return false
    }
    if header.hasTimes {
      throw error(
        number, "has @timeStamps, which are not read; write values at equal steps of time and false"
      )
    }
    if header.hasTarget {
      throw error(number, "has @targetLabel, numbers to predict; only classes are learned")
    }
    if header.hasLabels == nil {
      throw error(
        number, "no line @classLabel before; write '@classLabel true' and the classes, or false")
    }
    channels = header.channels ?? 0
    return true
  }

  private mutating func take(_ line: Bytes, _ number: Int) {
    let start = numbers.count
    var parts = Self.parts(line, UInt8(ascii: ":"))
    var label = ""
    if header.hasLabels == true {
      let last = parts.removeLast()
      label = Blanks.trimmed(String(decoding: last, as: UTF8.self))
    }
    let found = problems.count
    if parts.isEmpty {
      problems.add(.noLabelInRow, at: "\(path):\(number)")
    } else {
      readChannels(parts, number)
      check(label, number)
    }
    guard problems.count == found else {
      numbers.removeLast(numbers.count - start)
      return
    }
    steps.append((numbers.count - start) / channels)
    labels.append(label)
    lines.append(number)
  }

  private mutating func readChannels(_ parts: [Bytes], _ number: Int) {
    let origin = "\(path):\(number)"
    if channels == 0 { channels = parts.count }
    guard parts.count == channels else {
      return problems.add(.channelCount(parts.count, expected: channels), at: origin)
    }
    var lengths: [Int] = []
    for (channel, part) in parts.enumerated() {
      lengths.append(readValues(part, channel, origin))
    }
    if lengths.contains(where: { $0 != lengths[0] }) {
      problems.add(.unequalChannels(lengths), at: origin)
    } else if let steps = header.requiredSteps, lengths[0] != steps {
      problems.add(.seriesLength(lengths[0], stated: steps), at: origin)
    }
  }

  /// - Returns: how many values stand in the channel.
  private mutating func readValues(_ part: Bytes, _ channel: Int, _ origin: String) -> Int {
    var (start, count) = (0, 0)
    while start <= part.count {
      var end = start
      while end < part.count, part[end] != UInt8(ascii: ",") { end += 1 }
      let field = Bytes(rebasing: part[start..<end])
      if let value = DecimalNumber.parse(field).map(Float.init), value.isFinite {
        numbers.append(value)
      } else {
        let text = String(decoding: field, as: UTF8.self)
        problems.add(
          .badNumber(
            NumberFault(text: text), text: Blanks.trimmed(text),
            column: "step \(count) of dimension \(channel)"), at: origin)
      }
      count += 1
      start = end + 1
    }
    return count
  }

  private mutating func check(_ label: String, _ number: Int) {
    guard !header.classes.isEmpty, !label.isEmpty, !header.classes.contains(label) else { return }
    problems.add(.notInClassLabel(label, names: header.classes), at: "\(path):\(number)")
  }

  private static func parts(_ line: Bytes, _ mark: UInt8) -> [Bytes] {
    var parts: [Bytes] = []
    var start = 0
    for index in 0...line.count where index == line.count || line[index] == mark {
      parts.append(Bytes(rebasing: line[start..<index]))
      start = index + 1
    }
    return parts
  }

  /// The bytes of a line without blanks around them.
  private static func trimmed(_ all: Bytes, _ start: Int, _ end: Int) -> Bytes {
    var (start, end) = (start, end)
    while start < end, all[start] <= 0x20 { start += 1 }
    while end > start, all[end - 1] <= 0x20 { end -= 1 }
    return Bytes(rebasing: all[start..<end])
  }

  private func error(_ line: Int, _ reason: String) -> DatasetError {
    .file(.malformedLine(path: path, line: line, reason: reason))
  }
}
