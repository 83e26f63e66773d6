import Requirements

/// Sets of classes that hold the true one with probability 1 − α, for the examples of every class.
///
/// Split conformal prediction by class (Mondrian): class c belongs to the set where its score is at
/// most τ_c, the ⌈(n_c + 1)(1 − α)⌉-th smallest score among the n_c validation examples of the class.
/// For new examples exchangeable with those, P(c in the set | true class c) ≥ 1 − α, at any n_c and
/// for any model; nor does a change of prevalence disturb it. Too few examples, n_c < 1/α − 1, put the class in every set.
///
/// Where examples come in groups, each group counts once, whatever its size: τ_c is the smallest score up to which
/// the groups have `(1 − α)(1 + 1/G_c)` of their scores in the mean, with `G_c` groups that hold the class. What is
/// promised is then of an example drawn at random from a new group, and it takes G_c ≥ 1/α − 1 groups.
///
/// By ``ConformalScore/probability`` a set may be empty: no class looks like the row. By
/// ``ConformalScore/cumulative`` it has the most probable class at least.
///
/// Source: Vovk, Gammerman and Shafer, "Algorithmic learning in a random world", 2005; Sadinle, Lei
/// and Wasserman, "Least ambiguous set-valued classifiers with bounded error levels", JASA 114, 2019; for groups Lee,
/// Barber and Willett, "Distribution-free inference with hierarchical data", JRSS B, 2025.
public struct ConformalSets: Sendable, Equatable, Codable {
  /// α: how often the true class may be missed.
  public let missRate: Double
  /// What orders the classes.
  public let score: ConformalScore
  /// τ, `[C]`; `nil` for a class in every set.
  public let thresholds: [Double?]
  /// Validation examples of each class, `[C]`.
  public let examples: [Int]
  /// What the draws at the edge of sets follow from; `nil` where nothing is drawn: by probability, and in rules
  /// from before version 0.2.
  public let seed: UInt64?

  enum CodingKeys: String, CodingKey {
    case missRate = "alpha"
    case score, thresholds, examples, seed
  }

  /// The thresholds that validation examples give.
  ///
  /// - Parameters:
  ///   - sample: Validation examples, with the probabilities that the sets will be made from.
  ///   - missRate: α, between 0 and 1.
  ///   - score: What orders the classes.
  ///   - seed: What the draws at the edge of sets follow from.
  /// - Precondition: α lies strictly between 0 and 1.
  public init(
    fitting sample: LabelledProbabilities, missRate: Double = 0.1,
    score: ConformalScore = .probability, seed: UInt64 = 0
  ) {
    let draws =
      score == .cumulative
      ? (0..<sample.count).map {
        ConformalScore.draw(seed, of: sample.names?[$0], sample[$0])
      } : nil
    self.init(fitting: sample, missRate: missRate, score: score, seed: seed, draws: draws)
  }

  /// The thresholds of given draws.
  ///
  /// - Parameter draws: u of each example, `[N]`; `nil` where nothing is drawn.
  package init(
    fitting sample: LabelledProbabilities, missRate: Double, score: ConformalScore, seed: UInt64,
    draws: [Double]?
  ) {
    require(
      missRate > 0 && missRate < 1,
      "ConformalSets: expected a miss rate between 0 and 1, got \(missRate)")
    var scores = [[(score: Double, group: String)]](repeating: [], count: sample.classes.count)
    for (row, truth) in sample.truths.enumerated() {
      let own = score(sample[row], draw: draws?[row])[truth]
      scores[truth].append((own, sample.groups?[row] ?? ""))
    }
    self.seed = draws == nil ? nil : seed
    self.missRate = missRate
    self.score = score
    examples = scores.map(\.count)
    thresholds = scores.map { Self.threshold($0, missRate) }
  }

  /// Reads what ``encode(to:)`` wrote.
  ///
  /// - Throws: `DecisionRuleError.badPart` for an α outside 0…1, lists of different lengths and thresholds that no
  ///   score reaches; `DecodingError` for another form.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    missRate = try values.decode(Double.self, forKey: .missRate)
    score = try values.decode(ConformalScore.self, forKey: .score)
    thresholds = try values.decode([Double?].self, forKey: .thresholds)
    examples = try values.decode([Int].self, forKey: .examples)
    seed = try values.decodeIfPresent(UInt64.self, forKey: .seed)
    let part = StoredPart("conformal sets")
    try part.check(
      missRate > 0 && missRate < 1, "an alpha strictly between 0 and 1", found: missRate)
    // A cumulated share, and a draw from above 1 for a class without mass.
    for case let threshold? in thresholds {
      try part.check(threshold >= -0.01 && threshold <= 2.01, "thresholds 0…2", found: threshold)
    }
    try part.check(
      examples.count == thresholds.count && examples.allSatisfy { $0 >= 0 },
      "a number of examples, at least 0, for each of \(thresholds.count) thresholds",
      found: examples)
  }

  private static func threshold(
    _ scores: [(score: Double, group: String)], _ missRate: Double
  ) -> Double? {
    var sizes: [String: Int] = [:]
    for case let (_, group) in scores where !group.isEmpty { sizes[group, default: 0] += 1 }
    let groups = Double(sizes.count + scores.count { $0.group.isEmpty })
    // (G + 1)(1 − α) is often whole, and must not be rounded up for its last bit.
    let wanted = (groups + 1) * (1 - missRate) - 1e-9
    var sum = 0.0
    for (score, group) in scores.sorted(by: { $0.score < $1.score }) {
      sum += 1 / Double(sizes[group] ?? 1)
      if sum >= wanted { return score }
    }
    return nil
  }

  /// The classes of a row's set, each in `0..<C`, ascending.
  ///
  /// - Parameters:
  ///   - row: p, `[C]`.
  ///   - name: What identifies the example, its path; draws follow from it. Examples of equal probabilities
  ///     have the same draw without it.
  /// - Precondition: the row has `C` probabilities.
  public func callAsFunction(_ row: ArraySlice<Double>, of name: String? = nil) -> [Int] {
    require(
      row.count == thresholds.count,
      "ConformalSets: expected a row of \(thresholds.count) classes, got \(row.count)")
    return set(of: row, draw: seed.map { ConformalScore.draw($0, of: name, row) })
  }

  /// The classes of the set of a row `[C]`, ascending, for a given draw; `nil` where nothing is drawn.
  package func set(of row: ArraySlice<Double>, draw: Double?) -> [Int] {
    let scores = score(row, draw: draw)
    let largest = draw == nil ? .infinity : row.max() ?? .infinity
    return scores.indices.filter { index in
      row[row.startIndex + index] >= largest
        || thresholds[index].map { scores[index] <= $0 } ?? true
    }
  }

  /// Whether a class is in every set, for want of validation examples.
  ///
  /// - Parameter index: The class, `0..<C`.
  public func alwaysIncludes(_ index: Int) -> Bool { thresholds[index] == nil }

  /// Validation examples, or groups of them, that a class must have to be left out of any set: ⌈1/α⌉ − 1.
  public var fewestExamples: Int { Int((1 / missRate - 1e-9).rounded(.up)) - 1 }

  /// Writes every key; a class without threshold as `null`.
  ///
  /// - Throws: What the encoder throws.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(missRate, forKey: .missRate)
    try container.encode(score, forKey: .score)
    try container.encode(thresholds, forKey: .thresholds)
    try container.encode(examples, forKey: .examples)
    try container.encodeIfPresent(seed, forKey: .seed)
  }
}
