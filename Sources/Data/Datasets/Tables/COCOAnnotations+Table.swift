/// The annotations as a table.
extension COCOAnnotations {
  /// The columns that are meant, where nobody says it.
  func request(_ asked: ColumnNames) -> ColumnNames {
    var asked = asked
    if asked.path == nil { asked.path = Self.path }
    if asked.label == nil && asked.labelColumns.isEmpty { asked.label = label }
    return asked
  }

  /// The table where an image has one class: an image of one category is of that class, one without has none, and one of
  /// several keeps its list, which is refused as such.
  func tableOfClasses(_ path: String) -> ImageTable {
    ImageTable(
      path: path, columns: columns,
      rows: zip(rows, sets).map { row, set in
        let cell = set.count > 1 ? row.cells.last ?? "" : set.first ?? ""
        return ImageTable.Row(line: row.line, cells: row.cells.dropLast() + [cell])
      })
  }

  /// What was taken.
  var note: ReadingNote {
    let used = Set(sets.joined())
    return .annotations(
      images: rows.count, without: sets.count(where: \.isEmpty), annotations: count,
      categories: used.count, unused: categories.filter { !used.contains($0) })
  }

  /// A text in JSON.
  static func quoted(_ text: String) -> String {
    text.unicodeScalars.reduce(into: "\"") { result, scalar in
      switch scalar {
      case "\"", "\\": result += "\\" + String(scalar)
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    } + "\""
  }
}
