/// What a class's scores reach at one threshold, with an interval.
public struct ThresholdPoint: Sendable, Equatable, Codable {
  /// What was asked for: a specificity, a sensitivity, a number of images `k`, or the probability from
  /// which somebody acts.
  public let target: Double
  /// Score from which on an image is called positive; `nil` where none is, and where the value is
  /// undefined.
  public let threshold: Double?
  /// What is reached; `nil` where undefined.
  public let value: Double?
  /// Interval of the value; `nil` where nothing can be said.
  public let interval: MetricInterval?

  enum CodingKeys: String, CodingKey { case target, threshold, value, interval }

  init(_ target: Double, threshold: Double?, value: Double?, interval: MetricInterval?) {
    self.target = target
    self.threshold = value == nil || threshold == .infinity ? nil : threshold
    (self.value, self.interval) = (value, value == nil ? nil : interval)
  }

  /// Writes every key, `null` where undefined.
  ///
  /// - Throws: What the encoder throws.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(target, forKey: .target)
    try container.encode(threshold, forKey: .threshold)
    try container.encode(value, forKey: .value)
    try container.encode(interval, forKey: .interval)
  }
}
