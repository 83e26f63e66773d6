/// How far two raters agree on the rows that both rated.
///
/// Cohen's kappa is 1 − Σ_i w(a_i, b_i) / E, with E the sum that is expected were the two raters' ratings independent,
/// Σ_{c,k} w(c, k) a_c b_k / n: w = 1 for c ≠ k, or (c − k)² for ordered classes.
///
/// Source: Cohen, "A coefficient of agreement for nominal scales", Educational and Psychological Measurement 20, 1960; "Weighted
/// kappa", Psychological Bulletin 70, 1968.
public struct RaterPair: Sendable, Equatable {
  /// The two, in rising order.
  public let raters: (first: Int, second: Int)
  /// Rows that both rated.
  public let rows: Int
  /// Share of them on which they agree.
  public let agreement: Double
  /// Cohen's kappa; nil where both gave one class only, the same.
  public let kappa: Double?
  /// Cohen's kappa with quadratic weights; nil as ``kappa``, and where classes are not ordered.
  public let quadraticKappa: Double?

  /// The most raters whose pairs are made.
  public static let mostRaters = 100

  /// Every pair with enough rows in common, by the raters' numbers; none with more than ``mostRaters`` raters.
  ///
  /// - Parameters:
  ///   - ratings: who gave what.
  ///   - least: rows that two raters must have in common, at least 1.
  ///   - ordered: whether the order of the classes means something.
  public static func all(of ratings: Ratings, least: Int = 20, ordered: Bool = false) -> [RaterPair]
  {
    guard ratings.raters <= mostRaters else { return [] }
    var common: [Int: [(Int, Int)]] = [:]
    for row in ratings.sharedRows {
      let own = ratings[row]
      for a in own {
        for b in own where a.rater < b.rater {
          common[a.rater * ratings.raters + b.rater, default: []].append((a.label, b.label))
        }
      }
    }
    return common.filter { $0.value.count >= least }.sorted { $0.key < $1.key }.map { key, labels in
      RaterPair(key / ratings.raters, key % ratings.raters, labels, ordered: ordered)
    }
  }

  private init(_ first: Int, _ second: Int, _ labels: [(Int, Int)], ordered: Bool) {
    raters = (first, second)
    rows = labels.count
    let n = Double(labels.count)
    var (ones, others): ([Int: Double], [Int: Double]) = ([:], [:])
    var (same, observed) = (0, 0)
    for (a, b) in labels {
      ones[a, default: 0] += 1
      others[b, default: 0] += 1
      if a == b { same += 1 }
      observed += (a - b) * (a - b)
    }
    agreement = Double(same) / n
    let isOneClass = ones.count == 1 && ones.keys == others.keys
    let equal = ones.keys.sorted().reduce(0.0) { $0 + (ones[$1] ?? 0) * (others[$1] ?? 0) }
    kappa = isOneClass ? nil : 1 - (n - Double(same)) / (n - equal / n)
    guard ordered, !isOneClass else {
      quadraticKappa = nil
      return
    }
    var expected = 0.0
    for a in ones.keys.sorted() {
      for b in others.keys.sorted() {
        expected += (ones[a] ?? 0) * (others[b] ?? 0) / n * Double((a - b) * (a - b))
      }
    }
    quadraticKappa = 1 - Double(observed) / expected
  }

  /// Whether all parts are equal.
  public static func == (a: RaterPair, b: RaterPair) -> Bool {
    a.raters == b.raters && a.rows == b.rows && a.agreement == b.agreement && a.kappa == b.kappa
      && a.quadraticKappa == b.quadraticKappa
  }
}
