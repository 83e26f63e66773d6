import Uncertainty

extension TargetSheet {
  /// Sheets as one page that needs nothing else, as the report of a run.
  ///
  /// Equal sheets give equal bytes.
  ///
  /// - Parameters:
  ///   - sheets: At least one; of studies that of studies, then that of their images.
  ///   - title: What was judged.
  public static func html(_ sheets: [TargetSheet], title: String) -> String {
    let parts = sheets.flatMap(\.parts)
    let notes = sheets.flatMap(\.notes).map { "<li>\($0)</li>" as HTML }
    let lead = sheets.map { "<p class=\"lead\">\($0.heading).</p>" as HTML }
    return Page(
      title: title,
      header: """
        <header class="top">
        <h1>\(title)</h1>
        \(lead)
        </header>
        """,
      sections: parts.enumerated().map { number, part in
        Section(id: "part-\(number)", title: part.caption, body: Self.table(part))
      } + [
        Section(
          id: "how", title: "How it was made",
          body: "<ul>\(notes)</ul>")
      ]
    ).html.text + "\n"
  }

  private static func table(_ part: Part) -> HTML {
    Table(
      caption: "\(part.caption)",
      columns: part.columns.enumerated().map { place, name in
        .init("\(name)", isNumeric: place > 0)
      },
      rows: part.rows.map { row in
        row.enumerated().map { place, cell in
          let content: HTML = place == 0 ? HTML.name(cell.text) : "\(cell.text)"
          return .init(content + bar(cell), order: cell.value)
        }
      }, isSortable: true
    ).html
  }

  /// A bar for what lies in 0…1 and has an interval.
  private static func bar(_ cell: Cell) -> HTML {
    guard let value = cell.value, let interval = cell.interval, interval.low >= 0,
      interval.high <= 1
    else { return "" }
    return " " + IntervalBar(value: value, low: interval.low, high: interval.high).html
  }
}
