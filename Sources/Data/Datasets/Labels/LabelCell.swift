/// Cells of tables in which an image may have several labels.
enum LabelCell {
  /// What a cell of one label's column says: 1, 0, or blank, −1 or NaN where it is not known.
  enum Reading: Equatable {
    case known(Bool?)
    case other
  }

  /// The reading of a cell without blanks around it.
  static func read(_ cell: String) -> Reading {
    if cell.isEmpty { return .known(nil) }
    if let value = SplitFlag.value(of: cell) { return .known(value) }
    let number = Double(cell.replacing(",", with: "."))
    return number == -1 || number?.isNaN == true ? .known(nil) : .other
  }

  /// The labels that a list names, each once: `a|b`, `a;b` or `["a", "b"]`; empty, `none`, `no finding` or `[]` is none of
  /// them.
  ///
  /// - Returns: nil where it begins as a JSON list and is none.
  static func names(_ cell: String) -> [String]? {
    if isNone(cell) { return [] }
    let parts: [String]
    if cell.hasPrefix("[") {
      guard let items = items(of: cell) else { return nil }
      parts = items
    } else {
      let mark: Character = cell.contains("|") ? "|" : ";"
      parts = cell.split(separator: mark).map { Blanks.trimmed(String($0)) }
    }
    var names: [String] = []
    for name in parts where !isNone(name) && !names.contains(name) { names.append(name) }
    return names
  }

  /// Whether a cell can be nothing but a list of several.
  static func isList(_ cell: String) -> Bool {
    if cell.hasPrefix("["), cell.hasSuffix("]") { return true }
    return ["|", ";"].contains { mark in
      cell.split(separator: mark).count { !Blanks.trimmed(String($0)).isEmpty } > 1
    }
  }

  /// Whether a name says that there is no label.
  static func isNone(_ name: String) -> Bool {
    name.isEmpty || ["none", "nofinding", "nofindings"].contains(ColumnRole.folded(name))
  }
}
