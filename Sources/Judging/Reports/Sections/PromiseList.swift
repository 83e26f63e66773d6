import Decisions
import Evaluation

/// What operating points promise besides what set their thresholds, and what is left of one where another flags first.
struct PromiseList {
  let assessment: DecisionAssessment

  /// `nil` where there is nothing to say.
  var html: HTML? {
    let lines = assessment.points.flatMap { also($0.point) + overlap($0) }
    guard !lines.isEmpty else { return nil }
    return "<ul>\(lines.map { "<li>\($0)</li>" as HTML })</ul>"
  }

  private func also(_ point: OperatingPoint) -> [HTML] {
    zip(point.also, point.alsoGuarantees ?? []).compactMap { constraint, guarantee in
      guard let guarantee else { return nil }
      return
        """
        \(HTML.name(point.name)): \(constraint.description) besides, \
        \(point.validation.of(constraint).text) on validation, promised \
        \(HTML.defined("\(Figures.fixed(guarantee.level))", "promise", isStop: false)).
        """
    }
  }

  private func overlap(_ point: DecisionAssessment.Point) -> [HTML] {
    guard let left = point.ofWholeRule else { return [] }
    return [
      """
      \(HTML.name(point.point.name)): \(left.text) by the whole rule, where points before it flag first; \
      \(point.achieved.of(point.point.constraint).text) by its threshold alone.
      """
    ]
  }
}
