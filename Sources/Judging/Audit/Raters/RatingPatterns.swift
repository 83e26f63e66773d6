/// Rows by how often each class was given to them: all that measures of agreement need, and few kinds where rows are many.
struct RatingPatterns: Sendable {
  private struct Pattern: Hashable, Sendable {
    var labels: [Int]
    var counts: [Int]
  }

  private let patterns: [Pattern]
  /// The kind of each row, `[rows]`.
  private let kinds: [Int]
  private let classes: Int

  /// - Parameter rows: rows with two ratings or more.
  init(_ ratings: Ratings, _ rows: [Int]) {
    var (places, patterns, kinds): ([Pattern: Int], [Pattern], [Int]) = ([:], [], [])
    for row in rows {
      let counts = ratings.counts(row)
      let pattern = Pattern(labels: counts.map(\.label), counts: counts.map(\.count))
      let place = places[pattern] ?? patterns.count
      if place == patterns.count {
        places[pattern] = place
        patterns.append(pattern)
      }
      kinds.append(place)
    }
    (self.patterns, self.kinds, classes) = (patterns, kinds, ratings.classes)
  }

  /// How often each kind counts, of how often each row does.
  func totals(_ weights: [Double]) -> [Double] {
    var totals = [Double](repeating: 0, count: patterns.count)
    for (row, kind) in kinds.enumerated() { totals[kind] += weights[row] }
    return totals
  }

  /// Share of agreeing pairs, Fleiss' kappa, nominal and, where classes are ordered, ordinal alpha; NaN where undefined.
  ///
  /// - Parameter totals: how often each kind counts.
  func values(_ totals: [Double], ordered: Bool) -> [Double] {
    var (rows, all, pairs, agreeing, mean) = (0.0, 0.0, 0.0, 0.0, 0.0)
    var margins = [Double](repeating: 0, count: classes)
    for (pattern, total) in zip(patterns, totals) where total > 0 {
      let m = pattern.counts.reduce(0, +)
      let same = pattern.counts.reduce(0) { $0 + $1 * ($1 - 1) }
      rows += total
      all += total * Double(m)
      pairs += total * Double(m * (m - 1))
      agreeing += total * Double(same)
      mean += total * Double(same) / Double(m * (m - 1))
      for (label, count) in zip(pattern.labels, pattern.counts) {
        margins[label] += total * Double(count)
      }
    }
    guard rows > 0 else { return [Double](repeating: .nan, count: ordered ? 4 : 3) }
    let chance = margins.reduce(0) { $0 + $1 / all * ($1 / all) }
    let isOneClass = margins.count { $0 > 0 } < 2
    let kappa = isOneClass ? .nan : (mean / rows - chance) / (1 - chance)
    return [agreeing / pairs, kappa, isOneClass ? .nan : nominal(totals, margins, all)]
      + (ordered ? [isOneClass ? .nan : ordinal(totals, margins, all)] : [])
  }

  private func nominal(_ totals: [Double], _ margins: [Double], _ all: Double) -> Double {
    let expected = margins.reduce(0) { $0 + $1 * (all - $1) }
    return 1 - (all - 1) * observed(totals) { $0 == $1 ? 0 : 1 } / expected
  }

  /// Middle ranks R_c, for δ_ck = |R_c − R_k|.
  private func ordinal(_ totals: [Double], _ margins: [Double], _ all: Double) -> Double {
    var (ranks, before) = ([Double](), -all / 2)
    for margin in margins {
      ranks.append(before + margin / 2)
      before += margin
    }
    var expected = 0.0
    for c in margins.indices where margins[c] > 0 {
      for k in 0..<c { expected += 2 * margins[c] * margins[k] * square(ranks[c] - ranks[k]) }
    }
    let distances = ranks
    return 1 - (all - 1) * observed(totals) { square(distances[$0] - distances[$1]) } / expected
  }

  /// Σ_i Σ_{c,k} n_ic n_ik δ²_ck / (m_i − 1).
  private func observed(_ totals: [Double], _ delta: (Int, Int) -> Double) -> Double {
    var sum = 0.0
    for (pattern, total) in zip(patterns, totals) where total > 0 && pattern.labels.count > 1 {
      let m = pattern.counts.reduce(0, +)
      var own = 0.0
      for a in pattern.labels.indices {
        for b in 0..<a {
          own +=
            2 * Double(pattern.counts[a] * pattern.counts[b])
            * delta(pattern.labels[a], pattern.labels[b])
        }
      }
      sum += total * own / Double(m - 1)
    }
    return sum
  }

  private func square(_ x: Double) -> Double { x * x }
}
