import Evaluation
import Runs
import Uncertainty

/// All metrics, then every class by itself.
struct ResultsSection {
  let run: RunReport

  var section: Section { Section(id: "results", title: "Results", body: body) }

  private var body: HTML {
    guard let part = run.headline else { return Self.none }
    return """
      \(PositiveNote(part: part).html)
      \(metrics)
      \(how(part))
      \(FrozenTable(run: run).html)
      <h3>By class, on \(part.split)</h3>
      \(ClassTable(part: part).html)
      \(ClassTable.note)
      """
  }

  /// How the intervals were made.
  private func how(_ part: EvaluationPart) -> HTML {
    guard let resampling = part.judgement.assessment?.resampling else {
      return Section.missing(
        "Only rates have intervals, since the others were not computed.",
        command: "steelyard evaluate RUN --data DATA")
    }
    let method: HTML = resampling.method == .bca ? "BCa" : "percentile"
    let units: HTML =
      resampling.clusters.map { clusters -> HTML in
        """
        whole groups resampled (\(Figures.count(clusters)) of <code>\(resampling.clusterColumn ?? "group")</code>), \
        rates included; a class in fewer than ten groups has none
        """
      }
      ?? "images resampled by themselves; rates by Wilson's, AUROC by DeLong's or Newcombe's and mean recalls of rare classes by an adjusted Wald method"
    let few: HTML? = resampling.withheld(images: part.metrics.n).map { "\($0)." }
    let withheld = (part.judgement.assessment?.withheld ?? []).map { names, reason -> HTML in
      "No interval of \(HTML(names.map { HTML.metric($0) }, separator: ", ")): \(reason)."
    }
    return Section.note(
      """
      \(Figures.level(resampling.level)) \(HTML.defined("intervals", "interval")): \(method) bootstrap, \
      \(Figures.count(resampling.resamples)) resamples, \(resampling.population), seed \
      \(String(resampling.seed)), \(units). \(few) \(HTML(withheld, separator: " "))
      """)
  }

  static let none = Section.missing(
    "There are no results.", command: "steelyard evaluate RUN --data DATA")

  /// A column for each part of the data that was evaluated.
  private var metrics: HTML {
    let names = Metric.catalogue.filter { metric in
      run.evaluations.contains { $0.metrics[metric.name] != nil }
    }
    let rows = names.map { metric -> [Table.Cell] in
      [
        .init(
          HTML.metric(metric.name) + (metric.higherIsBetter ? "" : " <small>less is better</small>")
        )
      ]
        + run.evaluations.flatMap { part -> [Table.Cell] in
          let estimate = part.estimate(metric.name)
          return [
            .init(estimate.html(metric.name), order: estimate.value),
            .init(
              estimate.classes.map { "<small>\($0.averaged) of \($0.all)</small>" } ?? ""),
          ]
        }
    }
    return Table(
      caption: "Metrics, with intervals; and how many classes a mean is over",
      columns: [.init("Metric", isNumeric: false)]
        + run.evaluations.flatMap {
          [
            Table.Column(
              HTML.defined("\($0.split), n = \(Figures.count($0.metrics.n))", "interval")),
            .init(HTML.defined("classes", "n_classes_averaged")),
          ]
        }, rows: rows
    ).html
  }
}
