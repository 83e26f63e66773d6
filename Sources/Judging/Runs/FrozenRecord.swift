/// What the weights that a run began from are worth without training: `frozen.json`.
///
/// Features of the network with these weights, as they are, under two heads that take seconds: what the run has to beat.
public struct FrozenRecord: VersionedJSON, Equatable {
  /// One head.
  public struct Head: Codable, Sendable, Equatable {
    /// `knn` or `logistic`: the method that makes it.
    public var method: String
    /// Its settings, in words.
    public var settings: String
    /// Metrics by part of the data and name; undefined ones are missing.
    public var metrics: [String: [String: Double]]

    /// A head of its parts.
    public init(method: String, settings: String, metrics: [String: [String: Double]]) {
      (self.method, self.settings, self.metrics) = (method, settings, metrics)
    }
  }

  /// Name of the architecture.
  public var architecture: String
  /// What the features and both heads took.
  public var seconds: Double
  /// The heads.
  public var heads: [Head]

  /// A record of its parts.
  public init(architecture: String, seconds: Double, heads: [Head]) {
    (self.architecture, self.seconds, self.heads) = (architecture, seconds, heads)
  }
}
