/// A table with a caption and marked headers, which a script may sort and filter.
struct Table {
  /// A column.
  struct Column {
    var title: HTML
    /// Whether the cells are figures, and stand to the right.
    var isNumeric = true

    init(_ title: HTML, isNumeric: Bool = true) {
      (self.title, self.isNumeric) = (title, isNumeric)
    }
  }

  /// A cell.
  struct Cell {
    var content: HTML
    /// What it is sorted by; `nil` by its text, last where the others have numbers.
    var order: Double?
    /// Whether to tone it down.
    var isWeak = false

    init(_ content: HTML, order: Double? = nil, isWeak: Bool = false) {
      (self.content, self.order, self.isWeak) = (content, order, isWeak)
    }
  }

  var caption: HTML
  var columns: [Column]
  var rows: [[Cell]]
  /// Whether the first cell of a row names the row.
  var hasRowHeads = true
  var isSortable = false
  /// What the field to filter by is called; `nil` for none.
  var filter: String?
  var style: HTML = ""

  var html: HTML {
    let heads = columns.map { column -> HTML in
      "<th scope=\"col\"\(column.isNumeric ? " class=\"n\"" : "")>\(column.title)</th>"
    }
    let field: HTML? = filter.map {
      """
      <p class="tool" hidden><label>\($0) <input type="search" data-filter></label> \
      <output></output></p>
      """
    }
    return """
      <div class="table">\(field)<div class="scroll" tabindex="0" role="region" aria-label="\(plainCaption)">\
      <table class="\(style)"\(isSortable ? " data-sort" : "")>
      <caption>\(caption)</caption>
      <thead><tr>\(HTML(heads, separator: ""))</tr></thead>
      <tbody>
      \(rows.map(row))
      </tbody></table></div></div>
      """
  }

  private func row(_ cells: [Cell]) -> HTML {
    let parts = cells.enumerated().map { index, cell -> HTML in
      if hasRowHeads && index == 0 { return "<th scope=\"row\">\(cell.content)</th>" }
      let classes = [
        columns[index].isNumeric ? "n" : "", cell.isWeak ? "w" : "",
      ].filter { !$0.isEmpty }.joined(separator: " ")
      let style: HTML = classes.isEmpty ? "" : " class=\"\(classes)\""
      let order: HTML? = isSortable ? cell.order.map { " data-v=\"\($0.description)\"" } : nil
      return "<td\(style)\(order)>\(cell.content)</td>"
    }
    return "<tr>\(HTML(parts, separator: ""))</tr>"
  }

  /// The caption without its markup, for the name of the region.
  private var plainCaption: HTML { HTML(stringLiteral: caption.withoutTags) }
}

extension HTML {
  /// The text without elements; entities stay as they are.
  ///
  /// By scalars: a name that begins with a combining mark makes one character with the bracket before it.
  var withoutTags: String {
    var (plain, isInside) = (String.UnicodeScalarView(), false)
    for scalar in text.unicodeScalars {
      if scalar == "<" { isInside = true }
      if !isInside { plain.append(scalar) }
      if scalar == ">" { isInside = false }
    }
    return String(plain)
  }

  /// What a reader of the page reads, as plain text.
  var plain: String {
    let entities = ["lt": "<", "gt": ">", "quot": "\"", "#39": "'", "amp": "&"]
    var (plain, open): (String.UnicodeScalarView, String?) = (.init(), nil)
    for scalar in withoutTags.unicodeScalars {
      switch (scalar, open) {
      case ("&", _): open = ""
      case (";", let name?):
        plain.append(contentsOf: (entities[name] ?? "&\(name);").unicodeScalars)
        open = nil
      case (_, let name?): open = name + String(scalar)
      default: plain.append(scalar)
      }
    }
    return String(plain)
  }
}
