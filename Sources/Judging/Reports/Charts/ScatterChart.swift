/// Points between two linear axes, some of them ringed.
struct ScatterChart {
  /// A point.
  struct Point {
    var x: Double
    var y: Double
    /// Which of the page's styles, from 0.
    var style: Int
    /// Whether it has a ring around it.
    var isRinged: Bool
  }

  var id: String
  var title: String
  var description: String
  var xTitle: String
  var yTitle: String
  var points: [Point]
  var width = 620.0
  var height = 420.0

  var html: HTML {
    XYChart(
      id: id, title: title, description: description, xTitle: xTitle, yTitle: yTitle,
      xDomain: Self.domain(points.map(\.x)), yDomain: Self.domain(points.map(\.y)), width: width,
      height: height, xTicks: 6, yTicks: 5, left: 52, lines: [], underlay: dots
    ).html
  }

  /// The drawing as a file of its own.
  var svg: String {
    let picture: HTML = """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(width) \(height)" width="\(width)" \
      height="\(height)">
      <style>\(StyleSheet.plot)</style>
      <rect width="\(width)" height="\(height)" fill="#fff"/>
      \(html)
      </svg>

      """
    return picture.text
  }

  /// Ringed ones last, so that they lie above.
  private func dots(_ x: Scale, _ y: Scale) -> HTML {
    let order = points.filter { !$0.isRinged } + points.filter(\.isRinged)
    let circles = order.map { point -> HTML in
      let ring: HTML =
        point.isRinged
        ? "<circle class=\"cross\" cx=\"\(x(point.x))\" cy=\"\(y(point.y))\" r=\"4\"/>" : ""
      return
        "<circle class=\"s\(point.style)\" cx=\"\(x(point.x))\" cy=\"\(y(point.y))\" r=\"2\"/>\(ring)"
    }
    return HTML(circles, separator: "")
  }

  /// From the least to the largest value, with a little room.
  private static func domain(_ values: [Double]) -> ClosedRange<Double> {
    guard let low = values.min(), let high = values.max() else { return 0...1 }
    let room = high > low ? 0.04 * (high - low) : 1
    return low - room...high + room
  }
}
