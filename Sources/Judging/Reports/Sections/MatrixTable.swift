/// A confusion matrix as a table whose cells are shaded; without figures where there are too many.
struct MatrixTable {
  let classes: [String]
  /// `[C, C]`, rows the truth.
  let counts: [[Int]]

  /// Up to so many classes, a cell has its count and its rate, one below the other.
  private static let mostWithBoth = 12
  /// Up to so many, it has a figure; above, only its shade, and the figures on hovering.
  private static let mostWithFigures = 40

  var html: HTML {
    let order = Seriation.order(counts)
    let size: HTML =
      classes.count <= Self.mostWithBoth
      ? "both" : classes.count <= Self.mostWithFigures ? "one" : "none"
    let heads = order.map { index -> HTML in
      "<th scope=\"col\"><div><bdi title=\"\(classes[index])\">\(short(index))</bdi></div></th>"
    }
    return """
      <div class="table">\(size == "one" ? choice : "")\
      <div class="scroll" tabindex="0" role="region" aria-label="Confusion matrix">
      <table class="matrix \(size)">
      <caption>\(HTML.defined("Images by truth and decision", "confusion"))</caption>
      <thead><tr><th scope="col" class="corner">truth ↓ decided →</th>\(HTML(heads, separator: ""))\
      <th scope="col" class="sum">all</th></tr></thead>
      <tbody>
      \(order.map { row($0, order) })
      </tbody></table></div></div>
      """
  }

  /// Without a script too: the style sheet looks at what is chosen.
  private var choice: HTML {
    """
    <fieldset class="choice"><legend class="hide">Figures in the cells</legend>\
    <label><input type="radio" name="matrix" value="counts" checked> counts</label>\
    <label><input type="radio" name="matrix" value="rates"> row rates, %</label></fieldset>
    """
  }

  private func row(_ truth: Int, _ order: [Int]) -> HTML {
    let total = counts[truth].reduce(0, +)
    let cells = order.map { cell(truth, $0, of: total) }
    return """
      <tr><th scope="row"><bdi class="name" title="\(classes[truth])">\(classes[truth])</bdi></th>\
      \(HTML(cells, separator: ""))<td class="sum">\(Figures.count(total))</td></tr>
      """
  }

  private func cell(_ truth: Int, _ decided: Int, of total: Int) -> HTML {
    let count = counts[truth][decided]
    let kind: HTML = truth == decided ? "y" : "x"
    guard count > 0 else { return truth == decided ? "<td class=\"y0\"></td>" : "<td></td>" }
    let rate = Double(count) / Double(total)
    let level = max(1, Int((rate * 10).rounded()))
    let percent = Figures.fixed(rate * 100, rate < 0.0995 ? 1 : 0)
    if classes.count > Self.mostWithFigures {
      return "<td class=\"\(kind)\(level)\" title=\"\(hint(truth, decided, count, percent))\"></td>"
    }
    let shown: HTML = "<b>\(Figures.count(count))</b><i>\(percent)</i>"
    return """
      <td class="\(kind)\(level)" title="\(hint(truth, decided, count, percent))">\
      \(HTML.defined(shown, "confusion", isStop: false))</td>
      """
  }

  private func hint(_ truth: Int, _ decided: Int, _ count: Int, _ percent: String) -> String {
    "\(short(truth)) decided as \(short(decided)): \(Figures.count(count)), \(percent) % of its row"
  }

  /// Long names are whole in the head of the row.
  private func short(_ index: Int) -> String {
    classes[index].count > 24 ? String(classes[index].prefix(23)) + "…" : classes[index]
  }
}
