/// How a constraint becomes a threshold: the rank of a score, hence what can be promised of it.
struct ThresholdChoice {
  let name: String
  let index: Int
  let constraint: Constraint
  let promised: Bool
  let confidence: Double
  let sample: LabelledProbabilities

  /// The threshold, and the promise that comes with its rank.
  func made(
    _ prevalence: [Double]?
  ) throws(OperatingPointError) -> (threshold: Double, guarantee: Guarantee?) {
    let scores = sample.column(index)
    let own = scores.indices.filter { sample.truths[$0] == index }.map { scores[$0] }
    let others = scores.indices.filter { sample.truths[$0] != index }.map { scores[$0] }
    switch constraint {
    case .sensitivity(let level):
      // The k-th largest score of the class: k of its n examples lie at or above.
      let kept = max(try rank(level, of: own.count), 1)
      return (own.sorted(by: >)[kept - 1], promise(kept, own.count))
    case .specificity(let level):
      // Above the k-th smallest score of the others: k of their n examples lie below.
      let kept = max(try rank(level, of: others.count), 1)
      let threshold = try first(above: others.sorted()[kept - 1], among: scores) { top in
        Double(others.count { $0 < top }) / Double(others.count)
      }
      return (threshold, promise(kept, others.count))
    case .workload(let level):
      if let prevalence { return (try weighted(level, scores, prevalence), nil) }
      let kept = try rank(1 - level, of: scores.count)
      guard kept > 0 else { return (scores.min() ?? 0, nil) }
      let threshold = try first(above: scores.sorted()[kept - 1], among: scores) { top in
        Double(scores.count { $0 >= top }) / Double(scores.count)
      }
      return (threshold, promise(kept, scores.count).complement)
    }
  }

  private func promise(_ kept: Int, _ examples: Int) -> Guarantee {
    Guarantee(kept: kept, of: examples, confidence: confidence)
  }

  /// The smallest k with k/n ≥ level, or the smallest that promises the level.
  private func rank(_ level: Double, of examples: Int) throws(OperatingPointError) -> Int {
    guard examples > 0 else { throw .noExamples(name, constraint: constraint) }
    guard promised else {
      // A fraction such as .95 · 20 must not round up to the next example.
      return Int((level * Double(examples) - 1e-9).rounded(.up))
    }
    if let kept = Guarantee.kept(toPromise: level, of: examples, confidence: confidence) {
      return kept
    }
    let most = Guarantee.most(of: examples, confidence: confidence)
    throw .tooFewExamples(
      name, constraint: constraint, confidence: confidence, examples: examples,
      needed: Guarantee.needed(toPromise: level, confidence: confidence),
      best: isWorkload ? 1 - most : most)
  }

  private var isWorkload: Bool {
    if case .workload = constraint { return true }
    return false
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
