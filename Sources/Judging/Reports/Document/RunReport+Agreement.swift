import Decisions
import Evaluation
import Runs
import Uncertainty

extension RunReport {
  /// What does not agree among the parts of a report that was read from a file.
  var disagreement: String? {
    if let population,
      let part = population.parts.first(where: { $0.counts.count != population.classes.count })
    {
      return
        "counts of \(part.name): expected \(population.classes.count), one for each class, got \(part.counts.count)"
    }
    return evaluations.lazy.compactMap(\.disagreement).first
  }
}

extension EvaluationPart {
  fileprivate var disagreement: String? {
    let report = metrics
    var lengths = [
      ("per_class", report.perClass.count), ("confusion_matrix", report.confusionMatrix.count),
    ]
    lengths += report.confusionMatrix.map { ("a row of confusion_matrix", $0.count) }
    if let assessment = judgement.assessment {
      lengths.append(("class_intervals", assessment.classIntervals.count))
      if let slopes = assessment.calibration {
        lengths.append(("calibration_slopes", slopes.classes.count))
      }
      if !assessment.thresholdMetrics.isEmpty {
        lengths.append(("threshold_metrics", assessment.thresholdMetrics.count))
      }
    }
    if !curves.isEmpty { lengths.append(("curves", curves.count)) }
    if let found = decisions?.assessment {
      for quality in [found.before, found.after] {
        lengths += [
          ("reliability", quality.reliability.classes.count),
          ("ece_class", quality.classCalibrationError.count),
        ]
      }
    }
    let classes = report.classes.count
    if let (name, count) = lengths.first(where: { $0.1 != classes }) {
      return "\(name) of \(split): expected \(classes), one for each class, got \(count)"
    }
    if report.confusionMatrix.joined().contains(where: { $0 < 0 }) {
      return "confusion_matrix of \(split): expected counts, got a negative one"
    }
    if let row = report.perClass.first(where: {
      !(0...max(0, min($0.support, $0.predicted))).contains($0.correct)
    }) {
      return
        "\(row.name) of \(split): expected at most as many right as there are and as were said, got \(row.correct) of"
        + " \(row.support) and \(row.predicted)"
    }
    let points = (judgement.assessment?.thresholdMetrics ?? []).map {
      [
        $0.sensitivityAtSpecificity.count, $0.specificityAtSensitivity.count,
        $0.precisionAtTop.count,
        $0.netBenefit.count,
      ]
    }
    if points.contains(where: { $0 != points[0] }) {
      return "threshold_metrics of \(split): expected as many points of every class"
    }
    let matrices = decisions.map { [$0.assessment.plainConfusion, $0.assessment.confusion] } ?? []
    let isWhole = matrices.allSatisfy { matrix in
      matrix.classes == classes && matrix.counts.count == classes * classes
        && matrix.counts.allSatisfy { $0 >= 0 }
    }
    return isWhole ? nil : "confusion of \(split): expected \(classes) rows of \(classes) counts"
  }
}
