import Evaluation
public import Runs
import Targets
import Uncertainty

extension GridRecord {
  /// The comparison as one page that needs nothing else, as the report of a run.
  ///
  /// Equal records give equal bytes.
  public func html() -> String {
    Page(title: heading, header: GridHeader(record: self).html, sections: pageSections).html.text
      + "\n"
  }

  private var pageSections: [Section] {
    let tables = parts.enumerated().compactMap { number, part in
      GridSheets(record: self, part: part).map {
        GridPartSection(sheets: $0, number: number).section
      }
    }
    return tables + (missing.isEmpty ? [] : [missingSection]) + [howSection]
  }

  private var missingSection: Section {
    Section(
      id: "missing", title: "Cells without a result",
      body: Table(
        caption: "They are in no mean",
        columns: [
          .init("Cell", isNumeric: false), .init("What became of it", isNumeric: false),
          .init("Why", isNumeric: false),
        ],
        rows: missing.map {
          [.init(HTML.path($0.cell)), .init("\($0.status)"), .init("\($0.reason)")]
        }
      ).html)
  }

  private var howSection: Section {
    let reading = Section.note(
      """
      Slope and intercept are of a logistic curve of each class against the rest, means over classes \
      (slopes: those with at least 10 test rows in and outside the class): a slope of 1 is right and below 1 \
      the probabilities are too extreme; an intercept of 0 is right and below 0 classes are promised more \
      often than they come. The size of intercepts does not cancel between classes. Cost is training alone, \
      on a machine that may have had other things to do.
      """)
    let lines = howMade.map { "<li>\($0)</li>" as HTML }
    return Section(id: "how", title: "How it was made", body: "<ul>\(lines)</ul>\n\(reading)")
  }
}

/// What was compared, and what may be concluded.
struct GridHeader {
  let record: GridRecord

  var html: HTML {
    let counts = record.parts.compactMap { $0.comparison?.rows.count }.max() ?? 0
    let imbalances = record.parts.map { record.title(of: $0) }.joined(separator: ", ")
    return """
      <header class="top">
      <h1>\(record.heading)</h1>
      <p class="lead">\(counts) methods, \(record.trainings), \(record.model); \(imbalances). Conclusions are drawn \
      from \(HTML.metric(record.metric)).</p>
      \(record.conclusions.enumerated().map { number, text -> HTML in
        "<p class=\"\(number == 0 ? "good" : "note")\">\(text)</p>"
      })
      </header>
      """
  }
}

/// One imbalance: its tables.
struct GridPartSection {
  let sheets: GridSheets
  let number: Int

  var section: Section {
    let title = sheets.record.title(of: sheets.part)
    return Section(
      id: "part-\(number)", title: title.prefix(1).uppercased() + title.dropFirst(),
      body: HTML(sheets.all.map(table)))
  }

  private func table(_ sheet: GridSheet) -> HTML {
    let reach = sheet.rows.joined().compactMap { cell in
      cell.difference.flatMap { difference in
        difference.interval.map { max(abs($0.low), abs($0.high)) }
          ?? difference.mean.map { abs($0) }
      }
    }.max()
    return Table(
      caption: "\(sheet.caption)",
      columns: sheet.columns.enumerated().map { place, key in
        .init(place == 0 ? "\(key)" : Self.title(key), isNumeric: place > 0 && key != "Verdict")
      },
      rows: sheet.rows.map { row in
        row.enumerated().map { place, cell in
          let content: HTML = place == 0 ? HTML.name(cell.text) : "\(cell.text)"
          return .init(content + bar(cell, reach), order: cell.order, isWeak: cell.isWeak)
        }
      }, isSortable: true
    ).html
  }

  private func bar(_ cell: GridSheet.Cell, _ reach: Double?) -> HTML {
    guard let difference = cell.difference, let reach else { return "" }
    let ends = max(reach, 1e-6)
    return " "
      + IntervalBar(
        value: difference.mean, low: difference.interval?.low, high: difference.interval?.high,
        domain: -ends...ends, reference: 0, width: 160
      ).html
  }

  private static func title(_ key: String) -> HTML {
    let name = StudyMetrics.plain(key)
    let plain = name.hasSuffix("_decided") ? String(name.dropLast("_decided".count)) : name
    return HTML.defined("\(GridNames.of(key))", plain)
  }
}
