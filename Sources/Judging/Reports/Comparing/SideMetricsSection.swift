import Evaluation
import Uncertainty

/// All metrics, a column for each run, and how far each is from the first.
struct SideMetricsSection {
  let document: ReportDocument

  var section: Section { Section(id: "differences", title: "Results and differences", body: body) }

  private var body: HTML {
    let metrics = Metric.catalogue.filter { metric in
      document.runs.contains { $0.headline?.metrics[metric.name] != nil }
    }
    guard !metrics.isEmpty else { return ResultsSection.none }
    return """
      \(positives)
      \(values(metrics))
      \(document.comparisons.map { paired($0, metrics) })
      """
  }

  /// The positive class of each run, where there are two classes.
  private var positives: HTML? {
    let known = document.runs.compactMap { run in
      run.headline?.metrics.positiveText.map { "\(HTML.name(run.name)): \($0)" as HTML }
    }
    guard !known.isEmpty else { return nil }
    let shared = document.comparisons.compactMap { $0.comparison?.positive }.first
    let of = shared.map { " Differences are of \($0) for both." as HTML }
    return Section.note("Positive class of \(HTML(known, separator: "; ")).\(of)")
  }

  private func values(_ metrics: [Metric]) -> HTML {
    Table(
      caption:
        "Every metric with its own interval; two intervals that overlap may still differ, so "
        + "read the differences below",
      columns: [.init("Metric", isNumeric: false)]
        + document.runs.map { .init(HTML.name($0.name)) },
      rows: metrics.map { metric in
        [.init(HTML.metric(metric.name))]
          + document.runs.map { run in
            let estimate = run.headline?.estimate(metric.name)
            return .init(
              estimate?.html(metric.name) ?? "\(Figures.undefined)", order: estimate?.value)
          }
      }
    ).html
  }

  private func paired(_ result: PairedResult, _ metrics: [Metric]) -> HTML {
    guard let comparison = result.comparison else {
      return Section.missing(
        "\(HTML.name(result.candidate)) was not compared: \(result.reason ?? "")")
    }
    let shown = metrics.compactMap { metric in comparison.metrics[metric.name].map { (metric, $0) }
    }
    let reach = shown.compactMap { DifferenceCell.reach($0.1) }.max() ?? 0.1
    return """
      <h3>\(HTML.name(result.candidate)) less \(HTML.name(result.baseline))</h3>
      \(Table(
        caption: "Paired differences on \(Figures.count(comparison.n)) images",
        columns: [
          .init("Metric", isNumeric: false), .init(HTML.defined("Difference", "difference")),
          .init("Verdict", isNumeric: false),
        ],
        rows: shown.map { metric, difference in
          [
            .init(HTML.metric(metric.name) + (metric.higherIsBetter ? "" : " <small>less is better</small>")),
            DifferenceCell(difference: difference, reach: reach).cell,
            .init(Verdict(difference, metric.name).words, isWeak: Verdict(difference, metric.name).kind == .open),
          ]
        }, isSortable: true
      ).html)
      <p>\(HTML.defined("McNemar", "mcnemar")): only \(HTML.name(result.baseline)) is right on \
      \(Figures.count(comparison.mcNemar.onlyFirst)) images, only \(HTML.name(result.candidate)) on \
      \(Figures.count(comparison.mcNemar.onlySecond)); p \(Figures.p(comparison.mcNemar.pValue)).</p>
      """
  }
}

/// A difference in figures, and on its interval about no difference.
struct DifferenceCell {
  let difference: Difference
  /// Half the width of the scale.
  let reach: Double

  /// How far an interval goes from zero.
  static func reach(_ difference: Difference) -> Double? {
    difference.interval.map { max(abs($0.low), abs($0.high)) }
      ?? difference.difference.map { abs($0) }
  }

  var cell: Table.Cell {
    guard let value = difference.difference else {
      return .init(HTML.defined("\(Figures.undefined)", "difference", isStop: false))
    }
    let bar = IntervalBar(
      value: value, low: difference.interval?.low, high: difference.interval?.high,
      domain: -max(reach, 1e-6)...max(reach, 1e-6), reference: 0, width: 200)
    let interval: HTML? = difference.interval.map {
      " <small class=\"ci\">\(Figures.range($0.low, $0.high))</small>"
    }
    return .init(
      """
      \(HTML.defined("\(Figures.signed(value))", "difference", isStop: false))\(interval) \(bar.html)
      """, order: value)
  }
}
