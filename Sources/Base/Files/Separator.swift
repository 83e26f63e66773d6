/// What divides the fields of a delimited file.
enum Separator {
  /// The separators that are looked for; of equally good ones the first here is taken.
  private static let known = [",", ";", "\t", "|"].map { UInt8(ascii: $0) }

  /// The separator that a file name stands for: a tab for `.tsv` and `.tab`, else a comma.
  static func of(_ path: String) -> UInt8 {
    UInt8(ascii: ["tsv", "tab"].contains(FilePath.fileExtension(of: path)) ? "\t" : ",")
  }

  /// The separator that a file begins with; nil where its first line has none.
  ///
  /// It is the one that occurs most often in the first line, quotes left out, among those that occur as
  /// often in each of the next lines; where there is no such one, among all. What stands behind a first column `path` is
  /// one without counting: class names in the header of a table of ours may be full of semicolons.
  ///
  /// - Parameters:
  ///   - bytes: the beginning of the file.
  ///   - isWhole: whether they are all of it, so that a last line without a line feed counts.
  static func detected(in bytes: [UInt8], isWhole: Bool) -> UInt8? {
    let first = "path".utf8
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    if bytes[start...].starts(with: first),
      let mark = bytes[(start + first.count)...].first, known.contains(mark)
    {
      return mark
    }
    let lines = counts(inFirst: 6, linesOf: bytes, isWhole: isWhole)
    guard let header = lines.first else { return nil }
    func count(_ separator: UInt8, _ line: [UInt8: Int]) -> Int { line[separator, default: 0] }
    let present = known.filter { count($0, header) > 0 }
    let steady = present.filter { separator in
      lines.allSatisfy { count(separator, $0) == count(separator, header) }
    }
    return (steady.isEmpty ? present : steady).max { count($0, header) < count($1, header) }
  }

  /// The separator of a first line `sep=;`, which Excel writes and reads; nil without such a line.
  static func declared(in bytes: [UInt8]) -> UInt8? {
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    let line = bytes[start...].prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
    guard line.count == 5, line.starts(with: "sep=".utf8), let last = line.last,
      known.contains(last)
    else { return nil }
    return last
  }

  /// How often each byte stands outside quotes, in each of the first records that are not empty.
  /// A record that the bytes cut off does not count, unless it is the only one.
  private static func counts(
    inFirst limit: Int, linesOf bytes: [UInt8], isWhole: Bool
  ) -> [[UInt8: Int]] {
    var lines: [[UInt8: Int]] = []
    var (line, isQuoted): ([UInt8: Int], Bool) = ([:], false)
    for byte in bytes {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if isQuoted || byte == UInt8(ascii: "\r") { continue }
      guard byte == UInt8(ascii: "\n") else {
        line[byte, default: 0] += 1
        continue
      }
      if !line.isEmpty { lines.append(line) }
      if lines.count == limit { return lines }
      line = [:]
    }
    return (isWhole || lines.isEmpty) && !line.isEmpty ? lines + [line] : lines
  }
}
