/// Whether LightGBM's text of a model is whole and its trees lead to leaves, which the library does not ask before it follows them:
/// a damaged file would end the process.
///
/// Each tree of L leaves has L − 1 splits; a child is a later split or, as −1 − l, the leaf l; a split looks at one of the F features.
struct BoosterText {
  private let lines: [Substring]
  private var features = 0

  /// - Parameter text: the model.
  /// - Throws: ``BoostingError/refused(operation:reason:)``.
  static func check(_ text: [UInt8]) throws(BoostingError) {
    guard let string = String(validating: text, as: UTF8.self) else { throw wrong("is no text") }
    var read = BoosterText(
      lines: string.split(separator: "\n", omittingEmptySubsequences: false))
    try read.checkHeader(bytes: text)
    try read.checkTrees()
  }

  private init(lines: [Substring]) { self.lines = lines }

  private static func wrong(_ reason: String) -> BoostingError {
    .refused(operation: "reading a model", reason: "the text \(reason); the file may be damaged")
  }

  private mutating func checkHeader(bytes: [UInt8]) throws(BoostingError) {
    let end = lines.firstIndex { $0.hasPrefix("Tree=") } ?? lines.count
    func value(_ key: String) -> Substring? {
      lines[..<end].first { $0.hasPrefix(key + "=") }.map { $0.dropFirst(key.utf8.count + 1) }
    }
    guard lines.first == "tree", lines.contains("end of trees") else {
      throw Self.wrong("does not begin and end as LightGBM's does")
    }
    guard let last = value("max_feature_idx").flatMap({ Int($0) }), (0..<Int(Int32.max)) ~= last,
      let each = value("num_tree_per_iteration").flatMap({ Int($0) }), each > 0,
      value("num_class") == Substring("\(each)"), let sizes = value("tree_sizes")
    else { throw Self.wrong("lacks the numbers of features, classes or trees") }
    features = last + 1
    // The library jumps to each tree by these sizes.
    var position = lines[..<end].reduce(0) { $0 + $1.utf8.count + 1 }
    let mark = Array("Tree=".utf8)
    for (number, size) in sizes.split(separator: " ").enumerated() {
      guard let size = Int(size), size > 0, position <= bytes.count - size,
        bytes[position...].starts(with: mark + Array("\(number)\n".utf8))
      else { throw Self.wrong("says where trees begin, and tree \(number) does not begin there") }
      position += size
    }
    guard bytes[position...].starts(with: "end of trees".utf8) else {
      throw Self.wrong("has other trees than it counts")
    }
  }

  private func checkTrees() throws(BoostingError) {
    var fields: [Substring: Substring] = [:]
    var number = -1
    for line in lines.drop(while: { !$0.hasPrefix("Tree=") }) {
      if line.hasPrefix("Tree=") || line == "end of trees" {
        if number >= 0 { try checkTree(fields, number) }
        if line == "end of trees" { return }
        fields = [:]
        number += 1
      } else if let sign = line.firstIndex(of: "=") {
        fields[line[..<sign]] = line[line.index(after: sign)...]
      }
    }
  }

  private func checkTree(
    _ fields: [Substring: Substring], _ number: Int
  ) throws(BoostingError) {
    func numbers(_ key: Substring) -> [Int]? {
      let cells = (fields[key] ?? "").split(separator: " ")
      let found = cells.compactMap { Int($0) }
      return found.count == cells.count ? found : nil
    }
    /// Whether a field holds so many numbers; the library ends the process over another count or word.
    func holds(_ key: Substring, _ count: Int) -> Bool {
      let cells = (fields[key] ?? "").split(separator: " ")
      return cells.count == count && cells.allSatisfy { Double($0) != nil }
    }
    let leaves = numbers("num_leaves")?.first ?? 0
    guard leaves >= 1, numbers("num_cat") == [0], fields["is_linear"] == "0",
      holds("leaf_value", leaves), holds("shrinkage", 1)
    else {
      throw Self.wrong("has a tree, \(number), without leaves or of a kind that is not grown here")
    }
    if leaves == 1 { return }
    guard let left = numbers("left_child"), let right = numbers("right_child"),
      let split = numbers("split_feature"),
      [left, right, split].allSatisfy({ $0.count == leaves - 1 }),
      [
        "threshold", "split_gain", "decision_type", "internal_value", "internal_weight",
        "internal_count",
      ]
      .allSatisfy({ holds($0, leaves - 1) }),
      ["leaf_weight", "leaf_count"].allSatisfy({ holds($0, leaves) }),
      split.allSatisfy({ (0..<features) ~= $0 }),
      [left, right].allSatisfy({ children in
        children.enumerated().allSatisfy { $1 < 0 ? -1 - $1 < leaves : $0 < $1 && $1 < leaves - 1 }
      })
    else { throw Self.wrong("has a tree, \(number), that does not lead to its leaves") }
  }
}
