import Uncertainty

/// What several raters' labels come to: a consensus of each row with its probability, the raters' quality, and the rows that a
/// person should look at.
///
/// A row is looked at where raters differ, or the model or the label so far differs from the consensus. Rows are ranked within the
/// class of the label so far (of the consensus, where there is none), the least probable label first. No correction of the last
/// rows of a class is offered.
public struct RaterAudit: Sendable {
  /// How a consensus is made.
  public enum Method: String, Sendable, Codable, CaseIterable {
    /// Most votes.
    case majority
    /// Dawid and Skene's model of raters.
    case dawidSkene = "dawid-skene"
    /// Raters and a model together.
    case crowdlab
  }

  /// What was rated, by whom.
  public let table: RatingTable
  /// What a model says of the rows; nil where there is none.
  public let model: RatedProbabilities?
  /// How the consensus was asked to be made.
  public let method: Method
  /// How it was made of each row, `[N]`: a row that the model does not know has no CROWDLAB.
  public let methods: [Method]
  /// Consensus of each row, `[N]`.
  public let consensus: [Int]
  /// Probability of each class for each row, `[N, C]` flat; by majority the share of votes.
  public let posterior: [Double]
  /// The votes.
  public let vote: MajorityVote
  /// Dawid and Skene's fit.
  public let dawidSkene: DawidSkene
  /// CROWDLAB of the rows that the model knows; nil without a model.
  public let crowdlab: CROWDLAB?
  /// Agreement of all.
  public let agreement: RaterAgreement?
  /// Agreement of two.
  public let pairs: [RaterPair]
  /// Quality of each rater, `[M]`.
  public let raters: [RaterQuality]
  /// How many examples of a class stay at least.
  public let kept: Int
  /// Rows to look at, by class and rank.
  public let findings: [LabelFindings.Finding]
  /// Rows whose label stays what it is, though the consensus is another, for they are the last of their class.
  public let held: Set<Int>

  /// Audits ratings.
  ///
  /// - Parameters:
  ///   - table: what was rated, by whom.
  ///   - model: what a model says of the rows; nil where there is none.
  ///   - method: how the consensus is made; nil is CROWDLAB where there is a model, else Dawid and Skene.
  ///   - ordered: whether the order of the classes means something.
  ///   - kept: how many examples of a class stay at least.
  ///   - threads: threads to compute on, at least 1.
  /// - Throws: ``RatingError/tooLarge(raters:classes:)``.
  public init(
    _ table: RatingTable, model: RatedProbabilities? = nil, by method: Method? = nil,
    ordered: Bool = false, keeping kept: Int = 1, threads: Int = 1
  ) throws(RatingError) {
    let ratings = table.ratings
    let classes = ratings.classes
    guard ratings.raters <= (1 << 27) / (classes * classes) else {
      throw .tooLarge(raters: ratings.raters, classes: classes)
    }
    vote = MajorityVote(ratings, model: model)
    dawidSkene = DawidSkene(ratings)
    crowdlab = model.flatMap { CROWDLAB(ratings.keeping($0.rows), $0.values) }
    agreement = RaterAgreement(
      ratings, ordered: ordered, IntervalSettings(resamples: 1000, threads: threads))
    pairs = RaterPair.all(of: ratings, ordered: ordered)
    raters = RaterQuality.all(of: ratings)
    (self.table, self.model, self.kept) = (table, model, kept)
    self.method = method ?? (crowdlab == nil ? .dawidSkene : .crowdlab)
    var (consensus, posterior) = (dawidSkene.labels(vote), dawidSkene.posterior)
    var methods = [Method](repeating: .dawidSkene, count: ratings.count)
    switch self.method {
    case .dawidSkene: break
    case .majority:
      methods = [Method](repeating: .majority, count: ratings.count)
      consensus = vote.labels
      posterior = Self.shares(ratings)
    case .crowdlab:
      for (place, row) in (crowdlab == nil ? [] : model?.rows ?? []).enumerated() {
        guard let crowdlab else { break }
        methods[row] = .crowdlab
        consensus[row] = crowdlab.labels[place]
        for label in 0..<classes {
          posterior[row * classes + label] = crowdlab.posterior[place * classes + label]
        }
      }
    }
    (self.consensus, self.posterior, self.methods) = (consensus, posterior, methods)
    (findings, held) = Self.findings(table, model, consensus, posterior, keeping: kept)
  }

  /// Share of the votes of each row that each class has, `[N, C]` flat.
  private static func shares(_ ratings: Ratings) -> [Double] {
    var shares = [Double](repeating: 0, count: ratings.count * ratings.classes)
    for row in 0..<ratings.count {
      for one in ratings.counts(row) {
        shares[row * ratings.classes + one.label] =
          Double(one.count) / Double(ratings[row].count)
      }
    }
    return shares
  }

  private static func findings(
    _ table: RatingTable, _ model: RatedProbabilities?, _ consensus: [Int], _ posterior: [Double],
    keeping kept: Int
  ) -> ([LabelFindings.Finding], Set<Int>) {
    let classes = table.classes.count
    var predicted: [Int: Int] = [:]
    for (place, row) in (model?.rows ?? []).enumerated() {
      predicted[row] = model?.predicted(place)
    }
    let labels = consensus.indices.map { table.given[$0] ?? consensus[$0] }
    var (members, counts) = (
      [[Int]](repeating: [], count: classes), [Int](repeating: 0, count: classes)
    )
    for (row, label) in labels.enumerated() {
      counts[label] += 1
      if table.ratings.counts(row).count > 1 || label != consensus[row]
        || predicted[row] ?? consensus[row] != consensus[row]
      {
        members[label].append(row)
      }
    }
    var (findings, held): ([LabelFindings.Finding], Set<Int>) = ([], [])
    for label in 0..<classes {
      let room = max(0, counts[label] - kept)
      let order = members[label].sorted {
        let (a, b) = (posterior[$0 * classes + label], posterior[$1 * classes + label])
        return a == b ? $0 < $1 : a < b
      }
      findings += order.enumerated().map {
        LabelFindings.Finding(row: $1, rank: $0 + 1, isLast: $0 >= room)
      }
      held.formUnion(order.filter { consensus[$0] != label }.dropFirst(room))
    }
    return (findings, held)
  }
}
