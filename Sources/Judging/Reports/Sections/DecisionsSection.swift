import Decisions
import Evaluation
import Uncertainty

/// What to do with the scores: operating points, predictive values, abstention, sets.
struct DecisionsSection {
  let run: RunReport

  var section: Section { Section(id: "decisions", title: "Decisions", body: body) }

  private var body: HTML {
    if let missing = Section.withoutScores(run) { return missing }
    guard let part = run.headline, let decisions = part.decisions else {
      return Section.missing(
        "What decisions would achieve is not known: no <code>predictions-*.csv</code>.",
        command: "steelyard evaluate RUN --data DATA")
    }
    return """
      \(rule(decisions))
      \(points(decisions.assessment, part))
      \(PromiseList(assessment: decisions.assessment).html)
      \(DecidedTable(assessment: decisions.assessment, classes: part.metrics.classes).html)
      \(costs(decisions.assessment))
      \(predictive(decisions.assessment))
      \(SelectiveFigures(assessment: decisions.assessment).html)
      \(ConformalTable(coverage: decisions.assessment.conformal, split: part.split).html)
      """
  }

  private func rule(_ decisions: DecisionPart) -> HTML {
    decisions.isStored
      ? """
      <p>The rule below is stored with the model and used by <code>predict</code>; it was chosen on \
      \(decisions.chosenOn), and is judged here on \(judgedOn(decisions)).</p>
      """
      : Section.missing(
        """
        No operating point was chosen, so the most probable class is decided, whatever a miss and a \
        false alarm cost.
        """, command: "steelyard decide RUN --sensitivity \"CLASS=0.95\"")
  }

  private func judgedOn(_ decisions: DecisionPart) -> HTML {
    decisions.chosenOn == run.headline?.split
      ? "the very images it was chosen on, which flatters it" : "other images"
  }

  private func points(_ assessment: DecisionAssessment, _ part: EvaluationPart) -> HTML? {
    guard !assessment.points.isEmpty else { return nil }
    let hasTarget = assessment.points.contains { $0.flaggedAtTarget != nil }
    return Table(
      caption: "Operating points: asked for, and achieved on \(part.split)",
      columns: [
        .init("Class", isNumeric: false),
        .init(HTML.defined("Asked for", "threshold"), isNumeric: false),
        .init("Threshold"), .init("On validation"), .init(HTML.defined("Promised", "promise")),
        .init(HTML.defined("Sensitivity", "recall")),
        .init(HTML.defined("Specificity", "specificity")), .init("Flagged"),
        .init(HTML.defined("Precision", "precision")),
      ] + (hasTarget ? [.init("Flagged at target")] : []),
      rows: assessment.points.map { point in
        [
          .init(HTML.name(point.point.name)), .init("\(point.point.constraint.description)"),
          .init(
            HTML.defined("\(Figures.fixed(point.point.threshold))", "threshold", isStop: false)),
          RateCell(rate: point.point.validated, key: "threshold").cell, promised(point.point),
          RateCell(rate: point.achieved.sensitivity, key: "recall").cell,
          RateCell(rate: point.achieved.specificity, key: "specificity").cell,
          RateCell(rate: point.achieved.flagged, key: "coverage").cell,
          RateCell(rate: point.achieved.precision, key: "precision").cell,
        ] + (hasTarget ? [atTarget(point)] : [])
      }, style: "classes"
    ).html
  }

  private func atTarget(_ point: DecisionAssessment.Point) -> Table.Cell {
    let rate = point.flaggedAtTarget
    return value(rate?.value, rate?.interval, "coverage", reference: nil)
  }

  private func promised(_ point: OperatingPoint) -> Table.Cell {
    let level = point.guarantee?.level
    return .init(
      HTML.defined("\(Figures.fixed(level))", "promise", isStop: false), order: level)
  }

  private func costs(_ assessment: DecisionAssessment) -> HTML? {
    guard let cost = assessment.meanCost, let plain = assessment.plainMeanCost else { return nil }
    let shown: HTML? = assessment.costs.map { costs in
      """
       \(costs.prevalence == nil ? "As sampled" : "At the prevalence aimed at"), with \(Figures.level(assessment.level)) intervals: \
      \(estimate(costs.rule)), \(estimate(costs.plain)), difference \(estimate(costs.difference)).
      """
    }
    return """
      <p>Mean cost of a decision \(Figures.fixed(cost)); of the most probable class \
      \(Figures.fixed(plain)).\(shown)</p>
      """
  }

  private func estimate(_ estimate: MetricEstimate) -> HTML {
    let span = estimate.interval.map {
      " (\(Figures.fixed($0.low)) to \(Figures.fixed($0.high)))"
    }
    return "\((estimate.value.map { Figures.fixed($0) } ?? Figures.undefined) + (span ?? ""))"
  }

  private func predictive(_ assessment: DecisionAssessment) -> HTML? {
    guard !assessment.predictiveValues.isEmpty else { return nil }
    let rows = assessment.predictiveValues.sorted {
      ($0.prevalence, $0.name) < ($1.prevalence, $1.name)
    }
    return Table(
      caption: assessment.isAtOwnPrevalence
        ? "Predictive values at the prevalence of these images, the rarest class first"
        : "Predictive values at the prevalence that the rule aims at, the rarest class first",
      columns: [
        .init("Class", isNumeric: false), .init(HTML.defined("Prevalence", "prevalence")),
        .init(HTML.defined("Positive", "precision")), .init(HTML.defined("Negative", "npv")),
      ],
      rows: rows.map { row in
        [
          .init(HTML.name(row.name)),
          .init(
            HTML.defined("\(Figures.fixed(row.prevalence))", "prevalence", isStop: false),
            order: row.prevalence),
          value(row.positive, row.positiveInterval, "precision", reference: row.prevalence),
          value(row.negative, row.negativeInterval, "npv", reference: 1 - row.prevalence),
        ]
      }, isSortable: true
    ).html
  }

  private func value(
    _ value: Double?, _ interval: Interval?, _ key: String, reference: Double?
  ) -> Table.Cell {
    let estimate = Estimate(value: value, low: interval?.low, high: interval?.high)
    let bar = IntervalBar(
      value: value, low: interval?.low, high: interval?.high, reference: reference)
    return .init("\(estimate.html(key))\(bar.html)", order: value)
  }
}

/// A rate with its interval; of few, a count.
struct RateCell {
  let rate: Rate
  let key: String

  var cell: Table.Cell {
    let interval = Estimate(value: nil, low: rate.interval?.low, high: rate.interval?.high).interval
    let bar = IntervalBar(value: rate.value, low: rate.interval?.low, high: rate.interval?.high)
    return .init(
      "\(rate.html(key))\(interval)\(bar.html)", order: rate.value,
      isWeak: rate.isOfFew)
  }
}
