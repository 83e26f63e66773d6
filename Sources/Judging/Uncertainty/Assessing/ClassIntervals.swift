/// Intervals of one class; `nil` where the rate is undefined or nothing can be said.
public struct ClassIntervals: Sendable, Equatable, Codable {
  /// Name of the class.
  public let name: String
  /// Of the rates and areas, by statistic.
  public let intervals: [ClassStatistic: MetricInterval]

  /// The interval of a statistic; `nil` where there is none.
  public subscript(statistic: ClassStatistic) -> MetricInterval? { intervals[statistic] }

  init(name: String, intervals: [ClassStatistic: MetricInterval]) {
    self.name = name
    self.intervals = intervals
  }

  private struct Key: CodingKey {
    let stringValue: String
    init(_ name: String) { stringValue = name }
    init?(stringValue: String) { self.init(stringValue) }
    var intValue: Int? { nil }
    init?(intValue: Int) { nil }
  }

  /// Writes `class`, and a key for each statistic, `null` without interval.
  ///
  /// - Throws: What the encoder throws.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(name, forKey: Key("class"))
    for statistic in ClassStatistic.allCases {
      try container.encode(self[statistic], forKey: Key(statistic.rawValue))
    }
  }

  /// Reads intervals back.
  ///
  /// - Throws: `DecodingError` where a key has the wrong type.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    name = try container.decode(String.self, forKey: Key("class"))
    var intervals: [ClassStatistic: MetricInterval] = [:]
    for statistic in ClassStatistic.allCases {
      intervals[statistic] = try container.decodeIfPresent(
        MetricInterval.self, forKey: Key(statistic.rawValue))
    }
    self.intervals = intervals
  }
}
