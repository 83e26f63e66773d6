import Evaluation

/// The generator of `Goldens/Evaluation/tables.py`.
struct GoldenGenerator {
  var state: UInt64

  mutating func below(_ n: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % n
  }
}

/// The prediction tables of `Goldens/Evaluation/tables.py`, made again step for step.
struct GoldenTable {
  let classes: Int
  var truths: [Int] = []
  var decisions: [Int] = []
  /// `[N, C]` flat.
  var scores: [Double] = []

  init(_ number: Int) {
    var random = GoldenGenerator(state: UInt64(number))
    classes = 2 + random.below(6)
    let rows = 1 + random.below(40)
    let possibleTruths = 1 + random.below(classes)
    let possibleDecisions = 1 + random.below(classes)
    let isReversed = random.below(2) == 1
    let levels = [2, 3, 5, 1_000_003][random.below(4)]
    let isConstant = random.below(8) == 0
    let skill = random.below(4)
    for _ in 0..<rows {
      let truth = random.below(possibleTruths)
      let isRight = random.below(4) < skill && truth < possibleDecisions
      let decision = isRight ? truth : random.below(possibleDecisions)
      var row = (0..<classes).map { _ in isConstant ? 1 : random.below(levels) }
      row[isReversed ? classes - 1 - truth : truth] += isConstant ? 0 : skill
      if row.allSatisfy({ $0 == 0 }) { row[0] = 1 }
      truths.append(isReversed ? classes - 1 - truth : truth)
      decisions.append(isReversed ? classes - 1 - decision : decision)
      scores += row.map { Double($0) / Double(row.reduce(0, +)) }
    }
  }

  var outcomes: [Outcome] {
    truths.indices.map {
      Outcome(
        truth: truths[$0], predicted: decisions[$0],
        probabilities: scores[$0 * classes..<($0 + 1) * classes])
    }
  }

  /// Whether some row has two most probable classes.
  var hasTiedMaximum: Bool {
    truths.indices.contains { row in
      let scores = scores[row * classes..<(row + 1) * classes]
      return scores.filter { $0 == scores.max() }.count > 1
    }
  }

  /// The table as predictions, classes named c0, c1, …
  func predictions() throws -> Predictions {
    try Predictions(
      classes: (0..<classes).map { "c\($0)" }, paths: truths.indices.map { "\($0).png" },
      truths: truths, predicted: decisions, probabilities: scores)
  }

  var evidence: MetricsAccumulator {
    var evidence = MetricsAccumulator(classes: classes)
    for outcome in outcomes { evidence.add(outcome) }
    return evidence
  }
}
/// Golden numbers are stored times 1e10, rounded.
func matches(_ value: Double?, _ stored: Double?) -> Bool {
  switch (value, stored) {
  case (nil, nil): true
  case (let value?, let stored?): abs(value - stored / 1e10) <= 1e-9
  default: false
  }
}

/// Σ (k + 1) · value[k] over the defined entries, as the golden programme condenses a list.
func condensed(_ values: [Double?]) -> Double {
  values.enumerated().reduce(0) { $0 + Double($1.offset + 1) * ($1.element ?? 0) }
}
