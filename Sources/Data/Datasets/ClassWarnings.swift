/// What in the names of the classes looks like an oversight, whatever the layout of the data.
enum ClassWarnings {
  /// Classes that differ in spelling only, classes that hardly repeat, and words for missing values.
  ///
  /// - Parameter labels: of all images.
  static func warnings(_ labels: [String]) -> [ReadingWarning] {
    let names = ClassList(labels).names
    var warnings = spelled(names)
    if names.count >= 20 && 2 * names.count > labels.count {
      warnings.append(.labelsHardlyRepeat(classes: names.count, images: labels.count))
    }
    return warnings + MissingValueWords.warnings(labels, role: .label)
  }

  /// A warning for names that differ in spelling only, and for each that is a list of others.
  static func spelled(_ names: [String]) -> [ReadingWarning] {
    Dictionary(grouping: names, by: folded).values.filter { $0.count > 1 }
      .sorted { $0[0].utf8.lexicographicallyPrecedes($1[0].utf8) }
      .map { ReadingWarning.nearlyEqualClasses($0) } + joined(names)
  }

  /// Names that others make up, with a mark between them that separates no labels: `a, b` beside `a` and `b`.
  private static func joined(_ names: [String]) -> [ReadingWarning] {
    let known = Set(names)
    return names.compactMap { name in
      for mark in [",", "/", "+"] as [Character] {
        let parts = name.split(separator: mark, omittingEmptySubsequences: false)
          .map { Blanks.trimmed(String($0)) }
        if parts.count > 1, Set(parts).count == parts.count, known.isSuperset(of: parts) {
          return .joinedNames(name, parts: parts)
        }
      }
      return nil
    }
  }

  /// What is equal of names that differ in spelling only: a number is its value, and of a text case and
  /// what stands between words do not count.
  private static func folded(_ name: String) -> String {
    if let number = Double(name), number.isFinite { return "number \(number)" }
    let words = name.lowercased().split { $0 == " " || $0 == "_" || $0 == "-" }
    return "text " + words.joined(separator: " ")
  }
}

/// Words that programs write for a value that is missing.
enum MissingValueWords {
  private static let words: Set = ["nan", "na", "n/a", "#n/a", "null", "nil", "<na>", "?"]
  /// These may well be classes, but hardly groups.
  private static let groupWords: Set = ["none", "unknown", "-", "missing"]

  /// A warning for each such word among the `cells`.
  static func warnings(_ cells: [String], role: ColumnRole) -> [ReadingWarning] {
    var counts: [String: Int] = [:]
    for cell in cells { counts[cell, default: 0] += 1 }
    return counts.keys.sorted().compactMap { word in
      let plain = word.lowercased()
      guard words.contains(plain) || role == .group && groupWords.contains(plain),
        let rows = counts[word], role == .label || rows > 1
      else { return nil }
      return .missingValueWord(word, role: role, rows: rows)
    }
  }
}
