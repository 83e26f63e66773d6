public import Targets
import Uncertainty

extension TargetSheet {
  /// The sheet of several labels: a row for each, what is over all, and which come together.
  public init(_ found: LabelAssessment) {
    heading = Self.heading(found)
    let intervals: [MetricInterval?] =
      Array(found.intervals.values) + found.perLabel.flatMap { Array($0.intervals.values) }
    notes =
      found.notes + Self.made(found.resampling, n: found.n, intervals)
      + [found.withheld].compactMap { $0 }.map { names, reason in
        "no interval of \(names.joined(separator: ", ")): \(reason)"
      }
      + Self.chance(found)
      + found.perLabel.compactMap { row in row.undefinedBecause.map { "\(row.name): \($0)" } }
    parts = [
      Part(
        caption: "Each label against its absence",
        columns: [
          "label", "n", "has it", "average precision", "by chance", "AUROC", "F1 at ½", "precision",
          "recall",
        ] + (found.perLabel.contains { $0.threshold != nil } ? ["threshold", "F1 there"] : []),
        rows: found.perLabel.map(Self.row)),
      Part(
        caption: "Over all labels",
        columns: ["metric", "value"] + Self.blind(found).map(\.words) + ["labels"],
        rows: LabelAssessment.names.filter { found[$0] != nil }.map { name in
          [
            Cell(name), Self.shown(found[name], found.intervals[name]),
          ]
            + Self.blind(found).map { kind in
              found.baselines?[kind][name].map { Cell(Figures.fixed($0)) } ?? Cell("")
            } + [
              Cell(
                found.labelsAveraged[name].map { "mean over \($0) of \(found.labels.count)" } ?? "")
            ]
        }),
      Self.together(found),
    ].compactMap { $0 }
  }

  /// Answers that look at no example, where they are beside what was judged.
  private static func blind(_ found: LabelAssessment) -> [LabelBaselines.Kind] {
    found.baselines == nil ? [] : LabelBaselines.Kind.allCases
  }

  /// What chance gives, and which labels are not shown to be above it.
  private static func chance(_ found: LabelAssessment) -> [String] {
    guard found.baselines != nil else { return [] }
    func listed(_ words: String, _ names: [String]) -> [String] {
      let most = 8
      let more = names.count > most ? " and \(names.count - most) others" : ""
      return names.isEmpty ? [] : [words + names.prefix(most).joined(separator: ", ") + more]
    }
    // Where no interval was asked for, none is missed.
    let open = found.perLabel.filter { row in
      found.resampling != nil && row.rocAUC != nil && row.intervals["roc_auc"] == nil
    }
    return [
      "by chance, so without looking: average precision is the share of examples that have the label and AUROC 0.5;"
        + " shares: each label has its share for a probability; none and all: no label is said, or every label"
    ]
      + listed(
        "not shown to be better than chance, for the interval of AUROC does not lie above 0.5: ",
        found.notAboveChance)
      + listed(
        "not shown to be better than chance, for AUROC has no interval: ", open.map(\.name))
  }

  /// `14 labels, 3 of them in under 1 % of images`
  static func heading(_ found: LabelAssessment) -> String {
    let rare = found.perLabel.count { ($0.prevalence ?? 1) < 0.01 }
    let unknown = found.n * found.labels.count - found.known
    return "\(found.labels.count) labels, \(rare) of them in under 1 % of images;"
      + " \(Figures.count(found.n)) images"
      + (unknown > 0
        ? ", \(Figures.count(unknown)) of \(Figures.count(found.n * found.labels.count)) entries unknown"
        : "")
  }

  private static func row(_ row: LabelRow) -> [Cell] {
    [
      Cell(row.name), Cell(Figures.count(row.known)), Cell(Figures.count(row.positives)),
      shown(row.averagePrecision, row.intervals["average_precision"]),
      Cell(row.positives > 0 ? Figures.fixed(row.prevalence) : ""),
      shown(row.rocAUC, row.intervals["roc_auc"]), shown(row.f1, row.intervals["f1"]),
      shown(row.precision, row.intervals["precision"]),
      shown(row.recall, row.intervals["recall"]),
    ] + (row.threshold.map { [Cell(Figures.fixed($0)), Cell(Figures.fixed(row.storedF1))] } ?? [])
  }

  /// Pairs of labels, the most frequent first; `nil` where no two come together.
  private static func together(_ found: LabelAssessment) -> Part? {
    let counts = found.coOccurrence.counts
    var pairs: [(one: Int, other: Int, count: Int)] = []
    for one in counts.indices {
      for other in counts.indices where other > one && counts[one][other] > 0 {
        pairs.append((one, other, counts[one][other]))
      }
    }
    guard !pairs.isEmpty else { return nil }
    pairs.sort { ($1.count, $0.one, $0.other) < ($0.count, $1.one, $1.other) }
    let rows = pairs.prefix(10).map { pair in
      func part(of label: Int) -> String {
        Figures.percent(Double(pair.count) / Double(max(1, counts[label][label])))
      }
      let (one, other) = (found.labels[pair.one], found.labels[pair.other])
      return [
        Cell("\(one) and \(other)"), Cell(Figures.count(pair.count)),
        Cell("\(part(of: pair.one)) of \(one)"), Cell("\(part(of: pair.other)) of \(other)"),
      ]
    }
    return Part(
      caption: "Labels that come together, the \(rows.count) most frequent of \(pairs.count) pairs",
      columns: ["pair", "images", "of the first", "of the second"], rows: rows)
  }
}

extension LabelBaselines.Kind {
  /// What a column of it is called.
  fileprivate var words: String {
    switch self {
    case .prior: "shares"
    case .none: "none"
    case .all: "all"
    }
  }
}
