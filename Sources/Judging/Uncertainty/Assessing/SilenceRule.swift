import Evaluation
import Foundation

/// Which metrics have no interval though there are images enough for resamples, and why.
///
/// | metric | none where | for |
/// |---|---|---|
/// | decisions of two classes | nothing of one is found | nothing is found in any resample |
/// | geometric mean | nothing of a class is found, or `Σ e^{−n_c} > ½` of n_c examples whose number is sampled | resamples lack a class, and are means of others |
/// | macro F1 and precision, AUROC and average precision over more than two classes | `Σ 1/n_c > 2` | see ``few`` |
///
/// What is offered is measured in `Results/coverage.md`.
package struct SilenceRule {
  let report: MetricsReport
  /// Whether resamples have as many examples of each class as there are.
  let hasFixedCounts: Bool

  /// What is said of means over many classes, or labels, of few images.
  package static let ofMeans =
    "too many classes of few images, whose errors do not cancel in the mean"

  /// Metrics of decisions that a class of which nothing is found leaves without spread.
  private static let ofDecisions: Set<String> = [
    "balanced_accuracy", "recall_macro", "g_mean", "mcc", "f1_macro", "precision_macro",
    "cohen_kappa", "cohen_kappa_linear", "cohen_kappa_quadratic", "kendall_tau",
  ]
  /// Means over classes of values that few examples bend or hold together.
  static let means: Set<String> = [
    "f1_macro", "precision_macro", "roc_auc_ovr", "roc_auc_ovo", "average_precision",
  ]
  /// Largest Σ 1/n_c at which such a mean has an interval. An F1 or an average precision of few examples is off by about
  /// 1/n_c on average, and a resample of n_c scores varies by a part of 1/n_c too little. The chance error of the mean is
  /// as the root of Σ 1/n_c over the number of classes, so that the root of this sum says how much of it that is: before
  /// this rule intervals of 50 classes of 10 images held the average precision in 77 of 100 samples of that simulation, macro F1
  /// in 88, AUROC in 90.
  static let few = 2.0

  /// Whether a mean over classes, or labels, of so many examples each has no interval.
  ///
  /// - Parameter examples: Number of examples of each that occurs, at least 1, `[C]`.
  package static func isTooRare(_ examples: [Int]) -> Bool { RareClassRule.rarity(examples) > few }

  /// Why the metric has no interval; `nil` where nothing speaks against one.
  ///
  /// - Parameters:
  ///   - name: Name of the metric.
  ///   - units: Number of examples, or of groups, of each class that occurs; `nil` for the report's examples.
  func reason(_ name: String, units: [Int]? = nil) -> String? {
    let occurring = report.perClass.filter { $0.support > 0 }
    if name == "g_mean" {
      if occurring.contains(where: { $0.correct == 0 }) { return "nothing of a class is found" }
      let lacking = occurring.reduce(0) { $0 + exp(-Double($1.support)) }
      return lacking > 0.5 && !hasFixedCounts ? "many resamples lack some of the classes" : nil
    }
    if report.classes.count == 2 {
      return Self.ofDecisions.contains(name) && occurring.contains { $0.correct == 0 }
        ? "nothing of a class is found" : nil
    }
    return Self.means.contains(name) && Self.isTooRare(units ?? occurring.map(\.support))
      ? Self.ofMeans : nil
  }
}

extension Assessment {
  /// Which metrics have a value and no interval, and why, in the order of the catalogue, a reason once; empty where
  /// ``ResamplingSummary/withheld(images:)`` says that none has one.
  public var withheld: [(names: [String], reason: String)] {
    guard resampling.withheld(images: report.n) == nil else { return [] }
    let isClustered = resampling.clusters != nil
    let rule = SilenceRule(
      report: report, hasFixedCounts: resampling.counts == .fixed && !isClustered)
    var found: [(names: [String], reason: String)] = []
    for name in Metric.catalogue.map(\.name) where report[name] != nil && intervals[name] == nil {
      // How many groups a class is in is not kept.
      let ofGroups =
        isClustered && report.classes.count > 2 && SilenceRule.means.contains(name)
        ? SilenceRule.ofMeans : nil
      let reason =
        rule.reason(name) ?? ofGroups ?? "all resamples agree, or most of them leave it undefined"
      if let place = found.firstIndex(where: { $0.reason == reason }) {
        found[place].names.append(name)
      } else {
        found.append(([name], reason))
      }
    }
    return found
  }
}
