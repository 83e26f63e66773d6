import Console
import Reports

/// The sheet of labels, grades or numbers as people read it in a terminal.
enum TargetText {
  /// What was judged, the tables, and what must be known to read them.
  static func text(_ sheet: TargetSheet, style: Style = .plain) -> String {
    let tables = sheet.parts.map { part in
      var table = TextTable(
        part.columns.enumerated().map { place, name in place == 0 ? .left(name) : .right(name) })
      for row in part.rows { table.add(row.map(\.text)) }
      return "\(part.caption)\n\(table.text(style: style))\n"
    }
    return "target: \(sheet.heading)\n\n" + tables.joined()
      + sheet.notes.map { $0 + "\n" }.joined()
  }
}
