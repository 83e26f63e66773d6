/// How a constraint becomes a threshold: the rank of a score, hence what can be promised of it.
struct ThresholdChoice {
  let name: String
  let index: Int
  let constraint: Constraint
  let promised: Bool
  let confidence: Double
  let sample: LabelledProbabilities
  /// Whether a point of more priority flags each example, `[N]`, and the classes of these points.
  let taken: [Bool]
  let first: [String]

  /// The threshold, and the promise that comes with its rank.
  func made(
    _ prevalence: [Double]?
  ) throws(OperatingPointError) -> (threshold: Double, guarantee: Guarantee?) {
    let scores = sample.column(index)
    let all = scores.indices
    switch constraint {
    case .sensitivity(let level):
      // The k-th largest score of the class: k of its n examples lie at or above.
      // What is flagged first ends below all of them, for a promise is of the whole rule.
      let left = promised ? zip(scores, taken).map { $1 ? -1 : $0 } : scores
      let own = Ranked(all.filter { sample.truths[$0] == index }, sample, left) { $0 > $1 }
      let kept = max(try rank(level, of: own), 1)
      guard own.scores[kept - 1] >= 0 else {
        let free = own.scores.count { $0 >= 0 }
        throw .flaggedFirst(
          name, constraint: constraint, confidence: confidence, by: first,
          best: free == 0 ? 0 : own.promise(free, confidence).level)
      }
      return (own.scores[kept - 1], own.promise(kept, confidence))
    case .specificity(let level):
      // Above the k-th smallest score of the others: k of their n examples lie below.
      let others = Ranked(all.filter { sample.truths[$0] != index }, sample, scores) { $0 < $1 }
      let kept = max(try rank(level, of: others), 1)
      let threshold = try first(above: others.scores[kept - 1], among: scores) { top in
        Double(others.scores.count { $0 < top }) / Double(others.scores.count)
      }
      return (threshold, others.promise(kept, confidence))
    case .workload(let level):
      if let prevalence { return (try weighted(level, scores, prevalence), nil) }
      let ranked = Ranked(Array(all), sample, scores) { $0 < $1 }
      let kept = try rank(1 - level, of: ranked)
      guard kept > 0 else { return (scores.min() ?? 0, nil) }
      let threshold = try first(above: ranked.scores[kept - 1], among: scores) { top in
        Double(scores.count { $0 >= top }) / Double(scores.count)
      }
      return (threshold, ranked.promise(kept, confidence).complement)
    }
  }

  /// The smallest k with k/n ≥ level, or the smallest that promises the level.
  private func rank(_ level: Double, of ranked: Ranked) throws(OperatingPointError) -> Int {
    let examples = ranked.scores.count
    guard examples > 0 else { throw .noExamples(name, constraint: constraint) }
    guard promised else {
      // A fraction such as .95 · 20 must not round up to the next example.
      return Int((level * Double(examples) - 1e-9).rounded(.up))
    }
    let kept = Guarantee.kept(toPromise: level, of: examples) {
      ranked.promise($0, confidence).level
    }
    if let kept { return kept }
    let all = ranked.promise(examples, confidence)
    throw .tooFewExamples(
      name, constraint: constraint, confidence: confidence, examples: all.groups ?? examples,
      inGroups: all.groups != nil,
      needed: Guarantee.needed(toPromise: level, confidence: confidence),
      best: constraint.isAboutAll ? 1 - all.level : all.level)
  }

  /// The smallest score above `limit`; where there is none, nothing can be flagged, and the best is
  /// what the largest score reaches.
  private func first(
    above limit: Double, among scores: [Double], best: (Double) -> Double
  ) throws(OperatingPointError) -> Double {
    if let threshold = scores.filter({ $0 > limit }).min() { return threshold }
    throw .unreachable(
      name, constraint: constraint, best: best(scores.max() ?? limit), holding: nil)
  }

  /// The lowest score from which on the examples weigh no more than `level`, each class weighing what
  /// the prevalence says.
  private func weighted(
    _ level: Double, _ scores: [Double], _ prevalence: [Double]
  ) throws(OperatingPointError) -> Double {
    let counts = sample.counts
    let order = scores.indices.sorted { scores[$0] > scores[$1] }
    var (threshold, load, place): (Double?, Double, Int) = (nil, 0, 0)
    while place < order.count {
      let score = scores[order[place]]
      while place < order.count, scores[order[place]] == score {
        let truth = sample.truths[order[place]]
        load += prevalence[truth] / Double(counts[truth])
        place += 1
      }
      if load > level + 1e-12 {
        if let threshold { return threshold }
        throw .unreachable(name, constraint: constraint, best: load, holding: nil)
      }
      threshold = score
    }
    guard let threshold else { throw .noExamples(name, constraint: constraint) }
    return threshold
  }
}

/// Scores in order, with what belongs together.
private struct Ranked {
  let scores: [Double]
  private let groups: [String]?

  init(
    _ rows: [Int], _ sample: LabelledProbabilities, _ scores: [Double],
    by precedes: (Double, Double) -> Bool
  ) {
    let order = rows.sorted { precedes(scores[$0], scores[$1]) }
    self.scores = order.map { scores[$0] }
    groups = sample.groups.map { groups in order.map { groups[$0] } }
  }

  /// What the first k promise; k at least 1.
  func promise(_ kept: Int, _ confidence: Double) -> Guarantee {
    Guarantee(
      flags: scores.indices.map { $0 < kept }, groups: groups, confidence: confidence)
  }
}
