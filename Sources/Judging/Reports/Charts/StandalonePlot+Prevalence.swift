public import Evaluation

extension StandalonePlot {
  /// Metrics that are drawn, and what the legend calls them: those that stay, then those that move.
  static let prevalenceMetrics = [
    ("recall", "recall"), ("roc_auc", "AUROC"), ("average_precision", "average precision"),
    ("precision", "precision"), ("f1", "F1"), ("mcc", "MCC"),
  ]

  /// Metrics of one class against its prevalence, the model and its scores the same.
  ///
  /// A line for each metric that is defined anywhere. Recall and AUROC are flat; precision is
  /// `π TPR / (π TPR + (1 − π) FPR)`. Dashed are the average precision of a random order, which is π itself, and the
  /// prevalence in the data.
  ///
  /// - Parameter impact: The class's metrics; its curve is drawn from the lowest prevalence up, see
  ///   ``prevalences(around:natural:)``.
  public static func prevalence(_ impact: ImbalanceImpact) -> StandalonePlot {
    let points = impact.curve.sorted { $0.prevalence < $1.prevalence }
    let lines = prevalenceMetrics.map { key, name in
      let known = points.compactMap { point in point.values[key].map { (point.prevalence, $0) } }
      return Line(name, x: known.map(\.0), y: known.map(\.1))
    }.filter { !$0.x.isEmpty }
    let (low, high) = (points.first?.prevalence ?? 0, points.last?.prevalence ?? 1)
    let bottom = min(0, lines.flatMap(\.y).min() ?? 0)
    var rules = [Rule("average precision of a random order", from: (low, low), to: (high, high))]
    if let natural = impact.natural?.prevalence, natural > 0, natural < 1 {
      rules.append(
        Rule(
          "upright: prevalence as it is, \(Figures.fixed(natural))", from: (natural, bottom),
          to: (natural, 1)))
    }
    return StandalonePlot(
      title: "\(impact.name) at other prevalences",
      description: "Metrics of the class against its prevalence, the model and its scores the same",
      xTitle: "prevalence", yTitle: "metric", lines: lines, rules: rules)
  }

  /// Places of such a drawing, `[101]`, rising and closer where the class is rare: from 0.01, or the lowest of those
  /// asked for and the natural one, to 0.5, or the highest of them.
  ///
  /// - Parameters:
  ///   - asked: Prevalences that the table shows, between 0 and 1.
  ///   - natural: Prevalence in the data; 0, 1 and `nil` do not count.
  public static func prevalences(around asked: [Double], natural: Double?) -> [Double] {
    let known = (asked + [0.01, 0.5, natural ?? 0.5]).filter { $0 > 0 && $0 < 1 }
    let (low, high) = (known.min() ?? 0.01, known.max() ?? 0.5)
    return (0...100).map { place in
      let part = Double(place) / 100
      return place == 100 ? high : low + (high - low) * part * part
    }
  }
}
