/// What training really drew of each class, beside what the data hold.
struct PrevalenceSection {
  let run: RunReport

  var section: Section {
    Section(id: "drawn", title: "Prevalence, and what training drew", body: body)
  }

  private var body: HTML {
    guard let drawn = run.training?.drawn, !drawn.isEmpty else {
      return Section.missing(
        "What each epoch drew of each class is not known: no <code>metrics.jsonl</code>.",
        command: "steelyard train --data-dir DATA")
    }
    let epoch: HTML? = kept.map { " of epoch \($0)" }
    return """
      \(table(drawn))
      \(Section.note(
        """
        Where the label mass\(epoch) differs from the share in training, the \
        probabilities of the model speak of the mixture it was shown, not of the data; \
        see \(HTML.link("reliability", "reliability")).
        """))
      """
  }

  /// The epoch whose weights are the model, where its label mass is known.
  private var kept: Int? {
    let isKnown = run.training?.drawn.contains { $0.keptMass != nil } ?? false
    return isKnown ? run.training?.best?.epoch : nil
  }

  private func table(_ drawn: [TrainingRecord.Drawn]) -> HTML {
    let train = run.population?.part("train")
    // A document from elsewhere may name a class twice.
    let held = Dictionary(
      zip(run.population?.classes ?? [], train?.counts ?? []),
      uniquingKeysWith: { first, _ in first })
    let total = Double(max(1, train?.total ?? 1))
    let rows = drawn.sorted { (held[$0.name] ?? 0, $1.name) > (held[$1.name] ?? 0, $0.name) }
      .map { row -> [Table.Cell] in
        let count = held[row.name]
        let share = count.map { Double($0) / total }
        let repeats = row.distinct > 0 ? row.examples / row.distinct : nil
        return [
          .init(HTML.name(row.name)),
          .init(
            HTML.defined(
              "\(count.map(Figures.count) ?? Figures.undefined)", "count", isStop: false),
            order: count.map(Double.init)),
          .init(
            HTML.defined("\(Figures.count(row.examples))", "drawn", isStop: false),
            order: row.examples),
          .init(
            HTML.defined(
              "\(Figures.count(row.distinct))", "distinct", isStop: false),
            order: row.distinct),
          .init("\(Figures.fixed(repeats, 1))", order: repeats),
          .init(
            HTML.defined("\(Figures.fixed(share))", "prevalence", isStop: false), order: share),
          .init(ShareBar(share: share ?? 0, style: 0, width: 90).html),
          .init(
            HTML.defined("\(Figures.fixed(row.mass))", "label_mass", isStop: false),
            order: row.mass),
          .init(ShareBar(share: row.mass, style: 1, width: 90).html),
        ]
          + (kept == nil
            ? []
            : [
              .init(
                HTML.defined("\(Figures.fixed(row.keptMass))", "label_mass", isStop: false),
                order: row.keptMass)
            ])
      }
    return Table(
      caption: "Mean epoch of training, by class",
      columns: [
        .init("Class", isNumeric: false), .init(HTML.defined("In training", "count")),
        .init(HTML.defined("Drawn", "drawn")), .init(HTML.defined("Distinct", "distinct")),
        .init("Shows of each"), .init(HTML.defined("Share in data", "prevalence")),
        .init("<span class=\"hide\">share in data, as a bar</span>", isNumeric: false),
        .init(HTML.defined("Label mass", "label_mass")),
        .init("<span class=\"hide\">label mass, as a bar</span>", isNumeric: false),
      ] + (kept.map { [.init("Of epoch \($0), kept")] } ?? []), rows: rows, isSortable: true
    ).html
  }
}

extension HTML {
  /// A link to a section.
  static func link(_ section: HTML, _ text: HTML) -> HTML { "<a href=\"#\(section)\">\(text)</a>" }
}
