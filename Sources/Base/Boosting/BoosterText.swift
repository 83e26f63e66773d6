/// Whether LightGBM's text of a model is whole and its trees lead to leaves, which the library does not ask before it follows them:
/// a damaged file would end the process.
///
/// The header says F features, K trees a round and where each tree begins; ``BoosterTree`` checks the trees.
struct BoosterText {
  /// Numbers of a row, F.
  let features: Int
  /// Trees of a round, which are scores of a row, K.
  let scores: Int

  /// Checks a model.
  ///
  /// - Parameter text: the model.
  /// - Throws: ``BoostingError/refused(operation:reason:)``.
  init(_ text: [UInt8]) throws(BoostingError) {
    guard let string = String(validating: text, as: UTF8.self) else {
      throw Self.wrong("is no text")
    }
    // The library ends a text at a 0, and a line at a return too, so it would see another text than is checked here.
    guard !text.contains(0), !text.contains(UInt8(ascii: "\r")) else {
      throw Self.wrong("has bytes that LightGBM does not write (0 or a carriage return)")
    }
    let lines = string.split(separator: "\n", omittingEmptySubsequences: false)
    let end = lines.firstIndex { $0.hasPrefix("Tree=") } ?? lines.count
    guard lines.first == "tree", lines.contains("end of trees") else {
      throw Self.wrong("does not begin and end as LightGBM's does")
    }
    let header = Self.members(lines[..<end])
    guard let header, let last = header["max_feature_idx"].flatMap({ Int($0) }),
      (0..<Int(Int32.max)) ~= last,
      let each = header["num_tree_per_iteration"].flatMap({ Int($0) }),
      each > 0, header["num_class"] == Substring("\(each)"), let sizes = header["tree_sizes"]
    else { throw Self.wrong("lacks the numbers of features, classes or trees, or has them twice") }
    (features, scores) = (last + 1, each)
    let start = lines[..<end].reduce(0) { $0 + $1.utf8.count + 1 }
    let count = try Self.checkSizes(sizes, text, from: start)
    guard count > 0, count.isMultiple(of: each) else {
      throw Self.wrong("has \(count) trees, expected a number for each of \(each) scores")
    }
    try checkTrees(lines[end...], count: count)
  }

  static func wrong(_ reason: String) -> BoostingError {
    .refused(operation: "reading a model", reason: "the text \(reason); the file may be damaged")
  }

  /// Lines of the form `key=value` by their keys; nil where a key stands twice, of which the library might take the other.
  private static func members(_ lines: ArraySlice<Substring>) -> [Substring: Substring]? {
    var found: [Substring: Substring] = [:]
    for line in lines {
      guard let sign = line.firstIndex(of: "=") else { continue }
      let value = line[line.index(after: sign)...]
      if found.updateValue(value, forKey: line[..<sign]) != nil { return nil }
    }
    return found
  }

  /// The number of trees; the library jumps to each of them by these sizes.
  private static func checkSizes(
    _ sizes: Substring, _ bytes: [UInt8], from start: Int
  ) throws(BoostingError) -> Int {
    var (position, count) = (start, 0)
    for size in sizes.split(separator: " ") {
      guard let size = Int(size), size > 0, position <= bytes.count - size,
        bytes[position...].starts(with: "Tree=\(count)\n".utf8)
      else { throw wrong("says where trees begin, and tree \(count) does not begin there") }
      position += size
      count += 1
    }
    guard position <= bytes.count, bytes[position...].starts(with: "end of trees\n".utf8) else {
      throw wrong("has other trees than it counts")
    }
    return count
  }

  private func checkTrees(
    _ lines: ArraySlice<Substring>, count: Int
  ) throws(BoostingError) {
    var (number, first) = (-1, lines.startIndex)
    for place in lines.indices {
      let isEnd = lines[place] == "end of trees"
      guard isEnd || lines[place].hasPrefix("Tree=") else { continue }
      if number >= 0 { try BoosterTree(lines[first..<place], number).check(features: features) }
      if isEnd { break }
      (number, first) = (number + 1, place + 1)
    }
    guard number + 1 == count else { throw Self.wrong("has other trees than it counts") }
  }
}
