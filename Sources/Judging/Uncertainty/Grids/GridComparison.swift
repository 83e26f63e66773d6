public import Evaluation
import Requirements

/// Several methods at one imbalance, each trained once a seed or fold, against a reference.
///
/// ```swift
/// let part = try GridComparison(rows, reference: 0, design: .shared)
/// part.methods[1].differences["f1_macro"]?.interval
/// ```
///
/// The trainings of one seed are pairs: they share split, thinning and test rows. See ``RepeatedDifference``.
public struct GridComparison: Sendable, Equatable, Codable {
  /// One row.
  public struct Row: Sendable, Equatable, Codable {
    /// What tables call it.
    public let label: String
    /// How many settings were tried on validation; 1 where nothing was chosen.
    public let tried: Int
    /// Trainings that came to an end.
    public let trainings: Int
    /// Metrics and other numbers by name.
    public let values: [String: RepeatedValue]
    /// Differences to the reference by metric, this row minus the reference; empty of the reference itself.
    public internal(set) var differences: [String: RepeatedDifference]

    init(_ source: Source, names: [String], values: [[Double]?]) {
      label = source.label
      tried = source.tried
      trainings = source.values.count { $0 != nil }
      var found: [String: RepeatedValue] = [:]
      for (place, name) in names.enumerated() {
        found[name] = RepeatedValue(values.map { $0?[place].defined })
      }
      for name in Set(source.values.flatMap { $0.map { Array($0.keys) } ?? [] }) {
        found[name] = RepeatedValue(source.values.map { $0?[name] })
      }
      self.values = found.filter { $0.value.mean != nil }
      differences = [:]
    }
  }

  /// What a row is called, and numbers of other sources of each training, `[S]`; `nil` of one without an end.
  struct Source {
    let label: String
    let tried: Int
    let values: [[String: Double]?]
  }

  /// The rows, the reference among them.
  public internal(set) var rows: [Row]
  /// Place of the reference in ``rows``; `nil` where nothing is compared.
  public let reference: Int?
  /// What the trainings have in common on the test side.
  public let design: TestDesign
  /// Test rows of a training, the first that there is.
  public let testRows: Int
  /// Test rows, or groups of them, that are independent.
  public let units: Int
  /// Column of the groups; `nil` where rows are independent.
  public let groupColumn: String?
  /// Training examples of each class by the first training that knows them; `nil` where none does.
  public let shots: ShotGroups?
  /// Names of the classes.
  public let classes: [String]
  /// Mean ranks and Friedman's test by metric.
  public let ranks: [String: MeanRanks]
  /// How test rows were resampled.
  public let settings: IntervalSettings

  /// The comparison.
  ///
  /// - Parameters:
  ///   - trials: The rows, `[M]`, each with as many trainings.
  ///   - reference: Place of the row that the others are compared with; `nil` compares nothing.
  ///   - ratio: Size of a test part beside that of what was trained on, where the trainings do not share their test
  ///     rows.
  ///   - settings: How test rows are resampled, and the level of the intervals.
  /// - Throws: `ComparisonError` where two trainings of one seed were judged on other rows.
  /// - Precondition: every row has as many trainings, and some training has an end.
  public init(
    _ trials: [MethodTrials], reference: Int?, ratio: Double, settings: IntervalSettings
  ) throws(ComparisonError) {
    let done = Self.ended(trials.map(\.trials))
    self.init(
      try GridTable(trials, settings: settings),
      trials.map { .init(label: $0.label, tried: $0.tried, values: $0.trials.map { $0?.values }) },
      classes: done[0].predictions.classes, shots: done.lazy.compactMap(\.shots).first,
      reference: reference, ratio: ratio)
  }

  /// The same of labels or numbers.
  ///
  /// - Parameters:
  ///   - trials: The rows, `[M]`, each with as many trainings.
  ///   - isLoss: Whether less is better of the metric of a name.
  ///   - reference: Place of the row that the others are compared with; `nil` compares nothing.
  ///   - ratio: Size of a test part beside that of what was trained on.
  ///   - settings: How test rows are resampled, and the level of the intervals.
  /// - Throws: `ComparisonError` where two trainings of one seed were judged on other rows.
  /// - Precondition: every row has as many trainings, and some training has an end.
  package init(
    _ trials: [TargetTrials], isLoss: (String) -> Bool, reference: Int?, ratio: Double,
    settings: IntervalSettings
  ) throws(ComparisonError) {
    let done = Self.ended(trials.map(\.trials))
    let names = done.map(\.names).max { $0.count < $1.count } ?? []
    self.init(
      try TargetTable(
        trials, names: names, losses: Set(names.filter(isLoss)), settings: settings),
      trials.map { .init(label: $0.label, tried: $0.tried, values: $0.trials.map { $0?.values }) },
      classes: done[0].labels, shots: nil, reference: reference, ratio: ratio)
  }

  /// Trainings that came to an end, at least one, of rows that have as many.
  private static func ended<Trial>(_ rows: [[Trial?]]) -> [Trial] {
    let done = rows.flatMap { $0.compactMap(\.self) }
    require(
      Set(rows.map(\.count)).count == 1 && !done.isEmpty,
      "GridComparison: expected as many trainings in each row and one that came to an end, got"
        + " \(rows.map(\.count))")
    return done
  }

  private init(
    _ table: some GridMeasures, _ sources: [Source], classes: [String], shots: ShotGroups?,
    reference: Int?, ratio: Double
  ) {
    let design = table.design(ratio: ratio)
    self.design = design
    (testRows, units, groupColumn) = (table.testRows, table.units, table.groupColumn)
    (self.classes, self.shots) = (classes, shots)
    (self.reference, settings) = (reference, table.settings)
    let names = table.names
    let values = table.values
    ranks = Dictionary(
      uniqueKeysWithValues: names.enumerated().map { place, name in
        let blocks = table.trainings.map { training in
          values.map { $0[training]?[place].defined }
        }
        return (
          name,
          MeanRanks(
            blocks, methods: sources.count, higherIsBetter: !table.losses.contains(name))
        )
      })
    rows = sources.enumerated().map { Row($1, names: names, values: values[$0]) }
    guard let reference else { return }
    let resampled = design.needsRows ? table.resampled() : nil
    for number in rows.indices where number != reference {
      rows[number].differences = table.differences(
        (values[reference], values[number]),
        resampled: resampled.map { ($0[reference], $0[number]) }, design)
    }
  }

  /// Mean seconds of a row beside those of the reference; `nil` where either is not known.
  public func cost(of row: Int) -> Double? {
    guard let reference, let base = rows[reference].values["seconds"]?.mean, base > 0 else {
      return nil
    }
    return rows[row].values["seconds"]?.mean.map { $0 / base }
  }

  /// Mean rank of a row by a metric.
  public func rank(_ row: Int, by metric: String) -> Double? {
    ranks[metric].flatMap { $0.ranks.indices.contains(row) ? $0.ranks[row] : nil }
  }
}

extension TestDesign {
  /// Whether resampled test rows are a part of the uncertainty.
  var needsRows: Bool {
    if case .own = self { false } else { true }
  }
}

extension [GridComparison] {
  /// The same with p-values adjusted (Holm) for all comparisons of a metric: every method but the reference at
  /// every imbalance. Metrics are families of their own.
  public func adjusted() -> [GridComparison] {
    var result = self
    for metric in Set(flatMap { $0.rows.flatMap(\.differences.keys) }) {
      let places = indices.flatMap { part in self[part].rows.indices.map { (part, $0) } }
        .filter { self[$0.0].rows[$0.1].differences[metric] != nil }
      let values = holmAdjusted(places.map { self[$0.0].rows[$0.1].differences[metric]?.pValue })
      for (place, value) in zip(places, values) {
        result[place.0].rows[place.1].differences[metric]?.adjusted = value
      }
    }
    return result
  }
}
