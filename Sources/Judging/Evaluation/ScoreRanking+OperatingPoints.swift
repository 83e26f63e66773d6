import Requirements

extension ScoreRanking {
  /// What one threshold does: call positive whatever scores at least this much.
  public struct Point: Sendable, Equatable, Codable {
    /// The threshold; `+∞` calls nothing positive.
    public let threshold: Double
    /// Positives called positive.
    public let truePositives: Int
    /// Negatives called positive.
    public let falsePositives: Int
    /// All positives.
    public let positives: Int
    /// All negatives.
    public let negatives: Int

    /// TP / P; `nil` without positives.
    public var sensitivity: Double? { ratio(truePositives, positives) }
    /// TN / N; `nil` without negatives.
    public var specificity: Double? { ratio(negatives - falsePositives, negatives) }
    /// TP / (TP + FP); `nil` where nothing is called positive.
    public var precision: Double? { ratio(truePositives, truePositives + falsePositives) }
    /// FP / N; `nil` without negatives.
    public var falsePositiveRate: Double? { ratio(falsePositives, negatives) }

    enum CodingKeys: String, CodingKey {
      case threshold
      case truePositives = "true_positives"
      case falsePositives = "false_positives"
      case positives, negatives
    }
  }

  /// Every point from the strictest threshold, `+∞`, to the most lenient, `[T + 1]`: the corners of
  /// the ROC and precision-recall curves.
  public var points: [Point] { [point(nil)] + thresholds.indices.map(point) }

  /// The point of any threshold.
  ///
  /// - Parameter threshold: A score; not NaN.
  /// - Precondition: `threshold` is not NaN.
  public func point(atThreshold threshold: Double) -> Point {
    require(!threshold.isNaN, "ScoreRanking.point: expected a threshold, got NaN")
    // Thresholds fall: the last one that is still at least `threshold`.
    var (low, high) = (0, thresholds.count)
    while low < high {
      let middle = (low + high) / 2
      if thresholds[middle] >= threshold { low = middle + 1 } else { high = middle }
    }
    let place = point(low == 0 ? nil : low - 1)
    return Point(
      threshold: threshold, truePositives: place.truePositives,
      falsePositives: place.falsePositives, positives: positives, negatives: negatives)
  }

  /// The most sensitive point among those of at least a specificity, of equals the most specific.
  ///
  /// - Parameter specificity: Smallest TN / N, 0…1.
  /// - Returns: The point; `nil` without positives or without negatives. There always is one: a
  ///   threshold of `+∞` has specificity 1.
  /// - Precondition: `specificity` lies in 0…1.
  public func sensitivity(atSpecificity specificity: Double) -> Point? {
    require(
      (0...1).contains(specificity),
      "ScoreRanking.sensitivity: expected a specificity in 0…1, got \(specificity)")
    guard positives > 0, negatives > 0 else { return nil }
    var best = point(nil)
    for place in thresholds.indices {
      let candidate = point(place)
      guard let reached = candidate.specificity, reached >= specificity else { break }
      if candidate.truePositives > best.truePositives { best = candidate }
    }
    return best
  }

  /// The most specific point among those of at least a sensitivity, of equals the most sensitive.
  ///
  /// - Parameter sensitivity: Smallest TP / P, 0…1.
  /// - Returns: The point; `nil` without positives or without negatives.
  /// - Precondition: `sensitivity` lies in 0…1.
  public func specificity(atSensitivity sensitivity: Double) -> Point? {
    require(
      (0...1).contains(sensitivity),
      "ScoreRanking.specificity: expected a sensitivity in 0…1, got \(sensitivity)")
    guard positives > 0, negatives > 0 else { return nil }
    let all = points
    guard
      let first = all.firstIndex(where: { ($0.sensitivity ?? 0) >= sensitivity })
    else { return nil }
    return all[first...].last { $0.falsePositives == all[first].falsePositives }
  }

  /// Part of positives among the `k` highest scores.
  ///
  /// Where the `k`-th place falls among equal scores, it is the mean over all ways to order them.
  ///
  /// - Parameter k: Number of examples that somebody will look at, at least 1.
  /// - Returns: The precision; `nil` with fewer than `k` examples.
  /// - Precondition: `k` is positive.
  public func precision(atTop k: Int) -> Double? { hits(atTop: k).map { $0 / Double(k) } }

  /// Part of all positives found among the `k` highest scores, by the rule of ``precision(atTop:)``.
  ///
  /// - Parameter k: Number of examples that somebody will look at, at least 1.
  /// - Returns: The recall; `nil` without positives or with fewer than `k` examples.
  /// - Precondition: `k` is positive.
  public func recall(atTop k: Int) -> Double? {
    positives == 0 ? nil : hits(atTop: k).map { $0 / Double(positives) }
  }

  private func hits(atTop k: Int) -> Double? {
    require(k > 0, "ScoreRanking.precision: expected k of at least 1, got \(k)")
    guard k <= total else { return nil }
    let fired = thresholds.indices.first { truePositives[$0] + falsePositives[$0] >= k } ?? 0
    let (hits, alarms) = new(at: fired)
    let before = truePositives[fired] + falsePositives[fired] - hits - alarms
    let share = Double(k - before) * Double(hits) / Double(hits + alarms)
    return Double(truePositives[fired] - hits) + share
  }

  private func point(_ place: Int?) -> Point {
    Point(
      threshold: place.map { thresholds[$0] } ?? .infinity,
      truePositives: place.map { truePositives[$0] } ?? 0,
      falsePositives: place.map { falsePositives[$0] } ?? 0, positives: positives,
      negatives: negatives)
  }
}

/// JSON has no infinity: the threshold that calls nothing positive is `null`.
extension ScoreRanking.Point {
  /// Writes every key.
  ///
  /// - Throws: What the encoder throws.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(threshold == .infinity ? nil : threshold, forKey: .threshold)
    try container.encode(truePositives, forKey: .truePositives)
    try container.encode(falsePositives, forKey: .falsePositives)
    try container.encode(positives, forKey: .positives)
    try container.encode(negatives, forKey: .negatives)
  }

  /// Reads a point.
  ///
  /// - Throws: `DecodingError` where a key is missing or has the wrong type.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    threshold = try container.decodeIfPresent(Double.self, forKey: .threshold) ?? .infinity
    truePositives = try container.decode(Int.self, forKey: .truePositives)
    falsePositives = try container.decode(Int.self, forKey: .falsePositives)
    positives = try container.decode(Int.self, forKey: .positives)
    negatives = try container.decode(Int.self, forKey: .negatives)
  }
}
