/// A value on its interval, small enough for a cell of a table. The cell has the same in figures, so
/// the drawing is left out for whoever listens.
struct IntervalBar {
  var value: Double?
  var low: Double?
  var high: Double?
  var domain: ClosedRange<Double> = 0...1
  /// A value marked by a thin line: chance, no difference.
  var reference: Double?
  var width = 84.0

  var html: HTML {
    let x = Scale(domain, onto: 4, width - 4)
    return """
      <svg class="bar" viewBox="0 0 \(width) 14" width="\(width)" height="14" aria-hidden="true">\
      <line class="track" x1="4" x2="\(width - 4)" y1="7" y2="7"/>\(marker(x))\(whisker(x))\(dot(x))</svg>
      """
  }

  private func marker(_ x: Scale) -> HTML? {
    reference.map { "<line class=\"ref\" x1=\"\(x($0))\" x2=\"\(x($0))\" y1=\"1\" y2=\"13\"/>" }
  }

  private func whisker(_ x: Scale) -> HTML? {
    guard let low, let high else { return nil }
    let (start, length) = (x(low), max(1, x(high) - x(low)))
    return "<rect class=\"span\" x=\"\(start)\" y=\"4\" width=\"\(length)\" height=\"6\" rx=\"3\"/>"
  }

  private func dot(_ x: Scale) -> HTML? {
    value.map { "<circle class=\"dot\" cx=\"\(x($0))\" cy=\"7\" r=\"3\"/>" }
  }
}
