import Audit
import Randomness
import TestSupport
import Testing
import Uncertainty

/// Raters who all agree, who rate at random, in another order, and one who confuses the smallest class.
@Suite struct RaterLimitTests {
  private let quick = IntervalSettings(resamples: 200)

  private func table(_ ratings: Ratings) -> RatingTable {
    RatingTable(
      ratings, paths: (0..<ratings.count).map { "\($0).png" },
      raters: (0..<ratings.raters).map { "r\($0)" },
      classes: (0..<ratings.classes).map { "c\($0)" })
  }

  @Test func allAgree() throws {
    let ratings = Ratings((0..<60).map { [Int?](repeating: $0 % 3, count: 4) }, classes: 3)
    let found = try #require(RaterAgreement(ratings, ordered: true, quick))
    for estimate in [found.pairs, found.fleissKappa, found.nominalAlpha, found.ordinalAlpha] {
      let value = try #require(estimate?.value)
      #expect(close(value, 1, relative: 1e-12))
      // All resamples are alike, which shows no certainty.
      #expect(estimate?.interval == nil)
    }
    for pair in RaterPair.all(of: ratings, ordered: true) {
      #expect(pair.kappa == 1 && pair.quadraticKappa == 1 && pair.agreement == 1)
    }
    for rater in RaterQuality.all(of: ratings) {
      #expect(close(rater.agreement ?? 0, 1) && close(rater.kappa ?? 0, 1))
      #expect(rater.isNoBetterThanChance == false && rater.perClass.allSatisfy { !$0.isWeak })
      #expect(rater.perClass.map(\.rows) == [20, 20, 20])
    }
    let audit = try RaterAudit(table(ratings))
    #expect(audit.consensus == (0..<60).map { $0 % 3 } && audit.findings.isEmpty)
    #expect((0..<60).allSatisfy { audit.quality($0) > 0.99 })
  }

  @Test func allAtRandom() throws {
    var source = RandomKey(seed: 3).source
    let ratings = Ratings(
      (0..<2000).map { _ in (0..<4).map { _ in source.below(3) } }, classes: 3)
    let found = try #require(RaterAgreement(ratings, ordered: true, quick))
    // The standard error of kappa is about 1 / √(12,000 pairs · 2): .0065.
    for estimate in [found.fleissKappa, found.nominalAlpha, found.ordinalAlpha] {
      let value = try #require(estimate?.value)
      #expect(abs(value) < 0.04, "\(value)")
    }
    #expect(abs((found.pairs.value ?? 0) - 1 / 3) < 0.03)
    for rater in RaterQuality.all(of: ratings) { #expect(abs(rater.kappa ?? 1) < 0.08) }
  }

  /// A rater who says one class of everything is no better than chance, however frequent the class.
  @Test func theOneWhoAlwaysSaysTheSame() throws {
    var source = RandomKey(seed: 4).source
    let ratings = Ratings(
      (0..<300).map { row in
        let truth = row % 10 == 0 ? 1 : 0
        let others = (0..<3).map { _ in source.uniform() < 0.9 ? truth : 1 - truth }
        return others + [0]
      }, classes: 2)
    let raters = RaterQuality.all(of: ratings)
    #expect(raters.map(\.isNoBetterThanChance) == [false, false, false, true])
    #expect((raters[3].agreement ?? 0) > 0.85 && abs(raters[3].kappa ?? 1) < 1e-9)
    #expect(raters[3].z == nil && raters[3].perClass[1].isWeak)
    // With too few rows nothing is said.
    let few = RaterQuality.all(of: ratings.keeping(Array(0..<19)))
    #expect(few.allSatisfy { $0.isNoBetterThanChance == nil })
  }

  @Test func oneRaterCannotBeCompared() {
    let ratings = Ratings((0..<30).map { [$0 % 2] }, classes: 2)
    #expect(RaterAgreement(ratings, quick) == nil)
    #expect(RaterPair.all(of: ratings).isEmpty)
    #expect(CROWDLAB(ratings, (0..<60).map { _ in 0.5 }) == nil)
    let rater = RaterQuality.all(of: ratings)[0]
    #expect(rater.shared == 0 && rater.agreement == nil && rater.isNoBetterThanChance == nil)
    #expect(MajorityVote(ratings).labels == (0..<30).map { $0 % 2 })
  }

  /// All ratings of one class: agreement beyond chance is not defined.
  @Test func oneClass() throws {
    let found = try #require(
      RaterAgreement(Ratings((0..<9).map { _ in [1, 1] }, classes: 2), quick))
    #expect(found.pairs.value == 1)
    #expect(found.fleissKappa.value == nil && found.nominalAlpha.value == nil)
  }

  /// Names and places of raters change nothing.
  @Test func theOrderOfRatersDoesNotMatter() throws {
    let world = PlantedRaters(seed: 6)
    let rows = (0..<400).map { $0 * 4 + 300 }.filter { $0 < world.truth.count } + [1900, 1910]
    let matrix = rows.map { row in
      (0..<5).map { rater -> Int? in
        (row + rater) % 3 == 0 ? nil : world.ratings[row].first { $0.rater == rater }?.label
      }
    }
    let order = [3, 0, 4, 2, 1]
    let one = try RaterAudit(table(Ratings(matrix, classes: 4)))
    let other = try RaterAudit(
      table(Ratings(matrix.map { row in order.map { row[$0] } }, classes: 4)))
    #expect(one.vote == other.vote && one.consensus == other.consensus)
    #expect(
      difference(one.posterior, other.posterior, relative: 0, absolute: 1e-6) == nil)
    #expect(one.agreement == other.agreement)
    for (place, rater) in order.enumerated() {
      #expect(close(other.raters[place].kappa ?? 0, one.raters[rater].kappa ?? 1, relative: 1e-9))
      #expect(other.raters[place].perClass == one.raters[rater].perClass)
    }
    #expect(one.findings == other.findings)
  }

  /// The rater who confuses the smallest class is found, and the model of raters recovers that class better than votes do, by F1: at
  /// about the same recall it gives the class to fewer rows of others.
  @Test func thePlantedRaterIsFound() throws {
    var (wins, votes, models) = (0, 0.0, 0.0)
    for seed in UInt64(1)...10 {
      let world = PlantedRaters(seed: seed)
      let vote = MajorityVote(world.ratings)
      let fit = DawidSkene(world.ratings)
      let labels = fit.labels(vote)
      let diagonals = (0..<5).map { fit.confusion(of: $0, true: 3, given: 3) }
      #expect(diagonals[4] < 0.5 && diagonals[4] == diagonals.min(), "\(seed): \(diagonals)")
      #expect(fit.confusion(of: 4, true: 3, given: 2) > 0.4, "\(seed)")
      let raters = RaterQuality.all(of: world.ratings)
      #expect(raters[4].perClass[3].isWeak, "\(seed): \(raters[4].perClass[3])")
      #expect(raters.allSatisfy { $0.isNoBetterThanChance == false }, "\(seed)")
      if world.f1(labels, of: 3) > world.f1(vote.labels, of: 3) { wins += 1 }
      votes += world.recall(vote.labels, of: 3) / 10
      models += world.recall(labels, of: 3) / 10
    }
    #expect(wins >= 7, "\(wins)")
    #expect(models >= votes - 0.05, "\(models) \(votes)")
  }

  /// Where nobody is worse, hardly anybody is named.
  @Test func goodRatersAreNotNamed() {
    var named = 0
    for seed in UInt64(1)...5 {
      let raters = RaterQuality.all(of: PlantedRaters(seed: seed, isPlanted: false).ratings)
      named += raters.reduce(0) { $0 + $1.perClass.count { $0.isWeak } }
      #expect(raters.allSatisfy { $0.isNoBetterThanChance == false })
    }
    #expect(named <= 2, "\(named)")
  }

  /// The prior keeps a rater of one rating from certainty.
  @Test func fewRatingsAreNoCertainty() {
    var rows: [[Int?]] = (0..<50).map { [$0 % 2, $0 % 2, nil] }
    rows[0] = [0, 0, 1]
    let fit = DawidSkene(Ratings(rows, classes: 2))
    let right = fit.confusion(of: 2, true: 0, given: 0)
    // 1.4 of 2 ratings beforehand, and a wrong one: 1.4 / 3.
    #expect(close(right, 1.4 / 3, relative: 0.01), "\(right)")
    #expect(fit.posterior[0] > 0.95)
  }
}
