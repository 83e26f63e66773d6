/// The class that most raters of a row gave it.
///
/// A tie goes to the class that the model holds more probable, where it knows the row; else to the class whose raters agree more
/// often with the votes that are no ties (a mean over those who gave it; rows of one rating do not count, and a rater of no other
/// has the mean of the raters); else to the class that was given more often in all; else to the class that stands first.
public struct MajorityVote: Sendable, Equatable {
  /// What decided a row.
  public enum Decision: String, Sendable, Codable, CaseIterable {
    /// One class had more votes than any other.
    case votes
    /// The probabilities of the model.
    case probability
    /// How often those who gave a class agree with the others.
    case raterQuality = "rater-quality"
    /// How often a class was given in all.
    case frequency
    /// The order of the classes.
    case order
  }

  /// The class of each row, `[N]`.
  public let labels: [Int]
  /// What decided it, `[N]`.
  public let decisions: [Decision]

  /// Counts votes.
  ///
  /// - Parameters:
  ///   - ratings: the votes.
  ///   - model: probabilities of some rows; nil where there are none.
  public init(_ ratings: Ratings, model: RatedProbabilities? = nil) {
    let tied = (0..<ratings.count).map { row -> [Int] in
      let counts = ratings.counts(row)
      let most = counts.map(\.count).max() ?? 0
      return counts.filter { $0.count == most }.map(\.label)
    }
    let quality = Self.quality(ratings, tied)
    let frequency = ratings.perClass.map(Double.init)
    let places = Dictionary(
      (model?.rows ?? []).enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { $1 })
    var (labels, decisions): ([Int], [Decision]) = ([], [])
    for (row, classes) in tied.enumerated() {
      var (left, decision) = (classes, Decision.votes)
      func narrow(by kind: Decision, _ score: (Int) -> Double) {
        guard left.count > 1 else { return }
        let scores = left.map(score)
        let best = scores.max() ?? 0
        // Sums of the same terms in another order are equal too.
        left = zip(left, scores).filter { $0.1 >= best - 1e-12 }.map(\.0)
        decision = kind
      }
      if let model, let place = places[row] {
        narrow(by: .probability) { model.values[place * model.classes + $0] }
      }
      narrow(by: .raterQuality) { label in
        let own = ratings[row].filter { $0.label == label }.map { quality[$0.rater] }
        return own.reduce(0, +) / Double(own.count)
      }
      narrow(by: .frequency) { frequency[$0] }
      if left.count > 1 { decision = .order }
      labels.append(left[0])
      decisions.append(decision)
    }
    (self.labels, self.decisions) = (labels, decisions)
  }

  /// How often each rater agrees with the votes that are no ties, `[M]`.
  private static func quality(_ ratings: Ratings, _ tied: [[Int]]) -> [Double] {
    var (hits, counts) = (
      [Int](repeating: 0, count: ratings.raters), ratings.perRater.map { _ in 0 }
    )
    for row in 0..<ratings.count where tied[row].count == 1 && ratings[row].count > 1 {
      for one in ratings[row] {
        counts[one.rater] += 1
        if one.label == tied[row][0] { hits[one.rater] += 1 }
      }
    }
    let known = hits.indices.filter { counts[$0] > 0 }
    let shares = known.map { Double(hits[$0]) / Double(counts[$0]) }
    let mean = shares.isEmpty ? 0 : shares.reduce(0, +) / Double(shares.count)
    return hits.indices.map { counts[$0] == 0 ? mean : Double(hits[$0]) / Double(counts[$0]) }
  }
}
