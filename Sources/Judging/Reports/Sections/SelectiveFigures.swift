import Decisions
import Evaluation

/// What leaving the unsure images to a person would gain.
struct SelectiveFigures {
  let assessment: DecisionAssessment

  /// The rarest classes by themselves; more lines could not be told apart.
  private static let mostClasses = 5

  var html: HTML {
    let lines = curves
    guard let last = assessment.selective.overall.points.last else { return "" }
    let top = max(lines.flatMap(\.y).max() ?? 1, 1e-6)
    let chart = XYChart(
      id: "selective", title: "Risk against coverage",
      description:
        "Part of the answered images that are decided wrongly, against the part answered; "
        + "at full coverage \(Figures.fixed(last.risk)).",
      xTitle: "part answered, the surest first", yTitle: "part of them decided wrongly",
      yDomain: 0...min(1, top * 1.05), width: 420, height: 240, lines: lines)
    return """
      <h3>Leaving the unsure ones to a person</h3>
      \(abstention)
      <div class="charts"><div>\(chart.html)</div></div>
      \(Legend(names: lines.map(\.name)).html)
      """
  }

  private var abstention: HTML {
    guard let abstained = assessment.abstained, let errors = assessment.errorsAnswered else {
      return """
        <p>Were only the surest images decided and the others left to a person, the \
        \(HTML.defined("risk", "risk")) at each \(HTML.defined("coverage", "coverage")) would be:</p>
        """
    }
    return """
      <p>Abstained: \(Figures.count(abstained.count)) of \(Figures.count(abstained.trials)). Of the others \
      \(Figures.count(errors.count)) of \(Figures.count(errors.trials)) are decided wrongly\(range(errors))\(promise).</p>
      """
  }

  private var promise: HTML {
    assessment.promisedRisk.map {
      "; promised at most \(HTML.defined("\(Figures.fixed($0.level))", "promise", isStop: false))"
    } ?? ""
  }

  private func range(_ rate: Rate) -> HTML {
    rate.interval.map { ": \(rate.text), \(Figures.range($0.low, $0.high, 2))" } ?? ""
  }

  private var curves: [XYChart.Line] {
    let rare = assessment.selective.classes.filter { $0.curve != nil }
      .sorted { ($0.support, $0.name) < ($1.support, $1.name) }.prefix(Self.mostClasses)
    return [line("all classes", assessment.selective.overall, 0)]
      + rare.enumerated().compactMap { place, row in
        row.curve.map { line("\(row.name) (\(row.support))", $0, place + 1) }
      }
  }

  private func line(_ name: String, _ curve: SelectiveCurve, _ style: Int) -> XYChart.Line {
    XYChart.Line(
      name: name, x: curve.points.map(\.coverage), y: curve.points.map(\.risk), style: style)
  }
}

/// How often prediction sets hold the truth, and how large they are.
struct ConformalTable {
  let coverage: ConformalCoverage?
  let split: String

  var html: HTML {
    guard let coverage else { return "" }
    let rows =
      [("all classes", coverage.overall, false)]
      + coverage.classes.map { ($0.name, $0.sets, $0.isAlwaysIncluded) }
    return """
      <h3>Prediction sets</h3>
      \(Table(
        caption: "Sets that should hold the true class in \(Figures.level(coverage.wanted)) of the cases, on \(split)",
        columns: [
          .init("Class", isNumeric: false), .init(HTML.defined("Holds the truth", "conformal")),
          .init("Mean size"), .init("A single class"), .init("Empty"),
        ],
        rows: rows.map { name, row, isAlways in
          [
            .init(HTML.name(name) + (isAlways ? " <small>in every set: too few to rule it out</small>" : "")),
            RateCell(rate: row.covered, key: "conformal").cell,
            .init(
              HTML.defined("\(Figures.fixed(row.meanSize, 2))", "conformal", isStop: false),
              order: row.meanSize),
            RateCell(rate: row.single, key: "conformal").cell,
            RateCell(rate: row.empty, key: "conformal").cell,
          ]
        }, isSortable: true, style: "classes"
      ).html)
      """
  }
}
