import Datasets
import Runs

extension TargetSheet {
  /// How a model of labels or numbers was made: its data, its epochs, what they drew, and its options.
  ///
  /// - Parameters:
  ///   - config: options of the run.
  ///   - data: its data in numbers.
  ///   - history: what every epoch did.
  ///   - noun: what is counted and drawn: label, or range.
  ///   - course: validation metrics that are shown epoch by epoch: how they are called, and their key.
  init(
    _ config: ConfigRecord, _ data: DataRecord?, _ history: [EpochRecord], of noun: String,
    course: [(name: String, key: String)]
  ) {
    let method = config["method"] ?? "an unknown method"
    heading =
      "learned by \(method)"
      + (data.map {
        " from \($0.name), \(Figures.count($0.images)) \($0.input?.plural ?? "images")"
      } ?? "")
    notes =
      (data?.split.map { "split: \($0)" } ?? [])
      + ["the epoch was chosen by \(config["eval-metric"] ?? "no metric") on validation"]
    parts = [
      data.map { Self.counts($0, noun) }, Self.course(history, course),
      Self.drawn(history, noun), Self.options(config),
    ].compactMap { $0 }
  }

  /// Examples that have each label, or a number, part by part.
  private static func counts(_ data: DataRecord, _ noun: String) -> Part {
    let (names, areLabels) = (data.parts, noun == "label")
    return Part(
      caption: areLabels ? "Data: examples that have each label" : "Data: examples",
      columns: [areLabels ? "label" : "number"] + names,
      rows: data.classes.enumerated().map { label, name in
        [Cell(name)]
          + names.map { part in
            let count = data.counts(of: part)[label]
            return Cell(Figures.count(count), value: Double(count))
          }
      })
  }

  private static func course(
    _ history: [EpochRecord], _ metrics: [(name: String, key: String)]
  ) -> Part? {
    guard !history.isEmpty else { return nil }
    return Part(
      caption: "Training: epochs",
      columns: ["epoch", "loss", "λ"] + metrics.map(\.name) + ["best so far"],
      rows: history.map { epoch in
        [
          Cell("\(epoch.epoch)", value: Double(epoch.epoch)),
          Cell(Figures.fixed(epoch.trainLoss, 4), value: epoch.trainLoss),
          Cell(epoch.mixing.map { Figures.fixed($0) } ?? "", value: epoch.mixing),
        ]
          + metrics.map { metric in
            Cell(Figures.fixed(epoch.validation[metric.key]), value: epoch.validation[metric.key])
          } + [Cell(epoch.isBest ? "yes" : "")]
      })
  }

  /// What the epochs drew of each label or range, on average.
  private static func drawn(_ history: [EpochRecord], _ noun: String) -> Part? {
    guard let first = history.first, !first.drawn.isEmpty else { return nil }
    // Epochs that name others, as a log put together from two may, are in no mean, as in the report of classes.
    let usable = history.filter { $0.drawn.map(\.name) == first.drawn.map(\.name) }
    func mean(_ number: (ClassDrawn) -> Double, _ label: Int) -> Double {
      usable.reduce(0) { $0 + number($1.drawn[label]) } / Double(usable.count)
    }
    return Part(
      caption: "Training: what an epoch drew of each \(noun), mean over epochs",
      columns: [noun, "examples", "different ones", "share of all \(noun)s", "expected"],
      rows: first.drawn.indices.map { label in
        let share = mean({ $0.mass }, label)
        let expected = mean({ $0.expectedMass ?? .nan }, label)
        return [
          Cell(first.drawn[label].name),
          Cell(Figures.fixed(mean({ Double($0.examples) }, label), 1)),
          Cell(Figures.fixed(mean({ Double($0.distinct) }, label), 1)),
          Cell(Figures.percent(share, 1), value: share),
          Cell(expected.isNaN ? "" : Figures.percent(expected, 1), value: expected),
        ]
      })
  }

  private static func options(_ config: ConfigRecord) -> Part? {
    let set = config.entries.filter { ($0.origin ?? "default") != "default" }
    guard !set.isEmpty else { return nil }
    return Part(
      caption: "Options that are not defaults", columns: ["option", "value", "from"],
      rows: set.map { [Cell($0.name), Cell($0.text), Cell($0.origin ?? "")] })
  }
}
