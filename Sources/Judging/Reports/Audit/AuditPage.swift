package import Audit

/// An audit as one page that needs nothing else: what was found, the classes, and a contact sheet for each class.
///
/// Equal findings and pictures give equal bytes.
package struct AuditPage {
  private let findings: LabelFindings
  private let pictures: PictureAudit?
  private let hard: HardTable?
  private let picture: (String) -> [UInt8]?
  /// Findings shown of a class, and of all classes.
  private let mostOfClass: Int
  private let most: Int

  /// A page.
  ///
  /// - Parameters:
  ///   - findings: what is shown.
  ///   - pictures: what is odd about the images; nil where they are not known.
  ///   - hard: how hard examples are; nil where nothing is known of it.
  ///   - mostOfClass: how many findings of a class at most.
  ///   - most: how many findings of all classes at most.
  ///   - picture: the bytes of the image of a path; nil where it is not known.
  package init(
    _ findings: LabelFindings, pictures: PictureAudit? = nil, hard: HardTable? = nil,
    mostOfClass: Int = 60, most: Int = 1200,
    picture: @escaping (String) -> [UInt8]?
  ) {
    (self.findings, self.pictures, self.picture) = (findings, pictures, picture)
    self.hard = hard
    (self.mostOfClass, self.most) = (mostOfClass, most)
  }

  /// The page.
  package var html: String {
    Page(title: "Audit of labels", header: header, sections: sections).html.text + "\n"
  }

  private var header: HTML {
    let summary = findings.summary
    guard summary.hasStructure else {
      return """
        <header class="top"><h1>Audit of labels</h1>
        \(Section.warning("No structure: the labels of these \(Figures.count(summary.rows)) examples go with what is predicted no better than labels handed out at random would (\(z(summary)) standard deviations). A list of wrong labels would mean nothing, so there is none."))
        </header>
        """
    }
    return """
      <header class="top"><h1>Audit of labels</h1>
      <p class="lead">\(Figures.count(summary.issues)) of \(Figures.count(summary.rows)) labels to look at; about \
      \(Figures.percent(summary.noise, 1)) are estimated to be wrong. Found by \(summary.filter), ranked within each class by \
      \(summary.rankedBy).</p>
      <p class="note">Nothing has been changed. Fill in the column <code>label</code> of <code>corrections.csv</code> where a \
      label is wrong, and give the file to <code>steelyard train --corrections</code>.</p>
      </header>
      """
  }

  private func z(_ summary: AuditSummary) -> String {
    summary.structure.map { Figures.fixed($0, 1) } ?? Figures.undefined
  }

  private var sections: [Section] {
    var left = most
    var sections = [classes] + (pictures.map { [Self.section($0)] } ?? [])
    for (label, name) in findings.classes.enumerated() {
      let all = findings.findings.filter { Int(findings.audit.given[$0.row]) == label }
      let shown = all.prefix(min(mostOfClass, left))
      guard !shown.isEmpty else { continue }
      left -= shown.count
      sections.append(
        Section(
          id: "class-\(label)", title: "Given as \(name)",
          body: """
            <p>The \(shown.count) worst of \(Figures.count(all.count)), among \
            \(Figures.count(findings.audit.givenCounts[label])) examples of the class. All are in <code>issues.csv</code>.</p>
            <ul class="cases">\(shown.map(card))</ul>
            """))
    }
    return sections + (hard.map { [HardSection($0, picture: picture).section] } ?? [])
  }

  private var classes: Section {
    let rows = findings.summary.perClass.map { row -> [Table.Cell] in
      [
        .init(HTML.name(row.name)), count(row.given), count(row.estimated), count(row.issues),
        count(row.after),
      ]
    }
    return Section(
      id: "classes", title: "Classes",
      body: Table(
        caption: "Examples of each class",
        columns: [
          .init("Class", isNumeric: false), .init("Given"), .init("Estimated"), .init("To look at"),
          .init("After all suggestions"),
        ], rows: rows, isSortable: true, filter: "Show classes with"
      ).html)
  }

  private static func section(_ pictures: PictureAudit) -> Section {
    let odd = ImageQuality.Issue.allCases.map { issue -> [Table.Cell] in
      let rows = pictures.facts.indices.filter { pictures.quality.issues[$0].contains(issue) }
      let names = rows.prefix(5).map { HTML.path(pictures.paths[$0]) }
      return [
        .init("\(issue.rawValue)"),
        .init("\(Figures.count(rows.count))", order: Double(rows.count)),
        .init(HTML(names, separator: ", ")),
      ]
    }
    let telling = pictures.correlations.map { one -> [Table.Cell] in
      [
        .init("\(one.name)"), .init("\(Figures.fixed(one.effect))", order: one.effect),
        .init("\(Figures.p(one.p))", order: one.p), .init(one.isStriking ? "look at it" : ""),
      ]
    }
    return Section(
      id: "images", title: "Images",
      body: HTML([
        Table(
          caption: "Images that look like accidents; all are in images.csv",
          columns: [
            .init("What", isNumeric: false), .init("Images"), .init("First", isNumeric: false),
          ],
          rows: odd
        ).html,
        Table(
          caption: "What else tells the classes apart (Kruskal and Wallis's test)",
          columns: [
            .init("What", isNumeric: false), .init("ε²"), .init("p"), .init("", isNumeric: false),
          ], rows: telling
        ).html,
      ]))
  }

  private func count(_ value: Int) -> Table.Cell {
    .init("\(Figures.count(value))", order: Double(value))
  }

  private func card(_ finding: LabelFindings.Finding) -> HTML {
    let row = finding.row
    return """
      <li>\(HTML.thumbnail(findings.paths.flatMap { picture($0[row]) }.flatMap { Thumbnail.uri($0, longest: 96) }))<div>\
      <p><strong>\(HTML.name(findings.given(row)))</strong>, rather <strong>\(HTML.name(findings.suggested(row)))</strong>?</p>\
      <p><small>\(findings.why(finding)); found by \(findings.agreeing(row).joined(separator: ", "))</small></p>\
      <p><small>\(HTML.path(findings.name(row)))</small></p></div></li>
      """
  }
}
