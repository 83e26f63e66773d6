import Decisions
import Evaluation
import Runs
import Uncertainty

/// Whether a probability of 0.8 is right in 8 of 10 cases: for the decision, and for every class.
struct ReliabilitySection {
  let run: RunReport

  private static let mostAtOnce = 12

  var section: Section { Section(id: "reliability", title: "Reliability", body: body) }

  private var body: HTML {
    if let missing = Section.withoutScores(run) { return missing }
    guard let part = run.headline, let decisions = part.decisions else {
      return Section.missing(
        "Whether the probabilities can be taken at their word was not measured: no "
          + "<code>predictions-*.csv</code>.", command: "steelyard evaluate RUN --data DATA")
    }
    let quality = decisions.assessment.before
    return """
      \(decisions.change.map { "<p id=\"calibration\">\($0.sentence)</p>" as HTML })
      \(table(part, decisions))
      \(slopes(part))
      \((decisions.warnings ?? []).map { Section.warning("Calibration: \($0).") })
      <p>Dots are what came true, with its \(Figures.level(decisions.assessment.level)) interval, of the images given about that probability; \
      grey bars how many images those were. On the diagonal the probabilities can be taken at their \
      word, below it the model is too sure.</p>
      <div class="charts">\(leading(decisions))</div>
      \(classes(quality))
      """
  }

  private func table(_ part: EvaluationPart, _ decisions: DecisionPart) -> HTML {
    let (before, after) = (decisions.assessment.before, decisions.assessment.after)
    let rows: [(String, Double?, Double?)] = [
      ("ece", before.calibrationError, after.calibrationError),
      ("ece_classwise", before.meanClassCalibrationError, after.meanClassCalibrationError),
      ("log_loss", before.logLoss, after.logLoss), ("brier", before.brier, after.brier),
    ]
    let columns: [Table.Column] =
      [.init("Less is better", isNumeric: false), .init("As the model says")]
      + (isChanged(decisions) ? [.init("\(Self.after(decisions))")] : [])
    return Table(
      caption: "Quality of the probabilities on \(part.split)\(Self.prevalence(decisions))",
      columns: columns,
      rows: rows.map { key, before, after in
        [.init(HTML.metric(key))]
          + (isChanged(decisions) ? [before, after] : [before]).map {
            .init(HTML.defined("\(Figures.fixed($0))", key, isStop: false))
          }
      }
    ).html
  }

  /// What the probabilities after the rule suppose, where it is not what these images have.
  private static func prevalence(_ decisions: DecisionPart) -> HTML {
    decisions.assessment.isAtOwnPrevalence
      ? "" : "; after, for the prevalence that the rule aims at"
  }

  /// Slope and intercept of each class that has one, as the model says.
  private func slopes(_ part: EvaluationPart) -> HTML? {
    guard let found = part.judgement.assessment?.calibration,
      found.classes.contains(where: { $0.intercept != nil })
    else { return nil }
    func cell(_ value: Double?, _ interval: Interval?, _ key: String) -> Table.Cell {
      .init(
        Estimate(value: value, low: interval?.low, high: interval?.high).html(key), order: value)
    }
    let rows = part.metrics.perClass.indices.filter { found.classes[$0].intercept != nil }
      .sorted { part.metrics.perClass[$0].support < part.metrics.perClass[$1].support }
      .map { index -> [Table.Cell] in
        let (row, one) = (part.metrics.perClass[index], found.classes[index])
        return [
          .init(HTML.name(row.name)), .init("\(Figures.count(row.support))"),
          cell(one.slope, one.slopeInterval, "calibration_slope"),
          cell(one.intercept, one.interceptInterval, "calibration_intercept"),
        ]
      }
    return Table(
      caption:
        "Slope and intercept of the probabilities of each class, the rarest first\(made(found))",
      columns: [
        .init("Class", isNumeric: false), .init("Images"),
        .init(HTML.defined("Slope", "calibration_slope")),
        .init(HTML.defined("Intercept", "calibration_intercept")),
      ], rows: rows, isSortable: true
    ).html
  }

  /// How their intervals were made.
  private func made(_ found: CalibrationSlopes) -> String {
    let methods = Set(found.classes.compactMap(\.method).map(\.rawValue)).sorted()
    return methods.isEmpty ? "" : "; intervals: \(methods.joined(separator: ", "))"
  }

  private func isChanged(_ decisions: DecisionPart) -> Bool {
    decisions.assessment.before != decisions.assessment.after
  }

  private static func after(_ decisions: DecisionPart) -> String {
    decisions.calibration == "none"
      ? "after the stored correction"
      : "after \(decisions.calibration) calibration on \(decisions.chosenOn)"
  }

  private func leading(_ decisions: DecisionPart) -> [HTML] {
    let raw = ReliabilityChart(
      id: "rel-top", name: "decision, as the model says",
      curve: decisions.assessment.before.reliability.topLabel)
    let after = ReliabilityChart(
      id: "rel-after", name: "decision, " + Self.after(decisions),
      curve: decisions.assessment.after.reliability.topLabel, style: 1)
    return (isChanged(decisions) ? [raw, after] : [raw]).map { "<div>\($0.html)</div>" }
  }

  private func classes(_ quality: CalibrationQuality) -> HTML {
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
    let shown = charts.count <= Self.mostAtOnce + 2 ? charts.count : Self.mostAtOnce
    let rest = Array(charts.dropFirst(shown))
    return """
      <h3>Each class by its own probability, the rarest first</h3>
      <div class="pairs">\(Array(charts.prefix(shown)))</div>
      \(rest.isEmpty ? "" : "<details><summary>The other \(rest.count) classes</summary><div class=\"pairs\">\(rest)</div></details>")
      """
  }
}
