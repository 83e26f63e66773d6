import Evaluation

/// What was done differently: the options in which the runs differ.
struct OptionsSection {
  let runs: [RunReport]

  var section: Section { Section(id: "compared", title: "What was compared", body: body) }

  private var body: HTML {
    let names = runs.flatMap { $0.facts?.options.map(\.name) ?? [] }
      .reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    let differing = names.filter { name in Set(runs.map { value($0, name) }).count > 1 }
    var rows: [[Table.Cell]] = [
      row("Images judged") { run in
        run.headline.map { "\(Figures.count($0.metrics.n)) (\($0.split))" }
      },
      row("Images trained on") { run in
        run.population?.part("train").map { "\(Figures.count($0.total))" }
      },
    ]
    rows += differing.map { name in row("\(name)") { run in HTML.path(value(run, name)) } }
    let table = Table(
      caption: "Options in which the runs differ, and what they were judged on",
      columns: [.init("", isNumeric: false)]
        + runs.map { .init(HTML.name($0.name), isNumeric: false) }, rows: rows
    ).html
    let isEqual = differing.isEmpty && runs.contains { $0.facts?.options.isEmpty == false }
    return "\(table)\(isEqual ? "<p>The runs do not differ in any option.</p>" : "")"
  }

  private func row(_ name: HTML, _ value: (RunReport) -> HTML?) -> [Table.Cell] {
    [.init(name)] + runs.map { .init(value($0) ?? "\(Figures.undefined)") }
  }

  private func value(_ run: RunReport, _ name: String) -> String {
    run.facts?.options.first { $0.name == name }?.value ?? Figures.undefined
  }
}
