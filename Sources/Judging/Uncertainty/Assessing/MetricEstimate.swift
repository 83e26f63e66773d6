/// A value with its interval.
public struct MetricEstimate: Sendable, Equatable, Codable {
  /// The value; `nil` where undefined.
  public let value: Double?
  /// Its interval; `nil` where nothing can be said.
  public let interval: MetricInterval?

  package init(_ replicates: Replicates, _ place: Int, _ settings: IntervalSettings) {
    let value = replicates.estimate[place]
    self.value = value.isNaN ? nil : value
    interval = replicates.interval(place, method: settings.method, level: settings.level)
  }

  enum CodingKeys: String, CodingKey { case value, interval }

  /// Writes every key; `null` where undefined.
  ///
  /// - Throws: What the encoder throws.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(value, forKey: .value)
    try container.encode(interval, forKey: .interval)
  }
}
