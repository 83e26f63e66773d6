public import Evaluation

/// Results on the examples that share a value of an attribute (sex, site, scanner).
public struct Subgroup: Codable, Sendable, Equatable {
  /// Name of the attribute.
  public var attribute: String
  /// Its value.
  public var value: String
  /// All metrics on these examples, with intervals where there are any.
  public var judgement: Judgement
  /// All metrics on these examples.
  public var metrics: MetricsReport { judgement.report }

  enum CodingKeys: String, CodingKey {
    case attribute, value
    case judgement = "metrics"
  }

  /// Results on a subgroup.
  public init(attribute: String, value: String, judgement: Judgement) {
    (self.attribute, self.value, self.judgement) = (attribute, value, judgement)
  }
}
