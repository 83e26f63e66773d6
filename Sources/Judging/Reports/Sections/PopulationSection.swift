import Runs

/// Who is in the data: images by class and part.
struct PopulationSection {
  let run: RunReport

  var section: Section { Section(id: "population", title: "Population", body: body) }

  private var body: HTML {
    guard let population = run.population else {
      return Section.missing(
        "How many images of which class the data hold is not known: no <code>data.json</code>.",
        command: "steelyard train --data-dir DATA")
    }
    return """
      \(parts(population))
      \(classes(population))
      \(skipped(population))
      """
  }

  private func parts(_ population: Population) -> HTML {
    let rows = population.parts.map { part -> [Table.Cell] in
      [
        .init("\(part.name)"),
        .init(HTML.defined("\(Figures.count(part.total))", "count", isStop: false)),
        .init(part.groups.map { "\(Figures.count($0))" } ?? "\(Figures.undefined)"),
        .init(
          HTML.defined(
            "\(part.imbalanceRatio.map { Figures.fixed($0, 1) } ?? Figures.undefined)",
            "imbalance_ratio", isStop: false)),
        .init(
          HTML.defined(
            "\(Figures.fixed(part.effectiveClasses, 1)) of \(population.classes.count)",
            "effective_classes", isStop: false)),
        .init("\(part.counts.count { $0 == 0 })"),
      ]
    }
    let name: HTML = population.name.map { "Data set \(HTML.name($0))" } ?? "Data set"
    return Table(
      caption: name + ", by part",
      columns: [
        .init("Part", isNumeric: false), .init("Images"), .init("Groups"),
        .init(HTML.defined("Imbalance ratio", "imbalance_ratio")),
        .init(HTML.defined("Effective classes", "effective_classes")), .init("Empty classes"),
      ], rows: rows
    ).html
  }

  private func classes(_ population: Population) -> HTML {
    let largest = Double(population.parts.flatMap(\.counts).max() ?? 1)
    let order = population.classes.indices.sorted {
      (population.parts.first?.counts[$0] ?? 0, $1) > (population.parts.first?.counts[$1] ?? 0, $0)
    }
    let rows = order.map { index -> [Table.Cell] in
      [.init(HTML.name(population.classes[index]))]
        + population.parts.enumerated().flatMap { place, part -> [Table.Cell] in
          let count = part.counts[index]
          let bar = ShareBar(share: Double(count) / max(1, largest), style: place % 3, width: 90)
          return [
            .init(
              HTML.defined("\(Figures.count(count))", "count", isStop: false),
              order: Double(count)), .init(bar.html),
          ]
        }
    }
    let columns = population.parts.flatMap {
      [
        Table.Column("\($0.name)"),
        Table.Column("<span class=\"hide\">\($0.name), as a bar</span>", isNumeric: false),
      ]
    }
    return Table(
      caption: "Images by class, the largest in training first; bars share one scale",
      columns: [.init("Class", isNumeric: false)] + columns, rows: rows, isSortable: true,
      filter: population.classes.count > 12 ? "Show classes with" : nil
    ).html
  }

  private func skipped(_ population: Population) -> HTML? {
    guard !population.skipped.isEmpty else { return nil }
    let items = population.skipped.prefix(20).map { file -> HTML in
      "<li>\(HTML.path(file.path)): \(file.reason)</li>"
    }
    let more = population.skipped.count - items.count
    return """
      \(Section.warning("\(population.skipped.count) files were left out because they do not decode."))
      <ul>\(items)</ul>\(more > 0 ? "<p>and \(more) more</p>" : "")
      """
  }
}
