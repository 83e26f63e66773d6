import Audit

/// The part of an audit's page about hard examples: what was measured, what was not, and the hardest of each class.
struct HardSection {
  private let table: HardTable
  private let picture: (String) -> [UInt8]?
  /// Examples of each class that have a measure.
  private let sizes: [String: Int]
  /// Examples shown of a class, and of all classes.
  private let mostOfClass = 6
  private let most = 240

  /// - Parameters:
  ///   - table: how hard examples are.
  ///   - picture: the bytes of the image of a path; nil where it is not known.
  init(_ table: HardTable, picture: @escaping (String) -> [UInt8]?) {
    (self.table, self.picture) = (table, picture)
    sizes = table.given.indices.reduce(into: [:]) { sizes, row in
      if table.hardness[row] != nil { sizes[table.given[row], default: 0] += 1 }
    }
  }

  var section: Section {
    Section(
      id: "hard", title: "Hard examples",
      body: HTML(
        [
          """
          <p>Hard is not wrong: an image that is rare, odd or on a border and labelled rightly is as hard as one that is \
          labelled wrongly. These are examples to look at, compared within their class, and none is offered for \
          correction. All are in <code>hard.csv</code>.</p>
          """,
          measures,
        ] + sheets))
  }

  private var measures: HTML {
    let rows = HardMeasure.allCases.compactMap { measure -> [Table.Cell]? in
      if let column = table.columns.first(where: { $0.measure == measure }) {
        let count = column.values.count { $0 != nil }
        return [
          .init("<code>\(measure.rawValue)</code>"),
          .init("\(Figures.count(count))", order: Double(count)),
          .init(measure.isHardWhenLow ? "low" : "high"), .init("\(column.source)"),
        ]
      }
      return table.lacking.first { $0.measure == measure }.map { lack in
        [
          .init("<code>\(measure.rawValue)</code>"), .init("\(Figures.undefined)", order: 0),
          .init(measure.isHardWhenLow ? "low" : "high"),
          .init("needs \(lack.needs): \(HTML.command(lack.command))"),
        ]
      }
    }
    return Table(
      caption: "Measures",
      columns: [
        .init("Measure", isNumeric: false), .init("Examples"), .init("Hard is", isNumeric: false),
        .init("Made of", isNumeric: false),
      ], rows: rows
    ).html
  }

  private var sheets: [HTML] {
    var (left, taken): (Int, [String: Int]) = (most, [:])
    var classes: [(name: String, rows: [Int])] = []
    for row in table.order where left > 0 && table.hardness[row] != nil {
      let name = table.given[row]
      guard taken[name, default: 0] < mostOfClass else { continue }
      taken[name, default: 0] += 1
      left -= 1
      if classes.last?.name != name { classes.append((name, [])) }
      classes[classes.count - 1].rows.append(row)
    }
    return classes.map { one in
      """
      <h3>\(HTML.name(one.name))</h3>
      <ul class="cases">\(one.rows.map(card))</ul>
      """
    }
  }

  private func card(_ row: Int) -> HTML {
    let values = table.columns.compactMap { column -> HTML? in
      column.values[row].map { "\(column.measure.rawValue) \(Figures.significant($0))" }
    }
    // One that is alone in its class is compared with nothing.
    let place: HTML =
      (sizes[table.given[row]] ?? 0) > 1
      ? "<p>harder than \(Figures.percent(table.hardness[row] ?? 0, 0)) of its class</p>" : ""
    return """
      <li>\(HTML.thumbnail(picture(table.paths[row]).flatMap { Thumbnail.uri($0, longest: 96) }))<div>\
      \(place)<p><small>\(HTML(values, separator: ", "))</small></p>\
      <p><small>\(HTML.path(table.paths[row]))</small></p></div></li>
      """
  }
}
