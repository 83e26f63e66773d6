import Evaluation

/// A numbered part of the page.
struct Section {
  /// Its anchor.
  let id: String
  let title: String
  let body: HTML

  func html(number: Int) -> HTML {
    """
    <section id="\(id)" aria-labelledby="\(id)-h">
    <h2 id="\(id)-h"><span class="no">\(number)</span> \(title)</h2>
    \(body)
    </section>
    """
  }

  /// What stands in a part that cannot be filled: what is missing, and how to get it.
  static func missing(_ what: HTML, command: String? = nil) -> HTML {
    let remedy: HTML? = command.map { " To have it: \(HTML.command($0))" }
    return "<p class=\"missing\">\(what)\(remedy)</p>"
  }

  /// What needs scores where there are decisions alone; `nil` where there are scores.
  static func withoutScores(_ run: RunReport) -> HTML? {
    guard let part = run.headline, !part.metrics.hasScores else { return nil }
    return missing("This needs scores, and these predictions have decisions alone.")
  }

  /// A remark that must not be overlooked.
  static func warning(_ text: HTML) -> HTML {
    "<p class=\"warning\"><strong>Caution.</strong> \(text)</p>"
  }

  /// A remark on how to read what stands above.
  static func note(_ text: HTML) -> HTML { "<p class=\"note\">\(text)</p>" }

  /// Names and values.
  static func facts(_ facts: [(HTML, HTML)]) -> HTML {
    let rows = facts.map { name, value -> HTML in "<div><dt>\(name)</dt><dd>\(value)</dd></div>" }
    return "<dl class=\"facts\">\n\(rows)\n</dl>"
  }
}
