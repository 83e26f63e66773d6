import Evaluation
import Runs
import Uncertainty

/// Groups of classes by their training images, and groups of images by who or where.
struct GroupsSection {
  let run: RunReport

  /// What subgroups are compared by, in this order, as far as the results have them.
  private static let metrics = [
    "accuracy", "balanced_accuracy", "roc_auc_ovr", "average_precision",
  ]

  var section: Section { Section(id: "groups", title: "Shot groups and subgroups", body: body) }

  private var body: HTML {
    guard let part = run.headline else { return ResultsSection.none }
    return "\(shots(part))\(subgroups(part))"
  }

  private func shots(_ part: EvaluationPart) -> HTML {
    guard let shots = part.metrics.shots else {
      return Section.missing(
        "How many training images each class had is not known, so classes are not grouped by it.",
        command: "steelyard evaluate RUN --data DATA")
    }
    let bounds: [(Shot, HTML)] = [
      (.many, "more than \(shots.manyAbove)"), (.medium, "\(shots.fewBelow) to \(shots.manyAbove)"),
      (.few, "fewer than \(shots.fewBelow)"),
    ]
    let present = bounds.filter { !shots.classes(in: $0.0).isEmpty }
    let known = present.compactMap { shot, _ in
      part.metrics["recall_\(shot.rawValue)"].map { (shot, $0) }
    }
    let worst = known.min { $0.1 < $1.1 }
    let table = Table(
      caption: "Mean recall of the classes by their number of training images",
      columns: [
        .init("Group", isNumeric: false), .init("Training images"), .init("Classes"),
        .init("Recall"),
      ],
      rows: present.map { shot, bound in
        let key = "recall_\(shot.rawValue)"
        let estimate = part.estimate(key)
        let bar = IntervalBar(value: estimate.value, low: estimate.low, high: estimate.high)
        return [
          .init("\(shot.rawValue)"), .init(bound), .init("\(shots.classes(in: shot).count)"),
          .init("\(estimate.html(key))\(bar.html)"),
        ]
      }
    ).html
    let sentence: HTML? = worst.flatMap { shot, value in
      known.count < 2 || known.allSatisfy { $0.1 == value }
        ? nil
        : "<p>Worst: <strong>\(shot.rawValue)-shot classes</strong>, mean recall \(Figures.fixed(value)).</p>"
    }
    return "\(sentence)\(table)"
  }

  private func subgroups(_ part: EvaluationPart) -> HTML {
    guard !part.subgroups.isEmpty else {
      return Section.missing(
        """
        The predictions carry no attribute such as sex, age band, site or scanner, so whether the \
        model serves some worse than others is not known. Further columns of the manifest are carried \
        along into <code>predictions-*.csv</code>.
        """)
    }
    return HTML(part.subgroups.map(attribute))
  }

  private func attribute(_ subgroups: SubgroupAssessment) -> HTML {
    let worst = subgroups.groups.first { $0.value == subgroups.worst }
    let sentence: HTML? = worst.map { group in
      """
      <p>Worst by \(HTML.metric(subgroups.metric)): <strong>\(HTML.name(group.value))</strong>, \
      \(estimate(group).html(subgroups.metric)) on \(Figures.count(group.n)) images. Of several groups one \
      is always the worst; see the intervals before believing it.</p>
      """
    }
    return """
      <h3>\(HTML.name(subgroups.column))</h3>
      \(sentence)\(table(subgroups))
      """
    func estimate(_ group: SubgroupAssessment.Group) -> Estimate {
      Self.part(group).estimate(subgroups.metric)
    }
  }

  private static func part(_ group: SubgroupAssessment.Group) -> EvaluationPart {
    EvaluationPart(split: "", judgement: .assessed(group.assessment))
  }

  private func table(_ subgroups: SubgroupAssessment) -> HTML {
    let keys = Self.metrics.filter { Metric.named($0) != nil }
    return Table(
      caption: "Results by \(HTML.name(subgroups.column))",
      columns: [
        .init(HTML.name(subgroups.column), isNumeric: false), .init(HTML.defined("n", "count")),
      ]
        + keys.map { .init(HTML.metric($0)) },
      rows: subgroups.groups.map { group in
        let isWorst = group.value == subgroups.worst
        let value: HTML =
          isWorst ? "\(HTML.name(group.value)) <small>worst</small>" : HTML.name(group.value)
        return [
          .init(value),
          .init(
            HTML.defined("\(Figures.count(group.n))", "count", isStop: false),
            order: Double(group.n)),
        ]
          + keys.map { key in
            let estimate = Self.part(group).estimate(key)
            let bar = IntervalBar(value: estimate.value, low: estimate.low, high: estimate.high)
            return .init(
              "\(estimate.html(key))\(bar.html)", order: estimate.value, isWeak: group.isSmall)
          }
      }, isSortable: true
    ).html
  }
}
