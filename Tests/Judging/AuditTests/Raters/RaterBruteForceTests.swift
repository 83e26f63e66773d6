import Audit
import Randomness
import TestSupport
import Testing
import Uncertainty

/// Agreement by going through all pairs of ratings, and quality by going through all orders of a rater's ratings.
@Suite struct RaterBruteForceTests {
  /// A few rows of raters who are often right, with gaps; every row has a rating.
  private func matrix(_ seed: UInt64, rows: Int, raters: Int, classes: Int) -> [[Int?]] {
    var source = RandomKey(seed: seed).folding("pairs").source
    return (0..<rows).map { _ in
      let truth = source.below(classes)
      var row = (0..<raters).map { _ -> Int? in
        if source.below(4) == 0 { return nil }
        return source.below(3) == 0 ? source.below(classes) : truth
      }
      if row.allSatisfy({ $0 == nil }) { row[source.below(raters)] = truth }
      return row
    }
  }

  /// 1 − observed / expected disagreement: each pair within a row counts 1 / (m − 1), and every pair of all ratings is expected.
  private func alpha(_ rows: [[Int]], _ delta: (Int, Int) -> Double) -> Double {
    let all = rows.flatMap(\.self)
    var (observed, expected) = (0.0, 0.0)
    for row in rows {
      for a in row.indices {
        for b in row.indices where a != b {
          observed += delta(row[a], row[b]) / Double(row.count - 1)
        }
      }
    }
    for a in all.indices { for b in all.indices where a != b { expected += delta(all[a], all[b]) } }
    let n = Double(all.count)
    return 1 - observed / n / (expected / (n * (n - 1)))
  }

  @Test(arguments: UInt64(1)...12) func alphaIsOfAllPairs(seed: UInt64) throws {
    let classes = 2 + Int(seed % 4)
    let matrix = matrix(seed, rows: 9, raters: 4, classes: classes)
    let rows = matrix.map { $0.compactMap { $0 } }.filter { $0.count > 1 }
    let found = try #require(
      RaterAgreement(
        Ratings(matrix, classes: classes), ordered: true, IntervalSettings(resamples: 200)))
    var counts = [Double](repeating: 0, count: classes)
    for label in rows.flatMap(\.self) { counts[label] += 1 }
    #expect(found.rows == rows.count && found.ratings == rows.map(\.count).reduce(0, +))
    guard counts.count(where: { $0 > 0 }) > 1 else { return }
    let nominal = alpha(rows) { $0 == $1 ? 0 : 1 }
    let ordinal = alpha(rows) { a, b in
      guard a != b else { return 0 }
      let (low, high) = (min(a, b), max(a, b))
      let between = (low...high).reduce(0.0) { $0 + counts[$1] } - (counts[a] + counts[b]) / 2
      return between * between
    }
    #expect(close(found.nominalAlpha.value ?? .nan, nominal, relative: 1e-9, absolute: 1e-11))
    #expect(
      close(found.ordinalAlpha?.value ?? .nan, ordinal, relative: 1e-9, absolute: 1e-11))
    // The share of agreeing pairs, and Fleiss' kappa by its means.
    var (same, pairs, mean) = (0, 0, 0.0)
    for row in rows {
      var own = 0
      for a in row.indices { for b in row.indices where a != b && row[a] == row[b] { own += 1 } }
      same += own
      pairs += row.count * (row.count - 1)
      mean += Double(own) / Double(row.count * (row.count - 1)) / Double(rows.count)
    }
    #expect(close(found.pairs.value ?? .nan, Double(same) / Double(pairs), relative: 1e-12))
    let all = counts.reduce(0, +)
    let chance = counts.reduce(0.0) { $0 + $1 / all * ($1 / all) }
    #expect(
      close(
        found.fleissKappa.value ?? .nan, (mean - chance) / (1 - chance), relative: 1e-9,
        absolute: 1e-11))
  }

  /// Of ordered classes the order counts, but not which end is first; with two classes there is no order.
  @Test(arguments: UInt64(1)...6) func theOrderOfClasses(seed: UInt64) throws {
    for classes in [2, 4] {
      let matrix = matrix(seed, rows: 30, raters: 4, classes: classes)
      let turned = matrix.map { $0.map { $0.map { classes - 1 - $0 } } }
      let settings = IntervalSettings(resamples: 200)
      let one = try #require(
        RaterAgreement(Ratings(matrix, classes: classes), ordered: true, settings))
      let two = try #require(
        RaterAgreement(Ratings(turned, classes: classes), ordered: true, settings))
      let (a, b) = (one.ordinalAlpha?.value ?? .nan, two.ordinalAlpha?.value ?? .nan)
      #expect(close(a, b, relative: 1e-9, absolute: 1e-11))
      if classes == 2 {
        #expect(close(a, one.nominalAlpha.value ?? .nan, relative: 1e-9, absolute: 1e-11))
      }
      for (p, q) in zip(
        RaterPair.all(of: Ratings(matrix, classes: classes), least: 1, ordered: true),
        RaterPair.all(of: Ratings(turned, classes: classes), least: 1, ordered: true))
      {
        #expect(
          close(
            p.quadraticKappa ?? -9, q.quadraticKappa ?? -9, relative: 1e-9, absolute: 1e-11))
      }
    }
  }

  /// All orders of some items.
  private func orders(_ items: [Int]) -> [[Int]] {
    guard items.count > 1 else { return [items] }
    return items.indices.flatMap { place -> [[Int]] in
      var rest = items
      let first = rest.remove(at: place)
      return orders(rest).map { [first] + $0 }
    }
  }

  /// Agreement with the others' majority, its mean over all orders of the rater's ratings, and its distance from that mean in
  /// standard deviations.
  @Test(arguments: UInt64(1)...8) func qualityIsOfAllOrders(seed: UInt64) throws {
    let matrix = matrix(seed, rows: 6, raters: 4, classes: 3)
    let all = RaterQuality.all(of: Ratings(matrix, classes: 3))
    for (rater, found) in all.enumerated() {
      let own = matrix.filter { row in
        row[rater] != nil && row.count { $0 != nil } > 1
      }
      #expect(found.shared == own.count && found.ratings == matrix.count { $0[rater] != nil })
      guard !own.isEmpty else {
        #expect(found.agreement == nil && found.z == nil)
        continue
      }
      // Of each row the classes that most of the others gave, each with its part of one vote.
      let votes = own.map { row -> [Double] in
        var counts = [Double](repeating: 0, count: 3)
        for (other, label) in row.enumerated() where other != rater {
          if let label { counts[label] += 1 }
        }
        let most = counts.max() ?? 0
        let rivals = counts.count { $0 == most }
        return counts.map { $0 == most ? 1 / Double(rivals) : 0 }
      }
      let labels = own.compactMap { $0[rater] }
      let score = { (order: [Int]) in
        order.enumerated().reduce(0.0) { $0 + votes[$1.offset][labels[$1.element]] }
          / Double(labels.count)
      }
      let scores = orders(Array(labels.indices)).map(score)
      let mean = scores.reduce(0, +) / Double(scores.count)
      let variance =
        scores.reduce(0.0) { $0 + ($1 - mean) * ($1 - mean) } / Double(scores.count)
      let agreement = score(Array(labels.indices))
      #expect(close(found.agreement ?? .nan, agreement, relative: 1e-9, absolute: 1e-12))
      #expect(close(found.chance ?? .nan, mean, relative: 1e-9, absolute: 1e-12))
      if mean < 1 - 1e-9 {
        #expect(
          close(
            found.kappa ?? .nan, (agreement - mean) / (1 - mean), relative: 1e-8, absolute: 1e-10))
      }
      if variance > 1e-9 {
        #expect(
          close(
            found.z ?? .nan, (agreement - mean) / variance.squareRoot(), relative: 1e-6,
            absolute: 1e-8))
      } else {
        #expect(found.z == nil)
      }
      #expect(found.isNoBetterThanChance == nil)
    }
  }

  /// Classes by other names, and rows in another order: Dawid and Skene's and CROWDLAB's answers go with them.
  @Test(arguments: UInt64(1)...4) func modelsGoWithTheirNames(seed: UInt64) throws {
    let (rows, classes) = (40, 3)
    let matrix = matrix(seed, rows: rows, raters: 5, classes: classes)
    var source = RandomKey(seed: seed).source
    let (order, to) = (source.shuffle(rows), source.shuffle(classes))
    let turned = order.map { row in matrix[row].map { $0.map { to[$0] } } }
    let (one, two) = (
      DawidSkene(Ratings(matrix, classes: classes)), DawidSkene(Ratings(turned, classes: classes))
    )
    for (place, row) in order.enumerated() {
      var sum = 0.0
      for k in 0..<classes {
        let p = two.posterior[place * classes + to[k]]
        #expect(close(one.posterior[row * classes + k], p, relative: 0, absolute: 1e-4))
        sum += p
      }
      #expect(close(sum, 1, relative: 1e-12))
    }
    #expect(close(one.prior.reduce(0, +), 1, relative: 1e-12))
    for rater in 0..<5 {
      for truth in 0..<classes {
        let sum = (0..<classes).reduce(0.0) {
          $0 + one.confusion(of: rater, true: truth, given: $1)
        }
        #expect(close(sum, 1, relative: 1e-12))
      }
    }
    var values: [Double] = []
    for row in 0..<rows {
      let seen = matrix[row].compactMap { $0 }.first ?? 0
      let parts = (0..<classes).map { ($0 == seen ? 2.0 : 0.5) + source.uniform() }
      let sum = parts.reduce(0, +)
      values += parts.map { $0 / sum }
    }
    var others = values
    for (place, row) in order.enumerated() {
      for k in 0..<classes { others[place * classes + to[k]] = values[row * classes + k] }
    }
    let (a, b) = (
      try #require(CROWDLAB(Ratings(matrix, classes: classes), values)),
      try #require(CROWDLAB(Ratings(turned, classes: classes), others))
    )
    for (place, row) in order.enumerated() {
      let own = (0..<classes).map { a.posterior[row * classes + $0] }
      #expect(close(own.reduce(0, +), 1, relative: 1e-9))
      #expect(to[a.labels[row]] == b.labels[place])
      for k in 0..<classes {
        #expect(
          close(own[k], b.posterior[place * classes + to[k]], relative: 1e-8, absolute: 1e-10))
      }
    }
    #expect(difference(a.raterWeights, b.raterWeights, relative: 1e-8) == nil)
    #expect(close(a.modelWeight, b.modelWeight, relative: 1e-8))
    for quality in a.raterQuality {
      if let quality { #expect(quality >= 0 && quality <= 1 + 1e-12) }
    }
  }
}
