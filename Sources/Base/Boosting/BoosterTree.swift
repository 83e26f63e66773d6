/// One tree of LightGBM's text.
///
/// A tree of L leaves has L − 1 splits; a child is a later split or, as −1 − l, the leaf l; a split looks at one of the F features.
struct BoosterTree {
  private let number: Int
  private var fields: [Substring: Substring] = [:]

  /// Most lines of a tree that the library reads.
  private static let mostLines = 22

  /// - Parameters:
  ///   - lines: those below `Tree=`.
  ///   - number: what errors call it, from 0.
  /// - Throws: ``BoostingError/refused(operation:reason:)`` for lines that the library would read in another way than they stand.
  init(_ lines: ArraySlice<Substring>, _ number: Int) throws(BoostingError) {
    self.number = number
    // The library reads up to the first line without content, and a line without a sign together with the next.
    let content = lines.prefix { !$0.isEmpty }
    guard content.count <= Self.mostLines, lines.dropFirst(content.count).allSatisfy(\.isEmpty)
    else { throw BoosterText.wrong("has a tree, \(number), of other lines than LightGBM writes") }
    for line in content {
      guard let sign = line.firstIndex(of: "="),
        fields.updateValue(line[line.index(after: sign)...], forKey: line[..<sign]) == nil
      else { throw BoosterText.wrong("has a tree, \(number), with a line that is no 'key=value'") }
    }
  }

  /// - Parameter features: F.
  /// - Throws: ``BoostingError/refused(operation:reason:)``.
  func check(features: Int) throws(BoostingError) {
    let leaves = wholes("num_leaves")?.first ?? 0
    guard leaves >= 1, wholes("num_cat") == [0], fields["is_linear"] == "0",
      holds("leaf_value", leaves, \.isFinite), holds("shrinkage", 1, \.isFinite)
    else {
      throw BoosterText.wrong(
        "has a tree, \(number), without leaves or of a kind that is not grown here")
    }
    if leaves == 1 { return }
    let splits = leaves - 1
    guard let left = wholes("left_child"), let right = wholes("right_child"),
      let split = wholes("split_feature"),
      [left, right, split].allSatisfy({ $0.count == splits }),
      split.allSatisfy({ (0..<features) ~= $0 }),
      // A split of missing values from all others has ∞ for a threshold.
      holds("threshold", splits, { !$0.isNaN }),
      ["split_gain", "decision_type", "internal_value", "internal_weight", "internal_count"]
        .allSatisfy({ holds($0, splits) }),
      ["leaf_weight", "leaf_count"].allSatisfy({ holds($0, leaves) }),
      [left, right].allSatisfy({ children in
        children.enumerated().allSatisfy { $1 < 0 ? -1 - $1 < leaves : $0 < $1 && $1 < splits }
      })
    else { throw BoosterText.wrong("has a tree, \(number), that does not lead to its leaves") }
  }

  private func wholes(_ key: Substring) -> [Int]? {
    let cells = (fields[key] ?? "").split(separator: " ")
    let found = cells.compactMap { Int($0) }
    return found.count == cells.count ? found : nil
  }

  /// Whether a field holds so many numbers; the library ends the process over another count or word. What scores are made of must
  /// be finite.
  private func holds(
    _ key: Substring, _ count: Int, _ isRight: (Double) -> Bool = { _ in true }
  ) -> Bool {
    let cells = (fields[key] ?? "").split(separator: " ")
    return cells.count == count
      && cells.allSatisfy { cell in Double(cell).map(isRight) ?? false }
  }
}
