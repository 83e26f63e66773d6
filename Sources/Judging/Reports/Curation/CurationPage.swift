package import Curation

/// A curation as one page that needs nothing else: what was chosen, the picture of the components, and a contact sheet for
/// each cluster.
///
/// Equal curations and pictures give equal bytes.
package struct CurationPage {
  private let curation: Curation
  private let picture: (Int) -> [UInt8]?
  /// Pictures shown of a cluster, and of all clusters.
  private let mostOfCluster: Int
  private let most: Int

  /// A page.
  ///
  /// - Parameters:
  ///   - curation: what is shown.
  ///   - mostOfCluster: how many chosen rows of a cluster at most.
  ///   - most: how many of all clusters at most.
  ///   - picture: the bytes of the image of a row; nil where it is not known.
  package init(
    _ curation: Curation, mostOfCluster: Int = 40, most: Int = 1200,
    picture: @escaping (Int) -> [UInt8]?
  ) {
    (self.curation, self.picture) = (curation, picture)
    (self.mostOfCluster, self.most) = (mostOfCluster, most)
  }

  /// The page.
  package var html: String {
    Page(title: "Curation", header: header, sections: [overview, plane] + sheets).html.text + "\n"
  }

  private var header: HTML {
    let summary = curation.summary
    return """
      <header class="top"><h1>Curation</h1>
      <p class="lead">\(Figures.count(summary.selected)) of \(Figures.count(summary.rows)) rows were chosen from \
      \(Figures.count(summary.clusters)) clusters of \(Figures.count(summary.groups)) groups, without looking at labels.</p>
      <p class="note">Nothing has been changed. Write yes or no into the column <code>accept</code> of \
      <code>curation.csv</code>, or for whole clusters of <code>clusters.csv</code>, and give the files to \
      <code>steelyard curate --accept</code>.</p>
      </header>
      """
  }

  private var overview: Section {
    let summary = curation.summary
    var facts: [(HTML, HTML)] = [
      ("Variance that the components keep", "\(Figures.percent(summary.varianceKept, 1))"),
      ("Near copies, not chosen", "\(Figures.count(summary.nearCopies))"),
      ("Passed over, their patient having enough", "\(Figures.count(summary.passedOver))"),
    ]
    if !summary.leftOut.isEmpty {
      let names = summary.leftOut.prefix(20).map { HTML.name($0.name) + " (\($0.rows))" }
      let rest: HTML =
        summary.leftOut.count > 20 ? " and \(Figures.count(summary.leftOut.count - 20)) more" : ""
      facts.append(("Groups that are too small", HTML(names, separator: ", ") + rest))
    }
    let table = Table(
      caption: "Known classes, which the choice did not look at",
      columns: [.init("Class", isNumeric: false), .init("Rows"), .init("Chosen"), .init("Share")],
      rows: summary.classes.map { row in
        [
          .init(HTML.name(row.name)), count(row.rows), count(row.selected),
          .init(
            "\(Figures.percent(Double(row.selected) / Double(row.rows), 1))",
            order: Double(row.selected) / Double(row.rows)),
        ]
      }, isSortable: true)
    return Section(
      id: "overview", title: "Overview",
      body: HTML([Section.facts(facts)] + (summary.classes.isEmpty ? [] : [table.html])))
  }

  private var plane: Section {
    Section(
      id: "components", title: "Components",
      body: """
        \(CurationPlane(curation).chart.html)
        \(Section.note("Colours tell clusters apart as far as six go; a ring is around every row that was chosen."))
        """)
  }

  private var sheets: [Section] {
    var left = most
    var sections: [Section] = []
    for (place, cluster) in curation.clusters.clusters.enumerated() {
      let chosen = cluster.rows.filter(curation.isSelected)
      let shown = chosen.prefix(min(mostOfCluster, left))
      guard !shown.isEmpty else { continue }
      left -= shown.count
      let proposal = curation.spread.proposals[place].map { proposal -> HTML in
        let source = curation.clusters.clusters[proposal.source].name
        return " Proposed: \(HTML.name(proposal.label)), from \(HTML.name(source))."
      }
      sections.append(
        Section(
          id: "cluster-\(place)", title: "Cluster \(cluster.name)",
          body: """
            <p>\(shown.count) of \(Figures.count(chosen.count)) chosen among \(Figures.count(cluster.rows.count)) rows, the \
            nearest to the centre first.\(proposal)</p>
            <ul class="cases">\(shown.map(card))</ul>
            """))
    }
    return sections
  }

  private func card(_ row: Int) -> HTML {
    let label = curation.rows.labels[row].map { label -> HTML in
      "<p><strong>\(HTML.name(label))</strong></p>"
    }
    return """
      <li>\(HTML.thumbnail(picture(row).flatMap { Thumbnail.uri($0, longest: 96) }))<div>\(label)\
      <p><small>\(curation.why(row))</small></p>\
      <p><small>\(HTML.path(curation.rows.table.paths[row]))</small></p></div></li>
      """
  }

  private func count(_ value: Int) -> Table.Cell {
    .init("\(Figures.count(value))", order: Double(value))
  }
}
