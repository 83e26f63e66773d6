/// A part of a whole, as a bar in a cell of a table; the cell has the same in figures.
struct ShareBar {
  /// 0…1.
  var share: Double
  /// Which of the page's fills, from 0.
  var style = 0
  var width = 120.0

  var html: HTML {
    let length = share > 0 ? max(1, min(1, share) * width) : 0
    return """
      <svg class="bar" viewBox="0 0 \(width) 12" width="\(width)" height="12" aria-hidden="true">\
      <rect class="f\(style)" x="0" y="2" width="\(length)" height="8" rx="1.5"/></svg>
      """
  }
}
