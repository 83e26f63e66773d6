/// What each number is; where every number of the page leads.
struct GlossarySection {
  var section: Section {
    let entries = Definition.all.map { entry -> HTML in
      let formula: HTML? = entry.formula.isEmpty ? nil : "<code>\(entry.formula)</code>"
      let undefined: HTML? = entry.undefined.isEmpty ? nil : "<small>\(capital(entry.undefined)).</small>"
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
