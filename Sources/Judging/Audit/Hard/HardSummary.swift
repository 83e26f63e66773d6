/// What is known of hard examples, in numbers: a part of `audit.json`.
public struct HardSummary: Codable, Sendable, Equatable {
  /// One measure that there is.
  public struct Measure: Codable, Sendable, Equatable {
    /// Its name, as the column of `hard.csv`.
    public var name: HardMeasure
    /// Examples that have it; NaN is no value.
    public var examples: Int
    /// What it is made of, in words.
    public var source: String
    /// Whether small values are of hard examples.
    public var isHardWhenLow: Bool

    private enum CodingKeys: String, CodingKey {
      case name, examples, source
      case isHardWhenLow = "hard_when_low"
    }
  }

  /// Examples in the table.
  public var examples: Int
  /// The measures that there are.
  public var measures: [Measure]
  /// Those that there are not.
  public var lacking: [HardTable.Lack]
}

extension HardTable {
  /// The table in numbers.
  public var summary: HardSummary {
    HardSummary(
      examples: paths.count,
      measures: columns.map { column in
        HardSummary.Measure(
          name: column.measure, examples: column.values.count { $0.map { !$0.isNaN } ?? false },
          source: column.source,
          isHardWhenLow: column.measure.isHardWhenLow)
      }, lacking: lacking)
  }
}
