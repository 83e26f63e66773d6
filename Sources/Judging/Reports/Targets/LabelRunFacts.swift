import Datasets
public import Runs
public import Targets

/// What is known of a run of several labels: what its page and its model card are drawn from.
public struct LabelRunFacts: Sendable {
  /// One part of the data, judged.
  public struct Evaluation: Sendable {
    /// `test`, `val`, ….
    public let part: String
    /// What it came to.
    public let found: LabelAssessment

    /// A part, judged.
    public init(part: String, found: LabelAssessment) { (self.part, self.found) = (part, found) }
  }

  /// Name of the run.
  public let name: String
  /// Its options.
  public let config: ConfigRecord
  /// Its data in numbers; nil where the file is not there.
  public let data: DataRecord?
  /// What every epoch did.
  public let history: [EpochRecord]
  /// Parts of the data, the most important first.
  public let evaluations: [Evaluation]

  /// Facts of their parts.
  public init(
    name: String, config: ConfigRecord, data: DataRecord?, history: [EpochRecord],
    evaluations: [Evaluation]
  ) {
    (self.name, self.config, self.data) = (name, config, data)
    (self.history, self.evaluations) = (history, evaluations)
  }

  /// The sheets of the page: a part of the data each, then how the model was made.
  public var sheets: [TargetSheet] {
    evaluations.map { TargetSheet($0.found).of($0.part) } + [TargetSheet(self)]
  }
}

extension TargetSheet {
  /// The same with the part of the data in the heading and in the captions.
  func of(_ part: String) -> TargetSheet {
    TargetSheet(
      heading: "\(part): \(heading)", notes: notes.map { "\(part): \($0)" },
      parts: parts.map {
        Part(caption: "\(part): \($0.caption)", columns: $0.columns, rows: $0.rows)
      })
  }

  /// How a model of several labels was made: its data, its epochs, what they drew, and its options.
  init(_ facts: LabelRunFacts) {
    let method = facts.config["method"] ?? "an unknown method"
    heading =
      "learned by \(method)"
      + (facts.data.map {
        " from \($0.name), \(Figures.count($0.images)) \($0.input?.plural ?? "images")"
      }
        ?? "")
    notes =
      (facts.data?.split.map { "split: \($0)" } ?? [])
      + ["the epoch was chosen by \(facts.config["eval-metric"] ?? "no metric") on validation"]
    parts = [
      facts.data.map(Self.counts), Self.course(facts.history), Self.drawn(facts.history),
      Self.options(facts.config),
    ].compactMap { $0 }
  }

  /// Examples that have each label, part by part.
  private static func counts(_ data: DataRecord) -> Part {
    let names = data.parts
    return Part(
      caption: "Data: examples that have each label", columns: ["label"] + names,
      rows: data.classes.enumerated().map { label, name in
        [Cell(name)]
          + names.map { part in
            let count = data.counts(of: part)[label]
            return Cell(Figures.count(count), value: Double(count))
          }
      })
  }

  private static func course(_ history: [EpochRecord]) -> Part? {
    guard !history.isEmpty else { return nil }
    return Part(
      caption: "Training: epochs",
      columns: [
        "epoch", "loss", "λ", "val average precision", "val AUROC", "val F1 at ½", "best so far",
      ],
      rows: history.map { epoch in
        [
          Cell("\(epoch.epoch)", value: Double(epoch.epoch)),
          Cell(Figures.fixed(epoch.trainLoss, 4), value: epoch.trainLoss),
          Cell(epoch.mixing.map { Figures.fixed($0) } ?? "", value: epoch.mixing),
        ]
          + ["average_precision_macro", "roc_auc_macro", "f1_macro"].map { name in
            Cell(Figures.fixed(epoch.validation[name]), value: epoch.validation[name])
          } + [Cell(epoch.isBest ? "yes" : "")]
      })
  }

  /// What the epochs drew of each label, on average.
  private static func drawn(_ history: [EpochRecord]) -> Part? {
    guard let first = history.first, !first.drawn.isEmpty else { return nil }
    let epochs = Double(history.count)
    func mean(_ number: (ClassDrawn) -> Double, _ label: Int) -> Double {
      history.reduce(0) { $0 + number($1.drawn[label]) } / epochs
    }
    return Part(
      caption: "Training: what an epoch drew of each label, mean over epochs",
      columns: ["label", "examples", "different ones", "share of all labels", "expected"],
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
