/// The mistakes of which the model was surest.
public struct FailureCases: Codable, Sendable, Equatable {
  /// One mistake.
  public struct Mistake: Codable, Sendable, Equatable {
    /// The example's path.
    public var path: String
    /// Name of its class.
    public var truth: String
    /// Name of the class that was decided.
    public var predicted: String
    /// Probability of what was decided.
    public var confidence: Double
    /// Probability of the class that is true.
    public var truthProbability: Double
    /// A small picture as a `data:` URI; `nil` where the file could not be read.
    public var thumbnail: String?

    enum CodingKeys: String, CodingKey {
      case path, truth, predicted, confidence, thumbnail
      case truthProbability = "truth_probability"
    }

    /// A mistake.
    public init(
      path: String, truth: String, predicted: String, confidence: Double,
      truthProbability: Double, thumbnail: String? = nil
    ) {
      (self.path, self.truth, self.predicted) = (path, truth, predicted)
      (self.confidence, self.truthProbability) = (confidence, truthProbability)
      self.thumbnail = thumbnail
    }
  }

  /// Number of all mistakes.
  public var total: Int
  /// The surest first.
  public var mistakes: [Mistake]
  /// At most so many of one pair of classes are shown.
  public var perPair: Int

  enum CodingKeys: String, CodingKey {
    case total, mistakes
    case perPair = "per_pair"
  }

  /// Mistakes.
  public init(total: Int, mistakes: [Mistake], perPair: Int) {
    (self.total, self.mistakes, self.perPair) = (total, mistakes, perPair)
  }
}
