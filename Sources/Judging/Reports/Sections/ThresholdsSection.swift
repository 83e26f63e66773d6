import Evaluation
import Runs
import Uncertainty

/// What the scores reach at thresholds of use, by class, and the curves over all thresholds.
struct ThresholdsSection {
  let run: RunReport

  var section: Section {
    Section(id: "thresholds", title: "Thresholds, decisions and prevalence", body: body)
  }

  private var body: HTML {
    if let missing = Section.withoutScores(run) { return missing }
    guard let part = run.headline else { return ResultsSection.none }
    return table(part) + "\n" + ThresholdFigures(curves: part.thresholdCurves ?? []).html
  }

  private func table(_ part: EvaluationPart) -> HTML {
    guard let all = part.judgement.assessment?.thresholdMetrics, !all.isEmpty else {
      return Section.missing(
        "These metrics are not in <code>metrics-*.json</code>.",
        command: "steelyard evaluate RUN --data DATA")
    }
    let order = part.metrics.perClass.indices.sorted {
      (part.metrics.perClass[$0].support, $0) < (part.metrics.perClass[$1].support, $1)
    }
    let support = { part.metrics.perClass[$0].support }
    return """
      <p>Each threshold is chosen on these images, again in every resample: good for comparing models. \
      One for use is chosen on validation.</p>
      \(rates(order.map { (all[$0], support($0)) }))
      \(benefits(order.map { (all[$0], support($0)) }))
      """
  }

  private func rates(_ rows: [(ThresholdMetrics, Int)]) -> HTML {
    let first = rows[0].0
    let heads =
      first.sensitivityAtSpecificity.map { point -> HTML in
        let name: HTML = "Sensitivity at specificity \(Figures.fixed(point.target, 2))"
        return .defined(name, "sensitivity_at_specificity")
      }
      + first.specificityAtSensitivity.map { point -> HTML in
        let name: HTML = "Specificity at sensitivity \(Figures.fixed(point.target, 2))"
        return .defined(name, "specificity_at_sensitivity")
      } + [.defined("Precision among the n highest", "precision_at_top")]
      + first.precisionAtTop.dropFirst().map { point -> HTML in
        .defined("Among the \(Figures.count(point.target))", "precision_at_top")
      }
    return table("What the scores reach, the rarest class first", heads, rows) { metrics in
      metrics.sensitivityAtSpecificity.map { ($0, "sensitivity_at_specificity") }
        + metrics.specificityAtSensitivity.map { ($0, "specificity_at_sensitivity") }
        + metrics.precisionAtTop.map { ($0, "precision_at_top") }
    }
  }

  private func benefits(_ rows: [(ThresholdMetrics, Int)]) -> HTML {
    let heads = rows[0].0.netBenefit.map { point -> HTML in
      .defined("From \(Figures.fixed(point.target, 2))", "net_benefit")
    }
    return table("Net benefit of acting from a probability on", heads, rows) { metrics in
      metrics.netBenefit.map { ($0, "net_benefit") }
    }
  }

  private func table(
    _ caption: HTML, _ heads: [HTML], _ rows: [(ThresholdMetrics, Int)],
    _ points: (ThresholdMetrics) -> [(ThresholdPoint, String)]
  ) -> HTML {
    Table(
      caption: caption,
      columns: [.init("Class", isNumeric: false), .init(HTML.defined("n", "count"))]
        + heads.map { .init($0) },
      rows: rows.map { metrics, support in
        [
          .init(HTML.name(metrics.name)),
          .init(
            HTML.defined("\(Figures.count(support))", "count", isStop: false),
            order: Double(support)),
        ] + points(metrics).map { cell($0, $1, isWeak: support < SmallSample.threshold) }
      }, isSortable: true
    ).html
  }

  private func cell(_ point: ThresholdPoint, _ key: String, isWeak: Bool) -> Table.Cell {
    let estimate = Estimate(
      value: point.value, low: point.interval?.low, high: point.interval?.high)
    return .init(estimate.html(key), order: point.value, isWeak: isWeak)
  }
}
