public import Decisions

extension RunReport {
  /// Class frequencies that training drew, and those of its images; `nil` where they agree within a
  /// hundredth, or are not known.
  public var sampler: DecisionPlan.Sampler? {
    guard let drawn = training?.drawn, let train = population?.part("train"), train.total > 0,
      train.counts.count == drawn.count
    else { return nil }
    let total = drawn.reduce(0) { $0 + $1.mass }
    let shares = drawn.map { $0.mass / total }
    let natural = train.counts.map { Double($0) / Double(train.total) }
    guard zip(shares, natural).contains(where: { abs($0 - $1) > 0.01 }) else { return nil }
    return .init(drawn: shares, natural: natural)
  }
}
