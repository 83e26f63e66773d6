import Evaluation
import Uncertainty

/// Why not to believe the best-looking difference.
struct CautionSection {
  let document: ReportDocument

  var section: Section { Section(id: "caution", title: "Before believing a winner", body: body) }

  private var body: HTML {
    let pairs = document.comparisons.compactMap(\.comparison)
    let count = pairs.map { $0.metrics.count + 2 * $0.perClass.count }.reduce(0, +)
    let many: HTML? =
      count == 0
      ? nil
      : """
      <li>This page makes about \(Figures.count(count)) comparisons. Of twenty without any true \
      difference one is expected to look like one: decide which metric counts before looking. The p \
      values by class are corrected (Holm), the intervals of the metrics are not.</li>
      """
    let runs: HTML? =
      document.runs.count > 2
      ? """
      <li>The best of \(document.runs.count) runs is partly the luckiest; its value on this test \
      set is too high on average. Take a fresh test set for the last word.</li>
      """ : nil
    let clusters: HTML? =
      pairs.contains { $0.resampling.clusters != nil }
      ? """
      <li>Images come in groups, and intervals resample whole groups. McNemar's test does not, so its \
      p values are too small; trust the intervals.</li>
      """ : nil
    let population: HTML? = pairs.first.map { first in
      """
      <li>Intervals: \(first.resampling.population)\(first.resampling.counts == .sampled
        ? ", as of images that came as they came; those of a case-control design want --fixed-counts" : "").</li>
      """
    }
    return """
      <ul>\(many)\(runs)\(clusters)\(population)
      <li>One training run each: another seed may turn a small difference round. Compare several seeds.</li>
      <li>No difference shown is not the same as no difference; see how wide the interval is.</li></ul>
      """
  }
}
