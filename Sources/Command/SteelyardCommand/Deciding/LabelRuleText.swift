import Console
import Decisions
import Evaluation
import Reports
import Targets
import Uncertainty

/// A rule of several labels and what it achieves, as people read it.
struct LabelRuleText {
  let rule: LabelRule
  /// What it achieves; nil where there are no examples but those that it was chosen on.
  let achieved: LabelAssessment?
  /// The same image by image, where the rule is of studies.
  let images: LabelAssessment?
  let sets: [LabelSets]
  let costs: [LabelCostReport]

  /// Everything, in paragraphs.
  func text(style: Style) -> String {
    thresholds(style) + promises + setTable(style) + costTable(style)
      + (achieved.map { "\nwhat it achieves\n" + TargetText.text(TargetSheet($0), style: style) }
        ?? "\nno other examples to see it on: name some with --test\n")
      + (images.map {
        "\nthe same, image by image and without the rule, which is of studies\n"
          + TargetText.text(TargetSheet($0), style: style)
      } ?? "")
  }

  private func thresholds(_ style: Style) -> String {
    var table = TextTable([.left("label"), .right("threshold"), .left("chosen by")])
    for part in rule.parts {
      table.add([part.label, Format.decimal(part.threshold), part.chosenBy])
    }
    return table.text(style: style)
  }

  /// What thresholds promise for new examples, a line each.
  private var promises: String {
    rule.parts.compactMap { part -> String? in
      guard let point = part.rule?.operatingPoints.first, let promise = point.guarantee else {
        return nil
      }
      return
        "\(part.label): \(point.constraint), \(Format.decimal(point.validated.value)) on validation, promised"
        + " \(Format.decimal(promise.level)) with \(Format.percent(promise.confidence, places: 0)) confidence\n"
    }.joined()
  }

  private func setTable(_ style: Style) -> String {
    let without = rule.parts.compactMap { part in
      part.withoutSets.map { "\(part.label) has no sets: \($0)\n" }
    }.joined()
    guard let wanted = rule.parts.lazy.compactMap({ $0.rule?.conformal?.missRate }).first else {
      return without
    }
    var table = TextTable([
      .left("sets"), .right("there, and not answered no"),
      .right("not there, and not answered yes"),
      .right("unsure"),
    ])
    for row in sets {
      table.add([row.label, shown(row.present), shown(row.absent), shown(row.unsure)])
    }
    return "\n" + (sets.isEmpty ? "" : table.text(style: style))
      + "sets: yes, no or unsure, wrong of at most \(Format.decimal(wanted)) of those that have a label, and of those that have"
      + " it not\n" + without
  }

  private func costTable(_ style: Style) -> String {
    guard !costs.isEmpty else { return "" }
    var table = TextTable([
      .left("mean cost"), .right("by the rule"), .right("from 0.5 on"), .right("difference"),
      .right("interval"),
    ])
    for row in costs {
      let difference = row.costs.difference
      table.add([
        row.label, Format.decimal(row.costs.rule.value), Format.decimal(row.costs.plain.value),
        Format.decimal(difference.value),
        difference.interval.map { EstimateText.span($0.low, $0.high, places: 3) } ?? "n/a",
      ])
    }
    return "\n" + table.text(style: style)
  }

  private func shown(_ rate: Rate) -> String {
    rate.isOfFew
      ? "\(rate.count) of \(rate.trials)"
      : "\(Format.decimal(rate.value)) (\(rate.count)/\(rate.trials))"
  }
}
