/// One number of two models, and how far apart they are.
public struct Difference: Sendable, Equatable, Codable {
  /// Value of the first model; `nil` where undefined.
  public let first: Double?
  /// Value of the second model; `nil` where undefined.
  public let second: Double?
  /// Second minus first; `nil` where either is undefined.
  public let difference: Double?
  /// Paired interval of the difference; `nil` where it is undefined, or no resample differs.
  public let interval: MetricInterval?

  enum CodingKeys: String, CodingKey {
    case first = "a"
    case second = "b"
    case difference, interval
  }

  /// A difference.
  ///
  /// - Parameters:
  ///   - first: Value of the first model.
  ///   - second: Value of the second model.
  ///   - interval: Paired interval of second minus first.
  public init(first: Double?, second: Double?, interval: MetricInterval?) {
    self.first = first
    self.second = second
    if let first, let second { difference = second - first } else { difference = nil }
    self.interval = interval
  }

  /// Writes every key; an undefined value as `null`.
  ///
  /// - Throws: What the encoder throws.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(first, forKey: .first)
    try container.encode(second, forKey: .second)
    try container.encode(difference, forKey: .difference)
    try container.encode(interval, forKey: .interval)
  }
}
