import Requirements

/// One record of a delimited file as bytes, to be filled again and again: no string is made before
/// it is asked for, so that a table of a million rows of numbers makes no garbage.
package struct DelimitedRecord: Sendable {
  /// What errors call the file.
  package private(set) var file = ""
  /// The line on which the record starts, counted from 1.
  package private(set) var line = 0
  /// Fields one after the other, without separators and quotes.
  private var bytes: [UInt8] = []
  /// Where each field ends.
  private var ends: [Int] = []

  /// An empty record.
  package init() {}

  /// Number of fields.
  package var count: Int { ends.count }

  /// The text of a field.
  ///
  /// - Throws: ``FileError/malformedLine(path:line:reason:)`` where it is not UTF-8.
  /// - Precondition: `index` lies in `0..<count`.
  package func text(_ index: Int) throws(FileError) -> String {
    let text = withBytes(of: index) { String(validating: $0, as: UTF8.self) }
    guard let text else {
      throw .malformedLine(
        path: file, line: line, reason: NotUTF8.reason(withBytes(of: index) { Array($0) }))
    }
    return text
  }

  /// The number in a field, spaces around it skipped; nil where it is none.
  ///
  /// - Precondition: `index` lies in `0..<count`.
  package func number(_ index: Int) -> Double? { withBytes(of: index, DecimalNumber.parse) }

  private func withBytes<R>(of index: Int, _ body: (UnsafeBufferPointer<UInt8>) -> R) -> R {
    require(
      ends.indices.contains(index),
      "DelimitedRecord: expected a field in 0..<\(count), got \(index)")
    let start = index == 0 ? 0 : ends[index - 1]
    return bytes.withUnsafeBufferPointer {
      body(UnsafeBufferPointer(rebasing: $0[start..<ends[index]]))
    }
  }

  /// Whether the record is a single field of blanks.
  var isBlankLine: Bool { ends.count == 1 && bytes.allSatisfy { $0 == 0x20 || $0 == 0x09 } }

  // What the scanner does.

  /// Whether nothing was read yet, not even an empty field.
  var isEmpty: Bool { bytes.isEmpty && ends.isEmpty }

  mutating func start(_ file: String, line: Int) {
    if self.file != file { self.file = file }
    self.line = line
    bytes.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
  }

  mutating func append(_ byte: UInt8) { bytes.append(byte) }

  mutating func append(_ part: ArraySlice<UInt8>) { bytes.append(contentsOf: part) }

  /// Whether the field that is being read has blanks only, or nothing yet.
  var fieldIsBlank: Bool { bytes[(ends.last ?? 0)...].allSatisfy { $0 == 0x20 } }

  /// Forgets what was read of the field so far.
  mutating func restartField() { bytes.removeSubrange((ends.last ?? 0)...) }

  mutating func endField() { ends.append(bytes.count) }
}
