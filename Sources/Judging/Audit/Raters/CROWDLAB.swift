/// CROWDLAB: the classes of raters and the probabilities of a model, weighted by how far each can be trusted.
///
/// With Y_i the consensus of row i, n_i its ratings, `S` the rows of two ratings or more, P = mean over S of the share of ratings
/// that are Y_i, and E the share of S that is not of its most frequent consensus: rater j is trusted with
/// w_j = max(1 − (1 − a_j) / E, ε), a_j = Σ_i (ratings of i by others equal to j's) / Σ_i (n_i − 1) over the rows of j, and the
/// model with w_M = max(1 − e_M / E, ε) √(mean n_i), e_M the share of S in which its most probable class is not Y_i. The
/// probability of class k for row i is
/// (w_M p_ik + Σ_j w_j (l_ij = k ? P : (1 − P) / (C − 1))) / (w_M + Σ_j w_j),
/// over the raters j of i. Y_i is at first the majority vote; the class that is then most probable (of equals that of the
/// vote) is the consensus, from which all is computed once more. The quality of a label is its probability; that of rater j is
/// w q_j + (1 − w) A_j, q_j the mean quality of the labels of j, A_j the share of its labels in S that are the consensus, and
/// w = w_M / (w_M + Σ_j w_j · mean n_i / M).
///
/// Departs from cleanlab: a tie of votes between classes of exactly equal probability is decided as ``MajorityVote`` says.
///
/// Source: Goh, Tkachenko and Mueller, "CROWDLAB: Supervised learning to infer consensus labels and quality scores for data with
/// multiple annotators", arXiv 2210.06812, 2022.
public struct CROWDLAB: Sendable, Equatable {
  /// The consensus of each row, `[N]`.
  public let labels: [Int]
  /// Probability of each class for each row, `[N, C]` flat.
  public let posterior: [Double]
  /// w_M.
  public let modelWeight: Double
  /// w_j, `[M]`.
  public let raterWeights: [Double]
  /// Quality of each rater, `[M]`; nil for one who shares no row with another.
  public let raterQuality: [Double?]

  /// The smallest weight, and the smallest E.
  private static let least = 1e-6

  /// Puts ratings and probabilities together; nil where no row has two ratings.
  ///
  /// - Parameters:
  ///   - ratings: of rows that the model has probabilities of, all of them.
  ///   - values: the probabilities, `[N, C]` flat.
  public init?(_ ratings: Ratings, _ values: [Double]) {
    let model = RatedProbabilities(
      rows: Array(0..<ratings.count), values: values, classes: ratings.classes)
    let shared = ratings.sharedRows
    guard !shared.isEmpty else { return nil }
    let vote = MajorityVote(ratings, model: model).labels
    let first = Round(ratings, model, shared, consensus: vote)
    let labels = vote.enumerated().map { row, voted in
      let own = first.posterior[row * ratings.classes..<(row + 1) * ratings.classes]
      let best = largest(own)
      return own[own.startIndex + voted] == own[own.startIndex + best] ? voted : best
    }
    let last = Round(ratings, model, shared, consensus: labels)
    (self.labels, posterior) = (labels, last.posterior)
    (modelWeight, raterWeights) = (last.modelWeight, last.raterWeights)
    raterQuality = last.quality(ratings, shared, labels)
  }

  /// What follows from one consensus.
  private struct Round {
    var posterior: [Double]
    var modelWeight: Double
    var raterWeights: [Double]
    var meanCount: Double

    init(_ ratings: Ratings, _ model: RatedProbabilities, _ shared: [Int], consensus: [Int]) {
      let (classes, count) = (ratings.classes, Double(shared.count))
      meanCount = Double(ratings.all.count) / Double(ratings.count)
      let agreeing = shared.reduce(0.0) { sum, row in
        let same = ratings[row].count { $0.label == consensus[row] }
        return sum + Double(same) / Double(ratings[row].count)
      }
      let right = agreeing / count
      let wrong = (1 - right) / Double(classes - 1)
      var members = [Int](repeating: 0, count: classes)
      for row in shared { members[consensus[row]] += 1 }
      let chance = max(1 - Double(members.max() ?? 0) / count, CROWDLAB.least)
      let weights = Self.agreement(ratings, shared).map {
        max(1 - (1 - $0) / chance, CROWDLAB.least)
      }
      let errors = Double(shared.count { model.predicted($0) != consensus[$0] }) / count
      let modelWeight = max(1 - errors / chance, CROWDLAB.least) * meanCount.squareRoot()
      posterior = model.values
      for row in 0..<ratings.count {
        let total = ratings[row].reduce(modelWeight) { $0 + weights[$1.rater] }
        for label in 0..<classes {
          let sum = ratings[row].reduce(model.values[row * classes + label] * modelWeight) {
            $0 + weights[$1.rater] * ($1.label == label ? right : wrong)
          }
          posterior[row * classes + label] = sum / total
        }
      }
      (self.modelWeight, raterWeights) = (modelWeight, weights)
    }

    /// a_j, `[M]`; the mean of the others for one who shares no row.
    private static func agreement(_ ratings: Ratings, _ shared: [Int]) -> [Double] {
      var (same, all) = (ratings.perRater.map { _ in 0 }, ratings.perRater.map { _ in 0 })
      for row in shared {
        for one in ratings[row] {
          same[one.rater] += ratings[row].count { $0.label == one.label } - 1
          all[one.rater] += ratings[row].count - 1
        }
      }
      let known = all.indices.filter { all[$0] > 0 }.map { Double(same[$0]) / Double(all[$0]) }
      let mean = known.reduce(0, +) / Double(known.count)
      return all.indices.map { all[$0] == 0 ? mean : Double(same[$0]) / Double(all[$0]) }
    }

    /// Quality of each rater, `[M]`. Who has rated none of the rows does not count among the M.
    func quality(_ ratings: Ratings, _ shared: [Int], _ labels: [Int]) -> [Double?] {
      let perRater = ratings.perRater
      var sums = [Double](repeating: 0, count: ratings.raters)
      for row in 0..<ratings.count {
        for one in ratings[row] { sums[one.rater] += posterior[row * ratings.classes + one.label] }
      }
      var (same, all) = (perRater.map { _ in 0 }, perRater.map { _ in 0 })
      for row in shared {
        for one in ratings[row] {
          all[one.rater] += 1
          if one.label == labels[row] { same[one.rater] += 1 }
        }
      }
      let active = perRater.indices.filter { perRater[$0] > 0 }
      let trust = active.reduce(0) { $0 + raterWeights[$1] } * meanCount / Double(active.count)
      let share = modelWeight / (modelWeight + trust)
      return perRater.indices.map { rater in
        guard all[rater] > 0 else { return nil }
        return share * sums[rater] / Double(perRater[rater])
          + (1 - share) * Double(same[rater]) / Double(all[rater])
      }
    }
  }
}
