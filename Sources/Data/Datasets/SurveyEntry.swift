import Files
import Imaging

/// One image file in a ``SurveyCache``: its state when it was read, and what was found.
struct SurveyEntry: Equatable {
  let state: FileState
  let facts: Survey.Facts
  /// Whether a fingerprint was looked for; a picture that shows nothing has none.
  let isFingerprinted: Bool

  /// An entry; nil for an image that failed, that was not decoded, and whose samples have another type than 8 bits.
  init?(_ state: FileState, _ facts: Survey.Facts, isFingerprinted: Bool) {
    guard facts.failure == nil, facts.type == .uint8, facts.pixels != nil, facts.size != nil else {
      return nil
    }
    (self.state, self.facts, self.isFingerprinted) = (state, facts, isFingerprinted)
  }

  /// The last is never empty, so that a line that is cut off is no entry.
  private static let columns = [
    "path", "size", "modified", "changed", "inode", "device", "bytes", "pixels", "width", "height",
    "channels", "pages", "alpha", "spare_bands", "format", "fingerprint", "is_fingerprinted",
  ]

  /// The entries of a file by the paths of their images.
  ///
  /// - Throws: `FileError` where it cannot be read, or holds something else.
  static func read(_ path: String) throws(FileError) -> [String: SurveyEntry] {
    var reader = try DelimitedReader(path: path)
    guard reader.columns == columns else {
      throw .malformed(path: path, reason: "holds no survey of this version")
    }
    var entries: [String: SurveyEntry] = [:]
    while let row = try reader.next() {
      guard let entry = SurveyEntry(row.fields) else {
        throw .malformedLine(path: path, line: row.line, reason: "is no entry of a survey")
      }
      entries[row.fields[0]] = entry
    }
    return entries
  }

  /// Writes entries.
  ///
  /// - Throws: `FileError` where that cannot be.
  static func write(_ entries: [String: SurveyEntry], to path: String) throws(FileError) {
    try DelimitedWriter.write(
      columns: columns, rows: entries.sorted { $0.key < $1.key }.lazy.map { $1.row(of: $0) },
      to: path)
  }

  private func row(of path: String) -> [String] {
    let numbers = [state.size, state.modified, state.changed, state.inode, state.device]
    let shape = [
      facts.size?.width ?? 0, facts.size?.height ?? 0, facts.channels ?? 0, facts.pages,
      facts.hasAlpha ? 1 : 0, facts.spareBands,
    ]
    return [path] + numbers.map(String.init) + [facts.bytes ?? "", facts.pixels ?? ""]
      + shape.map(String.init)
      + [facts.format ?? "", facts.fingerprint?.text ?? "", isFingerprinted ? "1" : "0"]
  }

  private init?(_ fields: [String]) {
    let numbers = fields.map { Int($0) }
    guard let size = numbers[1], let modified = numbers[2], let changed = numbers[3],
      let inode = numbers[4], let device = numbers[5], let width = numbers[8],
      let height = numbers[9], let channels = numbers[10], let pages = numbers[11],
      let spare = numbers[13], width > 0, height > 0, fields[6].utf8.count == 64,
      fields[7].utf8.count == 64, fields[16] == "0" || fields[16] == "1"
    else { return nil }
    var facts = Survey.Facts()
    (facts.bytes, facts.pixels) = (fields[6], fields[7])
    facts.size = ImageSize(width: width, height: height)
    (facts.channels, facts.type, facts.pages) = (channels, .uint8, pages)
    (facts.hasAlpha, facts.spareBands, facts.format) = (fields[12] == "1", spare, fields[14])
    if !fields[15].isEmpty {
      guard let fingerprint = Fingerprint(text: fields[15]) else { return nil }
      facts.fingerprint = fingerprint
    }
    state = FileState(
      size: size, modified: modified, changed: changed, inode: inode, device: device)
    self.facts = facts
    isFingerprinted = fields[16] == "1"
  }
}
