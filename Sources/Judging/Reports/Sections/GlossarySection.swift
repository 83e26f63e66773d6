/// What each number is; where every number of the page leads.
struct GlossarySection {
  /// Those that the page leads to.
  let definitions: [Definition]

  /// - Parameter page: What stands above.
  init(linkedFrom page: HTML) {
    let used = Self.anchors(page.text)
    definitions = Definition.all.filter { used.contains($0.anchor) }
  }

  /// What stands between `href="#` and the next quote, everywhere.
  private static func anchors(_ text: String) -> Set<String> {
    let (bytes, mark) = (Array(text.utf8), Array("href=\"#".utf8))
    var (found, place): (Set<String>, Int) = ([], 0)
    while place + mark.count < bytes.count {
      guard bytes[place] == mark[0], bytes[place..<place + mark.count].elementsEqual(mark) else {
        place += 1
        continue
      }
      place += mark.count
      let end = bytes[place...].firstIndex(of: UInt8(ascii: "\"")) ?? bytes.count
      found.insert(String(decoding: bytes[place..<end], as: UTF8.self))
      place = end
    }
    return found
  }

  var section: Section {
    let entries = definitions.map { entry -> HTML in
      let formula: HTML? = entry.formula.isEmpty ? nil : "<code>\(entry.formula)</code>"
      let undefined: HTML? =
        entry.undefined.isEmpty ? nil : "<small>\(capital(entry.undefined)).</small>"
      return """
        <div id="\(entry.anchor)" tabindex="-1"><dt>\(capital(entry.name)) <small>\(entry.key)</small></dt>\
        <dd>\(entry.words) \(formula) \(undefined)</dd></div>
        """
    }
    return Section(
      id: "glossary", title: "Definitions",
      body: """
        <p>An undefined value is shown as “\(Figures.undefined)”, is <code>null</code> in the JSON files, \
        and is left out of every mean; it is never taken for 0. Values are fractions.</p>
        <dl class="glossary">\(entries)</dl>
        """)
  }

  private func capital(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }
}
