import Console
import Decisions
import Evaluation
import Uncertainty

/// A decision rule and what it achieves, as people read it.
struct DecisionText {
  let rule: DecisionRule
  let prevalence: PrevalenceEstimate?
  let crossFitted: CalibrationComparison?
  /// Calibrations that were not taken.
  var refused: [RuleMaker.Refused] = []
  /// Where probabilities and class shares of validation do not agree.
  var departure: String?
  /// Where validation contradicts the class shares that training drew.
  var shares: String?
  /// On the examples of this name; `nil` where there are none beside validation.
  let assessment: (name: String, value: DecisionAssessment)?

  /// Everything, in paragraphs.
  func text(style: Style) -> String {
    [calibration, estimated(style), points(style), recalls(style), costs, answers, sets(style)]
      .compactMap { $0 }
      .joined(separator: "\n")
  }

  private var calibration: String {
    var line = "calibration: \(rule.calibration.kind), chosen on \(rule.provenance.chosenOn)"
    if let correction = rule.samplerCorrection {
      let areEqual = correction.source.allSatisfy {
        abs($0 * Double(rule.classes.count) - 1) < 1e-6
      }
      line +=
        areEqual
        ? ", after equal class shares were undone"
        : ", after the class shares that training saw were undone"
    }
    line += refused.map { "\n\($0.method) calibration was not taken: \($0.reason)" }.joined()
    line += rule.calibration.warnings(classes: rule.classes).map { "\nCareful: \($0)" }.joined()
    line += [departure, shares].compactMap(\.self).map { "\nCareful: \($0)" }.joined()
    if let crossFitted {
      line +=
        "\nECE on \(rule.provenance.chosenOn) \(Format.decimal(crossFitted.before.calibrationError)) before,"
        + " \(Format.decimal(crossFitted.after.calibrationError)) after, in \(crossFitted.folds) folds that"
        + " keep groups together"
    }
    guard let assessment else { return line + "\n" }
    let (before, after) = (assessment.value.before, assessment.value.after)
    return line + "\n"
      + "ECE on \(assessment.name) \(Format.decimal(before.calibrationError)) before,"
      + " \(Format.decimal(after.calibrationError)) after;"
      + " log loss \(Format.decimal(before.logLoss)), \(Format.decimal(after.logLoss))\n" + shift
  }

  /// A warning where the classes are not as common as the probabilities suppose.
  private var shift: String {
    guard let assessment else { return "" }
    if rule.targetCorrection != nil {
      return
        "After is at the prevalence aimed at; where \(assessment.name) has another, these errors say little.\n"
    }
    let (chosen, here) = (rule.provenance.examples, assessment.value.confusion.support)
    guard let moved = totalVariation(chosen, here), moved > 0.1 else { return "" }
    return
      "The classes are not as common on \(assessment.name) as on validation, so probabilities that"
      + " are right there are not right here;\n--target-prior says how common they will be.\n"
  }

  private func estimated(_ style: Style) -> String? {
    guard let prevalence else { return nil }
    let found = prevalence.intervals.compactMap(\.self)
    let level = found.first?.level ?? IntervalSettings().level
    var table = TextTable([
      .left("class"), .right("prevalence"), .right("\(EstimateText.level(level)) interval"),
    ])
    for (index, name) in prevalence.classes.enumerated() {
      let interval = prevalence.intervals.isEmpty ? nil : prevalence.intervals[index]
      table.add([name, Format.decimal(prevalence.prior[index]), interval.map(span) ?? "n/a"])
    }
    return "prevalence by \(prevalence.method), \(Format.count(prevalence.examples)) images:\n"
      + table.text(style: style)
      + Self.lacking(found.count, of: prevalence)
  }

  /// Why classes have no interval of their prevalence.
  private static func lacking(_ found: Int, of prevalence: PrevalenceEstimate) -> String {
    if prevalence.intervals.isEmpty {
      return
        "No interval: too few examples or groups, or resamples that do not determine the prevalence.\n"
    }
    let fewest = PrevalenceEstimate.fewestExamples
    return found == prevalence.classes.count
      ? ""
      : "No interval of a class with fewer than \(fewest) validation examples, or fewer than \(fewest) of all others, or"
        + " in fewer than ten groups.\n"
  }

  private func points(_ style: Style) -> String? {
    guard !rule.operatingPoints.isEmpty else { return nil }
    var table = TextTable([
      .left("operating point"), .right("from"), .right("on validation"), .right("promised"),
      .right("on \(assessment?.name ?? "test")"), .right(interval),
    ])
    for (index, point) in rule.operatingPoints.enumerated() {
      let achieved = assessment?.value.points[index].achieved.of(point.constraint)
      table.add([
        "\(point.name): \(point.constraint)", Format.decimal(point.threshold, places: 4),
        shown(point.validated),
        Format.decimal(point.guarantee?.level), achieved.map(shown) ?? "n/a",
        achieved?.interval.map(span) ?? "n/a",
      ])
    }
    return table.text(style: style) + overlaps + also + loads
  }

  /// `95 % interval`, at the level of what was achieved.
  private var interval: String {
    "\(EstimateText.level(assessment?.value.level ?? IntervalSettings().level)) interval"
  }

  /// What further constraints promise, each.
  private var also: String {
    rule.operatingPoints.flatMap { point in
      zip(point.also, point.alsoGuarantees ?? []).map { constraint, guarantee in
        "\(point.name): \(constraint) besides, \(shown(point.validation.of(constraint))) on validation,"
          + " promised \(Format.decimal(guarantee?.level))\n"
      }
    }.joined()
  }

  /// What would be flagged where the classes are as common as the rule expects.
  private var loads: String {
    let lines = (assessment?.value.points ?? []).compactMap { point -> String? in
      guard case .workload = point.point.constraint, let rate = point.flaggedAtTarget else {
        return nil
      }
      guard let value = rate.value, let range = rate.interval.map(span) else {
        return
          "\(point.point.name): how many would be flagged at the prevalence aimed at is not known, for"
          + " want of images of every class"
      }
      return
        "\(point.point.name): at the prevalence aimed at \(Format.decimal(value)) (\(range)) of all"
        + " would be flagged"
    }
    let few =
      rule.targetCorrection == nil
      ? [] : rule.classes.indices.filter { rule.provenance.examples[$0] < SmallSample.threshold }
    let caution =
      few.isEmpty || lines.isEmpty
      ? []
      : [
        "Of few validation examples, so that these weights are unsure: "
          + few.map { "\(rule.classes[$0]) (\(rule.provenance.examples[$0]))" }.joined(
            separator: ", ")
      ]
    return (lines + caution).map { $0 + "\n" }.joined()
  }

  /// What the decisions become, class by class: flagging one class takes images from the others.
  private func recalls(_ style: Style) -> String? {
    guard let (name, value) = assessment else { return nil }
    let (plain, ruled) = (value.plainConfusion, value.confusion)
    guard plain != ruled else { return nil }
    var table = TextTable([
      .left("right on \(name)"), .right("n"), .right("most probable class"),
      .right("with the rule"),
    ])
    let (before, after) = (plain.truePositives, ruled.truePositives)
    for (index, name) in rule.classes.enumerated() {
      table.add([
        name, Format.count(plain.support[index]), Format.count(before[index]),
        Format.count(after[index]),
      ])
    }
    table.addRule()
    table.add([
      "accuracy", "", Format.decimal(plain.accuracy), Format.decimal(ruled.accuracy),
    ])
    table.add([
      "balanced_accuracy", "", Format.decimal(Average(macro: plain.recall).value),
      Format.decimal(Average(macro: ruled.recall).value),
    ])
    let lost = rule.classes.indices.filter { before[$0] > 0 && after[$0] == 0 }
    let warning =
      lost.isEmpty
      ? "" : "No longer found at all: \(lost.map { rule.classes[$0] }.joined(separator: ", ")).\n"
    return table.text(style: style) + warning
  }

  private var costs: String? {
    guard let (name, value) = assessment, let mean = value.meanCost else { return nil }
    let line =
      "mean cost on \(name) \(Format.decimal(mean)); of the most probable class"
      + " \(Format.decimal(value.plainMeanCost))\n"
    guard let costs = value.costs else { return line }
    func shown(_ estimate: MetricEstimate) -> String {
      "\(Format.decimal(estimate.value)) (\(EstimateText.span(estimate.interval)))"
    }
    return line + (costs.prevalence == nil ? "as sampled" : "at the prevalence aimed at")
      + ", with \(interval)s: \(shown(costs.rule)), \(shown(costs.plain)), difference"
      + " \(shown(costs.difference))\n"
  }

  /// Where a point of more priority takes images from another, what is left of it.
  private var overlaps: String {
    (assessment?.value.points ?? []).compactMap { point -> String? in
      point.ofWholeRule.map {
        "\(point.point.name): \(shown($0)) by the whole rule, where points before it flag first\n"
      }
    }.joined()
  }

  private var answers: String? {
    guard let assessment, let abstention = rule.abstention,
      let abstained = assessment.value.abstained,
      let errors = assessment.value.errorsAnswered
    else { return nil }
    return "left to a human below \(Format.decimal(abstention.threshold)): \(shown(abstained)) on"
      + " \(assessment.name); wrong among the answers: \(shown(errors))"
      + (abstention.guarantee.map { ", promised at most \(Format.decimal($0.level))" } ?? "") + "\n"
  }

  private func sets(_ style: Style) -> String? {
    guard let coverage = assessment?.value.conformal else { return nil }
    var table = TextTable([
      .left("sets on \(assessment?.name ?? "")"), .right("covered"), .right(interval),
      .right("mean size"),
    ])
    let fewest = rule.conformal?.fewestExamples ?? 0
    for row in coverage.classes {
      table.add([
        row.name
          + (row.isAlwaysIncluded
            ? " (in every set: fewer than \(fewest) examples or groups)" : ""),
        shown(row.sets.covered), row.sets.covered.interval.map(span) ?? "n/a",
        Format.decimal(row.sets.meanSize, places: 2),
      ])
    }
    return table.text(style: style)
      + "wanted: \(Format.decimal(coverage.wanted)) of every class\n"
  }

  private func shown(_ rate: Rate) -> String {
    rate.isOfFew
      ? "\(rate.count) of \(rate.trials)"
      : "\(Format.decimal(rate.value)) (\(rate.count)/\(rate.trials))"
  }

  private func span(_ interval: Interval) -> String {
    EstimateText.span(interval.low, interval.high)
  }
}
