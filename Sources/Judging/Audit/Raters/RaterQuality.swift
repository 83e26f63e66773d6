public import Evaluation
import Uncertainty

/// How good a rater is, judged by the others.
///
/// Of each row the others' majority is the class that most of the other raters gave it. A row on which t classes have equally
/// many of their votes counts 1/t where the rater gave one of them. Nothing here looks at the rater's own vote.
public struct RaterQuality: Sendable, Equatable {
  /// A class as the rater sees it.
  public struct ClassRecall: Sendable, Equatable {
    /// Rows that the others' majority, no tie, gives to the class.
    public var rows: Int
    /// How many of these the rater gave it.
    public var hits: Int
    /// Wilson's interval of the share; nil without rows.
    public var interval: Interval? { .wilson(hits, of: rows, level: 0.95) }
    /// The share; nil without rows.
    public var recall: Double? { rows == 0 ? nil : Double(hits) / Double(rows) }
    /// Whether the rater misses the class more often than the others do, beyond chance.
    public var isWeak = false
  }

  /// Number of ratings.
  public var ratings: Int
  /// Rows among them that others rated too.
  public var shared: Int
  /// Share of the shared rows on which the rater agrees with the others' majority; nil without such rows.
  public var agreement: Double?
  /// The share that is expected of a rater who gives the classes as often, but to rows at random.
  public var chance: Double?
  /// (agreement − chance) / (1 − chance); nil where chance is 1.
  public var kappa: Double?
  /// Standard deviations by which the agreement is above chance, over all permutations of the ratings; nil where all ratings, or
  /// all majorities, are alike.
  public var z: Double?
  /// Whether the agreement is not shown to be above chance; nil with fewer shared rows than ``fewestRows``, and where the others
  /// give all rows to one class.
  public var isNoBetterThanChance: Bool?
  /// Each class, `[C]`.
  public var perClass: [ClassRecall]

  /// Shared rows below which nothing is said of chance.
  public static let fewestRows = 20
  /// z below which agreement may be chance: one side, 5 %.
  public static let bar = 1.645

  /// Judges every rater, `[M]`.
  public static func all(of ratings: Ratings) -> [RaterQuality] {
    let (perRater, shared) = (ratings.perRater, ratings.sharedRows)
    var rows = [[(label: Int, rivals: [Int])]](repeating: [], count: ratings.raters)
    for row in shared {
      let counts = ratings.counts(row)
      for one in ratings[row] {
        let others = counts.map { ($0.label, $0.label == one.label ? $0.count - 1 : $0.count) }
        let most = others.map(\.1).max() ?? 0
        rows[one.rater].append((one.label, others.filter { $0.1 == most }.map(\.0)))
      }
    }
    var all = perRater.indices.map {
      RaterQuality(rows[$0], ratings: perRater[$0], classes: ratings.classes)
    }
    markWeak(&all, classes: ratings.classes)
    return all
  }

  private init(_ rows: [(label: Int, rivals: [Int])], ratings: Int, classes: Int) {
    self.ratings = ratings
    shared = rows.count
    perClass = [ClassRecall](repeating: ClassRecall(rows: 0, hits: 0), count: classes)
    guard !rows.isEmpty else { return }
    let n = Double(rows.count)
    var (given, votes) = (
      [Double](repeating: 0, count: classes), [Double](repeating: 0, count: classes)
    )
    var hits = 0.0
    for (label, rivals) in rows {
      given[label] += 1 / n
      for rival in rivals { votes[rival] += 1 / Double(rivals.count) / n }
      if rivals.contains(label) { hits += 1 / Double(rivals.count) }
      if rivals.count == 1 {
        perClass[rivals[0]].rows += 1
        if rivals[0] == label { perClass[label].hits += 1 }
      }
    }
    var sums = VoteSums(classes: classes)
    var one = [Double](repeating: 0, count: classes)
    for (label, rivals) in rows {
      for rival in rivals { one[rival] = 1 / Double(rivals.count) }
      one.withUnsafeBufferPointer { sums.add($0, label: label, shares: given) }
      for rival in rivals { one[rival] = 0 }
    }
    let expected = zip(given, votes).reduce(0) { $0 + $1.0 * $1.1 }
    agreement = hits / n
    chance = expected
    kappa = expected > 1 - 1e-12 ? nil : (hits / n - expected) / (1 - expected)
    z = sums.z
    let others = votes.count { $0 > 1e-12 }
    if rows.count >= Self.fewestRows, others > 1 { isNoBetterThanChance = (z ?? 0) < Self.bar }
  }

  /// Marks classes of which a rater recalls so few that chance would do it once in 100 such tables: P(X ≤ hits) under the recall
  /// of the other raters together, a hit and a miss more of these, times the number of raters and classes compared.
  private static func markWeak(_ all: inout [RaterQuality], classes: Int) {
    var compared: [(rater: Int, label: Int, p: Double)] = []
    for label in 0..<classes {
      let rows = all.reduce(0) { $0 + $1.perClass[label].rows }
      let hits = all.reduce(0) { $0 + $1.perClass[label].hits }
      for (rater, one) in all.enumerated() where one.perClass[label].rows > 0 {
        let own = one.perClass[label]
        guard rows > own.rows else { continue }
        let share = Double(hits - own.hits + 1) / Double(rows - own.rows + 2)
        compared.append(
          (rater, label, Binomial(trials: own.rows, probability: share).atMost(own.hits)))
      }
    }
    for one in compared where one.p * Double(compared.count) < 0.01 {
      all[one.rater].perClass[one.label].isWeak = true
    }
  }
}
