import Audit
import Evaluation
import Randomness
import TestSupport
import Testing
import Uncertainty

/// Votes, agreement and pairs of raters against plain counting.
@Suite struct RaterCountingTests {
  private func ratings(_ seed: UInt64, rows: Int = 40) -> Ratings {
    var random = RandomKey(seed: seed).folding("raters").source
    let matrix = (0..<rows).map { _ -> [Int?] in
      let truth = random.below(3)
      var row = (0..<4).map { _ -> Int? in
        random.below(4) == 0 ? nil : random.below(3) == 0 ? random.below(3) : truth
      }
      if row.allSatisfy({ $0 == nil }) { row[0] = truth }
      return row
    }
    return Ratings(matrix, classes: 3)
  }

  /// Cohen's kappa of a pair is that of the confusion matrix of their common rows, which counts in integers.
  @Test(arguments: 1...10) func kappaOfAPairIsThatOfItsConfusionMatrix(seed: UInt64) {
    let ratings = ratings(seed)
    let pairs = RaterPair.all(of: ratings, least: 1, ordered: true)
    #expect(pairs.count == 6)
    for pair in pairs {
      var confusion = ConfusionMatrix(classes: 3)
      for row in 0..<ratings.count {
        let labels = [pair.raters.first, pair.raters.second].map { rater in
          ratings[row].first { $0.rater == rater }?.label
        }
        if let a = labels[0], let b = labels[1] { confusion.add(truth: a, predicted: b) }
      }
      #expect(pair.rows == confusion.total)
      #expect(close(pair.agreement, confusion.accuracy ?? .nan, relative: 1e-12))
      #expect(
        close(pair.kappa ?? -9, confusion.cohenKappa() ?? -9, relative: 1e-9, absolute: 1e-12))
      #expect(
        close(
          pair.quadraticKappa ?? -9, confusion.cohenKappa(.quadratic) ?? -9, relative: 1e-9,
          absolute: 1e-12))
    }
  }

  @Test func pairsOfFewCommonRowsAreLeftOut() {
    let ratings = ratings(3)
    let all = RaterPair.all(of: ratings, least: 1)
    for least in [5, 20, 25, 40] {
      let kept = RaterPair.all(of: ratings, least: least)
      #expect(kept == all.filter { $0.rows >= least })
      #expect(kept.allSatisfy { $0.quadraticKappa == nil })
    }
  }

  /// What most say is the consensus, and only a tie asks for more.
  @Test(arguments: 1...10) func theMajorityIsTheMajority(seed: UInt64) {
    let ratings = ratings(seed)
    let vote = MajorityVote(ratings)
    for row in 0..<ratings.count {
      let labels = ratings[row].map(\.label)
      let counts = (0..<3).map { label in labels.count { $0 == label } }
      let most = counts.max() ?? 0
      let best = (0..<3).filter { counts[$0] == most }
      #expect(best.contains(vote.labels[row]))
      #expect((vote.decisions[row] == .votes) == (best.count == 1))
      #expect(vote.decisions[row] != .probability)
    }
  }

  /// Of equal votes the more probable class counts, where a model says which; rows without its word go on as before.
  @Test func aModelDecidesTies() {
    let ratings = Ratings([[0, 1], [0, 1], [2, 2]], classes: 3)
    let model = RatedProbabilities(
      rows: [0, 2], values: [0.25, 0.7, 0.05, 0.9, 0.05, 0.05], classes: 3)
    let vote = MajorityVote(ratings, model: model)
    #expect(vote.labels == [1, 0, 2])
    #expect(vote.decisions == [.probability, .order, .votes])
  }

  /// Names of classes and raters in another order are the same agreement.
  @Test(arguments: 1...5) func agreementHasNoOrder(seed: UInt64) throws {
    let ratings = ratings(seed)
    let settings = IntervalSettings(resamples: 20, threads: 1)
    let plain = try #require(RaterAgreement(ratings, settings))
    let (classes, raters) = ([2, 0, 1], [3, 1, 0, 2])
    let turned = Ratings(
      rows: (0..<ratings.count).map { row in
        ratings[row].map { .init(rater: raters[$0.rater], label: classes[$0.label]) }
      }, raters: 4, classes: 3)
    let other = try #require(RaterAgreement(turned, settings))
    #expect(plain.rows == other.rows && plain.ratings == other.ratings)
    for (a, b) in [
      (plain.pairs, other.pairs), (plain.fleissKappa, other.fleissKappa),
      (plain.nominalAlpha, other.nominalAlpha),
    ] {
      #expect(close(try #require(a.value), try #require(b.value), relative: 1e-9, absolute: 1e-12))
    }
    // Nobody can be compared where each row has one rating.
    #expect(RaterAgreement(Ratings([[0, nil], [nil, 1]], classes: 2), settings) == nil)
  }
}
