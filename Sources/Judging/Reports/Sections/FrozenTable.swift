import Evaluation
import Runs

/// The baseline to beat: frozen features of the weights that the run began from.
struct FrozenTable {
  let run: RunReport

  /// Metrics that are shown, where both sides have them.
  private static let names = ["accuracy", "balanced_accuracy", "mcc", "f1_macro"]

  /// Nothing where the run has no such baseline on the part with the last word.
  var html: HTML? {
    guard let frozen = run.frozen, let part = run.headline,
      frozen.heads.contains(where: { $0.metrics[part.split] != nil })
    else { return nil }
    let names = Self.names.filter { part.metrics[$0] != nil }
    let own: [Table.Cell] =
      [.init("this run")]
      + names.map { .init("\(Figures.fixed(part.metrics[$0]))", order: part.metrics[$0]) }
    let others = frozen.heads.map { head -> [Table.Cell] in
      [.init("frozen, \(head.method) <small>\(head.settings)</small>")]
        + names.map { name in
          let value = head.metrics[part.split]?[name]
          return .init("\(Figures.fixed(value))", order: value)
        }
    }
    let table = Table(
      caption: "The same weights without training, on \(part.split)",
      columns: [.init("Model", isNumeric: false)] + names.map { .init(HTML.metric($0)) },
      rows: [own] + others)
    return """
      \(table.html)
      \(Section.note(
        """
        Features of \(frozen.architecture) as the weights have them, under nearest neighbours and a logistic \
        regression: \(Figures.fixed(frozen.seconds, 1)) s. What is not above them has not paid for its training.
        """))
      """
  }
}
