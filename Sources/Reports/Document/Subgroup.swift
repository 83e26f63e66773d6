public import Evaluation

/// Results on the examples that share a value of an attribute (sex, site, scanner).
public struct Subgroup: Codable, Sendable, Equatable {
  /// Name of the attribute.
  public var attribute: String
  /// Its value.
  public var value: String
  /// All metrics on these examples.
  public var metrics: MetricsReport

  /// Results on a subgroup.
  public init(attribute: String, value: String, metrics: MetricsReport) {
    (self.attribute, self.value, self.metrics) = (attribute, value, metrics)
  }
}
