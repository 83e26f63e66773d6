package import Curation
import Randomness

/// The picture of a curation: rows by their first two principal components, those that were chosen ringed.
///
/// Colours tell clusters apart as far as six go. All chosen rows are drawn, of the others a random part where there are many.
package struct CurationPlane {
  private let curation: Curation
  private let most: Int

  /// A picture of at most `most` points, or of all chosen rows where those are more.
  package init(_ curation: Curation, most: Int = 4000) {
    (self.curation, self.most) = (curation, most)
  }

  var chart: ScatterChart {
    let all = curation.plane.indices
    let others = all.filter { !curation.isSelected($0) }
    let room = max(0, most - (all.count - others.count))
    var source = RandomKey(seed: 0).folding("plane").source
    let shown =
      others.count <= room ? others : source.shuffle(others.count).prefix(room).map { others[$0] }
    let points = (shown.sorted() + curation.selected).map { row in
      ScatterChart.Point(
        x: Double(curation.plane[row].x), y: Double(curation.plane[row].y),
        style: (curation.clusters.places[row] ?? 5) % 6, isRinged: curation.isSelected(row))
    }
    let left = others.count - shown.count
    return ScatterChart(
      id: "plane", title: "Rows by their first two principal components",
      description:
        "\(Figures.count(points.count)) points, \(Figures.count(curation.selected.count)) of them chosen and ringed"
        + (left > 0 ? "; \(Figures.count(left)) others are not drawn" : ""),
      xTitle: title(0), yTitle: title(1), points: points)
  }

  /// The picture as a file of its own.
  package var svg: String { chart.svg }

  private func title(_ place: Int) -> String {
    guard curation.firstShares.indices.contains(place) else { return "no second component" }
    return
      "component \(place + 1), \(Figures.percent(curation.firstShares[place], 1)) of the variance"
  }
}
