/// All it takes to make these numbers again.
struct ReproducibilitySection {
  let runs: [RunReport]

  var section: Section {
    Section(id: "reproducibility", title: "Reproducibility", body: HTML(runs.map(part)))
  }

  private func part(_ run: RunReport) -> HTML {
    let head: HTML = runs.count > 1 ? "<h3>\(HTML.name(run.name))</h3>" : ""
    guard let facts = run.facts, !(facts.options.isEmpty && facts.environment.isEmpty) else {
      return head
        + Section.missing(
          "How the model was made is not known: no <code>config.yaml</code>.",
          command: "steelyard train --data-dir DATA")
    }
    let command: HTML? = facts.command.map { "<pre><code>\($0)</code></pre>" }
    let method: HTML? = facts.method.map { "<p>\($0)</p>" }
    let digest: HTML? = run.population?.digest.map {
      "<p>SHA-256 of the data (path, label, group and part of every image): <code class=\"path\">\($0)</code></p>"
    }
    return """
      \(head)\(method)\(command)\(digest)
      \(table("Made with", facts.environment))
      <details><summary>All \(facts.options.count) options, and where each came from</summary>
      \(table("Options", facts.options))</details>
      """
  }

  private func table(_ caption: HTML, _ facts: [RunFacts.Fact]) -> HTML? {
    guard !facts.isEmpty else { return nil }
    let hasOrigins = facts.contains { $0.origin != nil }
    return Table(
      caption: caption,
      columns: [.init("Name", isNumeric: false), .init("Value", isNumeric: false)]
        + (hasOrigins ? [.init("From", isNumeric: false)] : []),
      rows: facts.map { fact in
        [.init("\(fact.name)"), .init(HTML.path(fact.value))]
          + (hasOrigins ? [.init("\(fact.origin ?? "")")] : [])
      }, style: "settings"
    ).html
  }
}
