import Decisions
import Evaluation

/// What the decisions become, class by class: flagging one class takes images from the others.
struct DecidedTable {
  let assessment: DecisionAssessment
  let classes: [String]

  /// `nil` where the rule decides as the most probable class does.
  var html: HTML? {
    let (plain, ruled) = (assessment.plainConfusion, assessment.confusion)
    guard plain != ruled, classes.count == plain.classes else { return nil }
    let (before, after) = (plain.truePositives, ruled.truePositives)
    let lost = classes.indices.filter { before[$0] > 0 && after[$0] == 0 }
    return """
      \(table(before, after).html)
      <p>Accuracy \(fixed(plain.accuracy)) by the most probable class, \(fixed(ruled.accuracy)) with \
      the rule.</p>
      \(warning(lost))
      """
  }

  private func table(_ before: [Int], _ after: [Int]) -> Table {
    Table(
      caption: "Images decided rightly, by the most probable class and with the rule",
      columns: [
        .init("Class", isNumeric: false), .init("n"), .init("Most probable class"),
        .init("With the rule"),
      ],
      rows: classes.indices.map { index in
        [
          .init(HTML.name(classes[index])),
          .init("\(Figures.count(assessment.confusion.support[index]))"),
          .init("\(Figures.count(before[index]))"), .init("\(Figures.count(after[index]))"),
        ]
      }, style: "classes")
  }

  private func fixed(_ value: Double?) -> HTML {
    HTML.defined("\(Figures.fixed(value))", "accuracy", isStop: false)
  }

  private func warning(_ lost: [Int]) -> HTML? {
    guard !lost.isEmpty else { return nil }
    let names = lost.map { HTML.name(classes[$0]) }
    return Section.warning("With the rule no image is found of \(HTML(names, separator: ", ")).")
  }
}
