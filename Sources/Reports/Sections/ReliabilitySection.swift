import Decisions

/// Whether a probability of 0.8 is right in 8 of 10 cases: for the decision, and for every class.
struct ReliabilitySection {
  let run: RunReport

  private static let mostAtOnce = 12

  var section: Section { Section(id: "reliability", title: "Reliability", body: body) }

  private var body: HTML {
    guard let part = run.headline, let quality = part.calibration else {
      return Section.missing(
        "Whether the probabilities can be taken at their word was not measured: no "
          + "<code>predictions-*.csv</code>.", command: "steelyard evaluate RUN --data DATA")
    }
    return """
      \(table(part, quality))
      <p>Dots are what came true, with its interval, of the images given about that probability; \
      grey bars how many images those were. On the diagonal the probabilities can be taken at their \
      word, below it the model is too sure.</p>
      <div class="charts">\(leading(part, quality))</div>
      \(classes(part, quality))
      """
  }

  private func table(_ part: EvaluationPart, _ quality: CalibrationQuality) -> HTML {
    let after = part.calibrated?.quality
    let rows: [(String, Double?, Double?)] = [
      ("ece", quality.calibrationError, after?.calibrationError),
      ("ece_classwise", quality.meanClassCalibrationError, after?.meanClassCalibrationError),
      ("log_loss", quality.logLoss, after?.logLoss), ("brier", quality.brier, after?.brier),
    ]
    let columns: [Table.Column] =
      [.init("Less is better", isNumeric: false), .init("As the model says")]
      + (part.calibrated.map { [.init("After \($0.kind) calibration on \($0.fittedOn)")] } ?? [])
    return Table(
      caption: "Quality of the probabilities on \(part.split)", columns: columns,
      rows: rows.map { key, before, after in
        let cells = part.calibrated == nil ? [before] : [before, after]
        return [.init(HTML.metric(key))]
          + cells.map { .init(HTML.defined("\(Figures.fixed($0))", key, isStop: false)) }
      }
    ).html
  }

  private func leading(_ part: EvaluationPart, _ quality: CalibrationQuality) -> [HTML] {
    let raw = ReliabilityChart(
      id: "rel-top", name: "decision, as the model says", curve: quality.reliability.topLabel)
    let after = part.calibrated.map {
      ReliabilityChart(
        id: "rel-after", name: "decision, after \($0.kind) calibration",
        curve: $0.quality.reliability.topLabel, style: 1)
    }
    return [raw, after].compactMap { $0 }.map { "<div>\($0.html)</div>" }
  }

  private func classes(_ part: EvaluationPart, _ quality: CalibrationQuality) -> HTML {
    let curves = quality.reliability.classes.indices
      .filter { quality.reliability.classes[$0].curve != nil }
      .sorted {
        (quality.reliability.classes[$0].support, $0)
          < (quality.reliability.classes[$1].support, $1)
      }
    let charts = curves.compactMap { index -> HTML? in
      let row = quality.reliability.classes[index]
      return row.curve.map { curve in
        let name: HTML = """
          \(HTML.name(row.name)) <small>\(Figures.count(row.support)) images, error \
          \(HTML.defined("\(Figures.fixed(quality.classCalibrationError[index]))", "ece_classwise", isStop: false))</small>
          """
        let chart = ReliabilityChart(
          id: "rel-\(index)", name: row.name, curve: curve, size: 190, hasTitle: false)
        return "<figure class=\"pair\"><figcaption>\(name)</figcaption>\(chart.html)</figure>"
      }
    }
    let rest = Array(charts.dropFirst(Self.mostAtOnce))
    return """
      <h3>Each class by its own probability, the rarest first</h3>
      <div class="pairs">\(Array(charts.prefix(Self.mostAtOnce)))</div>
      \(rest.isEmpty ? "" : "<details><summary>The other \(rest.count) classes</summary><div class=\"pairs\">\(rest)</div></details>")
      """
  }
}
