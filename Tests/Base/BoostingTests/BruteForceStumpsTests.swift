import Boosting
import Foundation
import Randomness
import TestSupport
import Testing

/// Trees of two leaves beside a search of all splits: the gain G_L²/(H_L + λ) + G_R²/(H_R + λ), the leaves −G/(H + λ), shrunk by the
/// rate and added to the mean or the log odds.
@Suite(
  .enabled(
    if: (try? LightGBM.library()) != nil,
    "LightGBM is not installed: pip install lightgbm, and name its lib_lightgbm.so in STEELYARD_LIGHTGBM"
  ))
struct BruteForceStumpsTests {
  private static let (count, columns) = (120, 3)

  private struct Rows {
    var values: [Float]
    var targets: [Double]
    var weights: [Double]

    /// Values of six levels, each of some twenty rows, so that every level has a bin of its own.
    init(seed: UInt64, isWeighted: Bool, isBinary: Bool) {
      var random = RandomKey(seed: seed).folding("stumps").source
      let (count, columns) = (BruteForceStumpsTests.count, BruteForceStumpsTests.columns)
      let values = (0..<count * columns).map { _ in Float(random.below(6)) - 2 }
      targets = (0..<count).map { row in
        let score =
          Double(values[row * columns]) - 0.7 * Double(values[row * columns + 2]) + 2
          * random.normal()
        return isBinary ? (score > 0.5 ? 1 : 0) : Double(Float(score))
      }
      weights = (0..<count).map { _ in isWeighted ? 0.5 + Double(random.below(7)) / 4 : 1 }
      self.values = values
    }

    var learned: BoostingRows {
      BoostingRows(
        values: values, columns: BruteForceStumpsTests.columns, targets: targets.map { Float($0) },
        weights: weights.map { Float($0) })
    }
  }

  /// The scores of each row after so many rounds of the best stump.
  private func scores(
    _ rows: Rows, isBinary: Bool, rounds: Int, rate: Double, l2: Double, leastRows: Int
  ) -> [Double] {
    let total = rows.weights.reduce(0, +)
    let mean = zip(rows.targets, rows.weights).reduce(0) { $0 + $1.0 * $1.1 } / total
    var scores = [Double](
      repeating: isBinary ? log(mean / (1 - mean)) : mean, count: rows.targets.count)
    for _ in 0..<rounds {
      let first = scores.indices.map { row -> Double in
        let answer = isBinary ? 1 / (1 + exp(-scores[row])) : scores[row]
        return (answer - rows.targets[row]) * rows.weights[row]
      }
      let second = scores.indices.map { row -> Double in
        guard isBinary else { return rows.weights[row] }
        let p = 1 / (1 + exp(-scores[row]))
        return p * (1 - p) * rows.weights[row]
      }
      var best: (gain: Double, left: [Int], right: [Int])?
      for column in 0..<Self.columns {
        for threshold in -2..<3 {
          let isLeft = { (row: Int) in
            rows.values[row * Self.columns + column] <= Float(threshold)
          }
          let (left, right) = (scores.indices.filter(isLeft), scores.indices.filter { !isLeft($0) })
          guard left.count >= leastRows, right.count >= leastRows else { continue }
          let gain = [left, right].reduce(0.0) { sum, side in
            let (g, h) = (side.reduce(0) { $0 + first[$1] }, side.reduce(0) { $0 + second[$1] })
            return sum + g * g / (h + l2)
          }
          if gain > best?.gain ?? -1 { best = (gain, left, right) }
        }
      }
      for side in [best?.left ?? [], best?.right ?? []] {
        let (g, h) = (side.reduce(0) { $0 + first[$1] }, side.reduce(0) { $0 + second[$1] })
        for row in side { scores[row] -= rate * g / (h + l2) }
      }
    }
    return scores
  }

  private func grown(
    _ rows: Rows, _ objective: BoostingObjective, rounds: Int, rate: Double, l2: Double,
    leastRows: Int
  ) throws -> [Double] {
    var settings = BoostingSettings()
    (settings.rounds, settings.leaves, settings.rate) = (rounds, 2, rate)
    (settings.l2, settings.leastRows) = (l2, leastRows)
    let trees = try LightGBM.library().grow(
      rows.learned, validation: nil, objective, settings, seed: 1, threads: 1)
    #expect(trees.rounds == rounds && trees.empty == 0)
    return try Booster(text: trees.text).rawScores(rows.values, count: Self.count)
  }

  /// Squared errors, where H counts the rows, so that the fewest rows of a leaf are exact.
  @Test(
    arguments: [(1, 1, 0, 1), (1, 0.3, 5, 20), (4, 0.5, 1, 30), (6, 1, 0, 45)]
      as [(Int, Double, Double, Int)])
  func numbers(rounds: Int, rate: Double, l2: Double, leastRows: Int) throws {
    for seed in 0..<6 {
      let rows = Rows(seed: UInt64(seed), isWeighted: false, isBinary: false)
      let found = try grown(
        rows, .number(endedBy: .rmse), rounds: rounds, rate: rate, l2: l2, leastRows: leastRows)
      let expected = scores(
        rows, isBinary: false, rounds: rounds, rate: rate, l2: l2, leastRows: leastRows)
      let off = difference(found, expected, relative: 1e-4, absolute: 1e-4)
      #expect(off == nil, "seed \(seed): \(off ?? "")")
    }
  }

  @Test(arguments: [0.0, 3.0]) func weightedNumbers(l2: Double) throws {
    for seed in 10..<16 {
      let rows = Rows(seed: UInt64(seed), isWeighted: true, isBinary: false)
      let found = try grown(
        rows, .number(endedBy: .mae), rounds: 3, rate: 0.4, l2: l2, leastRows: 1)
      let expected = scores(rows, isBinary: false, rounds: 3, rate: 0.4, l2: l2, leastRows: 1)
      let off = difference(found, expected, relative: 1e-4, absolute: 1e-4)
      #expect(off == nil, "seed \(seed): \(off ?? "")")
    }
  }

  @Test(arguments: [false, true]) func twoClasses(isWeighted: Bool) throws {
    for seed in 20..<26 {
      let rows = Rows(seed: UInt64(seed), isWeighted: isWeighted, isBinary: true)
      let found = try grown(rows, .classes(2), rounds: 3, rate: 0.5, l2: 1, leastRows: 1)
      let expected = scores(rows, isBinary: true, rounds: 3, rate: 0.5, l2: 1, leastRows: 1)
      let off = difference(found, expected, relative: 1e-4, absolute: 1e-4)
      #expect(off == nil, "seed \(seed): \(off ?? "")")
    }
  }

  /// Stretching a column and shifting it changes no split of the rows; turning the rows round changes nothing at all but their order.
  @Test func whatSaysNothing() throws {
    let rows = Rows(seed: 40, isWeighted: false, isBinary: false)
    func found(_ rows: Rows) throws -> [Double] {
      try grown(rows, .number(endedBy: .rmse), rounds: 5, rate: 0.3, l2: 1, leastRows: 5)
    }
    let plain = try found(rows)
    var stretched = rows
    for place in stretched.values.indices where place % Self.columns == 1 {
      stretched.values[place] = 8 * stretched.values[place] + 100
    }
    #expect(difference(try found(stretched), plain, relative: 1e-6, absolute: 1e-6) == nil)
    var turned = rows
    turned.targets.reverse()
    turned.values = (0..<Self.count).reversed().flatMap { row in
      rows.values[row * Self.columns..<(row + 1) * Self.columns]
    }
    #expect(difference(try found(turned).reversed(), plain, relative: 1e-6, absolute: 1e-6) == nil)
    // A number that all targets have more is more of each answer.
    var raised = rows
    raised.targets = rows.targets.map { $0 + 16 }
    #expect(
      difference(try found(raised).map { $0 - 16 }, plain, relative: 1e-4, absolute: 1e-4) == nil)
  }
}

/// Sections of boosters with whatever bytes and numbers.
@Suite struct SectionsComeBackTests {
  @Test func anyBytesAndNumbers() throws {
    for seed in 0..<200 {
      var random = RandomKey(seed: UInt64(seed)).folding("sections").source
      let sections = (0..<1 + random.below(5)).map { _ -> BoosterSections.Section in
        if random.below(3) == 0 {
          let value = Double(bitPattern: random.next())
          let special = [0, -0.0, 5e-324, -1.7976931348623157e308, 1e23, 0.1]
          return .constant(value.isFinite ? value : special[random.below(special.count)])
        }
        // What looks like a beginning or an end, zeros and line breaks, in any order.
        let parts = [
          "booster=0 bytes=4\n", "end of boosters\n", "\n", "\0", "\r\n", "tree", "=", "é",
          "\u{7F}",
        ]
        let text = (0...random.below(6)).map { _ in parts[random.below(parts.count)] }.joined()
        return .trees(Array(text.utf8) + [UInt8(truncatingIfNeeded: random.next())])
      }
      let made = BoosterSections(sections)
      let read = try BoosterSections(text: made.text)
      #expect(read == made, "seed \(seed)")
      #expect(read.text == made.text)
      // One byte more or less at the end is no such text.
      #expect(throws: BoostingError.self) { try BoosterSections(text: made.text + [0x0A]) }
      #expect(throws: BoostingError.self) { try BoosterSections(text: Array(made.text.dropLast())) }
    }
  }

  /// Neither nothing nor an infinite constant comes back.
  @Test func whatCannotComeBack() {
    for section: BoosterSections.Section in [.trees([]), .constant(.infinity), .constant(.nan)] {
      #expect(throws: BoostingError.self) {
        try BoosterSections(text: BoosterSections([.constant(1), section]).text)
      }
    }
    #expect(throws: BoostingError.self) { try BoosterSections(text: BoosterSections([]).text) }
  }

  /// A set of constants answers for any number of rows and looks at none of their numbers.
  @Test func constantsForAnyRows() throws {
    let values = [0.5, -0.0, 1e300]
    let boosters = try BoosterSet(text: BoosterSections(values.map { .constant($0) }).text)
    for count in [0, 1, 7] {
      let found = try boosters.rawScores([Float](repeating: .nan, count: 2 * count), count: count)
      #expect(found == (0..<count).flatMap { _ in values })
    }
  }
}
