import Files

/// WebDataset's notation for many shards in one path: `train-{000000..000012}.tar`, `{train,val}-0.tar`.
enum ShardPattern {
  /// More paths than any data set has shards.
  static let limit = 100_000

  /// Whether a path is written so, and is no file of that name.
  static func isOne(_ path: String) -> Bool {
    guard let open = path.firstIndex(of: "{"), path[open...].contains("}") else { return false }
    return !FilePath.isFile(path) && !FilePath.isFolder(path)
  }

  /// All paths that are meant, in the order in which a shell gives them.
  ///
  /// - Throws: ``DatasetError/badParameter(name:value:expected:)``.
  static func paths(_ pattern: String) throws(DatasetError) -> [String] {
    guard let open = pattern.firstIndex(of: "{") else { return [pattern] }
    guard let close = pattern[open...].firstIndex(of: "}"),
      let words = words(pattern[open..<close].dropFirst())
    else { throw refused(pattern) }
    let rests = try paths(String(pattern[close...].dropFirst()))
    guard words.count <= limit / rests.count else { throw refused(pattern) }
    let head = pattern[..<open]
    return words.flatMap { word in rests.map { "\(head)\(word)\($0)" } }
  }

  /// What stands for one pair of braces: numbers of a range, with as many digits as its ends, or the words of a list.
  private static func words(_ text: Substring) -> [String]? {
    guard !text.contains("{") else { return nil }
    let ends = text.split(separator: "..", omittingEmptySubsequences: false)
    guard ends.count == 2 else {
      let words = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      return words.count > 1 ? words : nil
    }
    guard ends.allSatisfy({ !$0.isEmpty && $0.allSatisfy { $0.isASCII && $0.isNumber } }),
      let first = Int(ends[0]), let last = Int(ends[1]), first <= last, last - first < limit
    else { return nil }
    let isPadded = ends.contains { $0.count > 1 && $0.first == "0" }
    let width = isPadded ? max(ends[0].count, ends[1].count) : 0
    return (first...last).map { number in
      let digits = "\(number)"
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
  }

  private static func refused(_ pattern: String) -> DatasetError {
    .badParameter(
      name: "shards", value: pattern,
      expected:
        "ranges such as {000000..000012} or lists such as {a,b} in braces, of at most \(limit) shards"
    )
  }
}
