import Uncertainty

/// A key of JSON by its name.
struct TargetKey: CodingKey, ExpressibleByStringLiteral {
  let stringValue: String

  init(_ name: String) { stringValue = name }
  init(stringLiteral name: String) { self.init(name) }
  init?(stringValue: String) { self.init(stringValue) }
  var intValue: Int? { nil }
  init?(intValue: Int) { nil }
}

extension KeyedEncodingContainer<TargetKey> {
  /// Writes `intervals`, `null` for each name without one, and `resampling`; nothing where there was none.
  mutating func encode(
    _ intervals: [String: MetricInterval], of names: [String], _ resampling: ResamplingSummary?
  ) throws {
    guard let resampling else { return }
    try encode(
      Dictionary(uniqueKeysWithValues: names.map { ($0, intervals[$0]) }), forKey: "intervals")
    try encode(resampling, forKey: "resampling")
  }
}
