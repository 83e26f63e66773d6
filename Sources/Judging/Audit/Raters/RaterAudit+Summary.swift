import Evaluation

extension RaterAudit {
  /// The audit in numbers.
  public var summary: RaterSummary {
    RaterSummary(
      rows: table.ratings.count, ratings: table.ratings.perRater.reduce(0, +),
      methods: methods.reduce(into: [:]) { $0[$1.rawValue, default: 0] += 1 },
      iterations: dawidSkene.iterations, hasConverged: dawidSkene.hasConverged,
      modelWeight: crowdlab?.modelWeight,
      ties: Dictionary(uniqueKeysWithValues: ties.map { ($0.key.rawValue, $0.value) }),
      toLookAt: findings.count, differing: differing, held: held.count, kept: kept,
      agreement: agreement,
      pairs: pairs.map {
        RaterSummary.Pair(
          raters: [table.raters[$0.raters.first], table.raters[$0.raters.second]], rows: $0.rows,
          agreement: $0.agreement, kappa: $0.kappa, quadraticKappa: $0.quadraticKappa)
      }, raters: raterRows, classes: classRows)
  }

  /// Rows whose given label is not the consensus; nil where no label is given.
  public var differing: Int? {
    guard table.given.contains(where: { $0 != nil }) else { return nil }
    return consensus.indices.count { label($0) != consensus[$0] }
  }

  private var raterRows: [RaterSummary.Rater] {
    let expected = expectedRows()
    return raters.enumerated().map { rater, one in
      RaterSummary.Rater(
        name: table.raters[rater], ratings: one.ratings, shared: one.shared,
        agreement: one.agreement, chance: one.chance, kappa: one.kappa, z: one.z,
        isNoBetterThanChance: one.isNoBetterThanChance,
        crowdlabQuality: crowdlab?.raterQuality[rater],
        crowdlabWeight: crowdlab?.raterWeights[rater],
        perClass: one.perClass.enumerated().map { label, own in
          RaterSummary.ClassRow(
            name: table.classes[label],
            diagonal: dawidSkene.confusion(of: rater, true: label, given: label),
            expected: expected[rater][label], rows: own.rows, hits: own.hits,
            interval: own.interval.map { [$0.low, $0.high] }, isWeak: own.isWeak)
        })
    }
  }

  private var classRows: [RaterSummary.Class] {
    let (perClass, isGiven) = (table.ratings.perClass, differing != nil)
    func counts(_ labels: some Sequence<Int>) -> [Int] {
      labels.reduce(into: [Int](repeating: 0, count: perClass.count)) { $0[$1] += 1 }
    }
    let (majority, agreed) = (counts(vote.labels), counts(consensus))
    let (given, looked) = (
      counts(table.given.compactMap { $0 }), counts(findings.map { label($0.row) })
    )
    return table.classes.indices.map {
      RaterSummary.Class(
        name: table.classes[$0], ratings: perClass[$0], given: isGiven ? given[$0] : nil,
        majority: majority[$0], consensus: agreed[$0], toLookAt: looked[$0])
    }
  }
}
