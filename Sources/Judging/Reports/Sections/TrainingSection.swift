/// Loss, the metric that chose, and the learning rate, over the epochs.
struct TrainingSection {
  let runs: [RunReport]

  var section: Section { Section(id: "training", title: "Training", body: body) }

  private var body: HTML {
    let trained = runs.enumerated().filter { !($0.element.training?.epochs.isEmpty ?? true) }
    guard !trained.isEmpty else {
      return Section.missing(
        "How training went is not known: no <code>metrics.jsonl</code>.",
        command: "steelyard train --data-dir DATA")
    }
    let selection = trained.lazy.compactMap(\.element.training?.selection).first
    var keys: [String] = selection.map { [$0] } ?? []
    keys += ["balanced_accuracy", "log_loss"].filter { !keys.contains($0) }
    let charts =
      [chart("train_loss", trained) { $0.loss }]
      + keys.filter { key in trained.contains { has($0.element, key) } }
      .map { key in chart(key, trained) { $0.validation[key] } }
      + [chart("learning_rate", trained) { $0.rate }]
    return """
      <div class="charts">\(charts)</div>
      \(runs.count > 1 ? Legend(names: runs.map(\.name)).html : "")
      <ul>\(trained.map { sentence($0.element) })</ul>
      """
  }

  private func has(_ run: RunReport, _ key: String) -> Bool {
    run.training?.epochs.contains { $0.validation[key] != nil } ?? false
  }

  private func chart(
    _ key: String, _ trained: [(offset: Int, element: RunReport)],
    _ value: (TrainingRecord.Epoch) -> Double?
  ) -> HTML {
    let lines = trained.map { place, run -> XYChart.Line in
      let points = (run.training?.epochs ?? []).compactMap { epoch in
        value(epoch).map { (Double(epoch.epoch), $0) }
      }
      return XYChart.Line(
        name: run.name, x: points.map(\.0), y: points.map(\.1), style: place % Legend.styles,
        hasMarks: points.count <= 30)
    }
    let ys = lines.flatMap(\.y)
    let last = lines.flatMap(\.x).max() ?? 1
    let isPart =
      Definition.of(key) != nil && !["train_loss", "log_loss", "learning_rate"].contains(key)
    let top = isPart && (ys.max() ?? 1) <= 1 ? 1 : (ys.max() ?? 1) * 1.02
    let name =
      (isPart || key == "log_loss" ? "validation " : "") + (Definition.of(key)?.name ?? key)
    return "<div>"
      + XYChart(
        id: "training-" + Escape.identifier(key), title: name + " by epoch",
        description: description(name, lines, isRate: key == "learning_rate"), xTitle: "epoch",
        yTitle: name,
        xDomain: min(1, last - 1)...last, yDomain: min(0, ys.min() ?? 0)...max(top, 1e-9),
        width: 320, left: 50, lines: lines, rules: runs.count > 1 ? [] : best(ys, top)
      ).html + "</div>"
  }

  /// Where the weights were taken from.
  private func best(_ ys: [Double], _ top: Double) -> [XYChart.Rule] {
    guard let epoch = runs[0].training?.best?.epoch else { return [] }
    let x = Double(epoch)
    return [.init(name: "epoch \(epoch), taken", from: (x, min(0, ys.min() ?? 0)), to: (x, top))]
  }

  /// Rates have no size of their own: three decimals would say 0.000 of most.
  private func description(_ name: String, _ lines: [XYChart.Line], isRate: Bool) -> String {
    let shown = { (value: Double) in isRate ? Figures.significant(value) : Figures.fixed(value) }
    return lines.compactMap { line in
      guard let first = line.y.first, let last = line.y.last else { return nil }
      return "\(line.name): \(name) from \(shown(first)) to \(shown(last))."
    }.joined(separator: " ")
  }

  private func sentence(_ run: RunReport) -> HTML {
    guard let training = run.training, let best = training.best else { return "" }
    let how: HTML =
      training.selection.map { key -> HTML in
        "chosen by \(HTML.metric(key)) on validation (\(Figures.fixed(best.validation[key])))"
      } ?? "the last one"
    return """
      <li>\(runs.count > 1 ? "\(HTML.name(run.name)): " : "")weights of epoch \(best.epoch) of \
      \(training.epochs.count), \(how)</li>
      """
  }
}

/// Which line is which.
struct Legend {
  let names: [String]
  /// The style sheet has so many looks of lines; after them they begin anew.
  static let styles = 6

  var html: HTML {
    let items = names.enumerated().map { place, name -> HTML in
      """
      <li><svg viewBox="0 0 24 10" width="24" height="10" aria-hidden="true"><polyline \
      class="s\(place % Self.styles)" points="1,5 23,5"/></svg> \(HTML.name(name))</li>
      """
    }
    return "<ul class=\"legend\">\(items)</ul>"
  }
}
