/// Which columns of a table of features are read as numbers, and which as texts.
///
/// A table whose header has `feature_0` has features in the columns `feature_0`, `feature_1`, … alone. In another
/// one every column is a feature that has a name, is not asked for in a role and has no name of ``ColumnRole``.
struct FeatureColumns {
  /// The columns of numbers, by position.
  private(set) var numbers: [Int] = []
  /// The columns of text, by position.
  private(set) var texts: [Int] = []
  /// Whether the columns of numbers are called `feature_0` and so on.
  let areNumbered: Bool

  /// - Parameters:
  ///   - names: of all columns, without blanks around them.
  ///   - request: which columns are meant in a role.
  ///   - words: features whose cells are needed as they stand, by position.
  init(_ names: [String], _ request: ColumnNames, words: Set<Int> = []) {
    areNumbered = names.contains("feature_0")
    let asked = Set(request.all.map(Blanks.trimmed))
    let folded = Set(request.all.map(ColumnRole.folded).filter { !$0.isEmpty })
    let starred = Set(
      request.labelColumns.filter { $0.contains("*") }
        .flatMap { ColumnNames.matching($0, in: names) })
    let roles = Set(ColumnRole.allCases.flatMap { $0.positions(in: names) })
    for (position, name) in names.enumerated() {
      let isAsked =
        asked.contains(name) || folded.contains(ColumnRole.folded(name))
        || starred.contains(position)
      let isNumber =
        areNumbered
        ? Self.isNumbered(name)
        : !name.isEmpty && !roles.contains(position) && SplitFlag.meaning(of: name) == nil
      if isNumber && !isAsked && !words.contains(position) {
        numbers.append(position)
      } else {
        texts.append(position)
      }
    }
  }

  /// `feature_` and digits.
  private static func isNumbered(_ name: String) -> Bool {
    guard name.hasPrefix("feature_") else { return false }
    let digits = name.utf8.dropFirst(8)
    return !digits.isEmpty
      && digits.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  }
}
