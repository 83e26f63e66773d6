import Decisions
import Evaluation
import Uncertainty

/// A row for each class: counts, rates with their intervals, areas.
struct ClassTable {
  let part: EvaluationPart

  var html: HTML {
    let rows = part.metrics.perClass.indices.sorted { before($0, $1) }
    return Table(
      caption: "Every class, the one with most training images first", columns: columns,
      rows: rows.map(cells), isSortable: true, filter: "Show classes with", style: "classes"
    ).html
  }

  static let note = Section.note(
    """
    Bars run from 0 to 1: the dot is the value, the band its interval, a thin line the value of a \
    random ranking. Below \(SmallSample.threshold) images a rate is shown as a count, since a percentage of so \
    few would claim more than it knows; “\(Figures.undefined)” is undefined, which is not 0.
    """)

  private func before(_ a: Int, _ b: Int) -> Bool {
    let rows = part.metrics.perClass
    return (rows[a].training ?? rows[a].support, b) > (rows[b].training ?? rows[b].support, a)
  }

  private var columns: [Table.Column] {
    let heads = [
      ("Train", "count"), ("n", "count"), ("Right", "count"), ("Recall", "recall"),
      ("Precision", "precision"), ("Specificity", "specificity"), ("F1", "f1"),
      ("AUROC", "roc_auc"), ("AUPRC", "average_precision_class"),
    ]
    return [.init("Class", isNumeric: false)]
      + heads.map { text, key in Table.Column(HTML.defined("\(text)", key)) }
  }

  private func cells(_ index: Int) -> [Table.Cell] {
    let row = part.metrics.perClass[index]
    let isFew = row.support < SmallSample.threshold
    let recall = Rate(row.correct, of: row.support)
    let precision = Rate(row.correct, of: row.predicted)
    let shot: HTML? = row.shot.map { "<small class=\"shot\">\($0.rawValue)</small>" }
    return [
      .init("\(HTML.name(row.name))\(shot)"),
      .init(
        HTML.defined(
          "\(row.training.map(Figures.count) ?? Figures.undefined)", "count", isStop: false),
        order: row.training.map(Double.init)),
      .init(
        HTML.defined("\(Figures.count(row.support))", "count", isStop: false),
        order: Double(row.support)),
      .init(
        HTML.defined("\(Figures.count(row.correct))", "count", isStop: false),
        order: Double(row.correct)),
      rate(recall, part.estimate(.recall, of: index), "recall"),
      rate(precision, part.estimate(.precision, of: index), "precision"),
      .init(
        HTML.defined("\(Figures.fixed(row.specificity))", "specificity", isStop: false),
        order: row.specificity),
      f1(row, part.estimate(.f1, of: index), isFew: isFew),
      barred(part.estimate(.rocAUC, of: index), "roc_auc", reference: 0.5, isWeak: isFew),
      barred(
        part.estimate(.averagePrecision, of: index), "average_precision_class",
        reference: row.prevalence, isWeak: isFew),
    ]
  }

  private func rate(_ rate: Rate, _ estimate: Estimate, _ key: String) -> Table.Cell {
    let bar = IntervalBar(value: rate.value, low: estimate.low, high: estimate.high)
    return .init(
      "\(rate.html(key))\(estimate.interval)\(bar.html)", order: rate.value,
      isWeak: rate.isOfFew)
  }

  /// Of few images: what F1 is made of.
  private func f1(_ row: ClassMetrics, _ estimate: Estimate, isFew: Bool) -> Table.Cell {
    guard isFew, row.f1 != nil else { return barred(estimate, "f1") }
    let text: HTML =
      "\(row.correct) TP \(row.predicted - row.correct) FP \(row.support - row.correct) FN"
    return .init(HTML.defined(text, "f1", isStop: false), order: row.f1, isWeak: true)
  }

  private func barred(
    _ estimate: Estimate, _ key: String, reference: Double? = nil, isWeak: Bool = false
  ) -> Table.Cell {
    let bar = IntervalBar(
      value: estimate.value, low: estimate.low, high: estimate.high, reference: reference)
    return .init("\(estimate.html(key))\(bar.html)", order: estimate.value, isWeak: isWeak)
  }
}
