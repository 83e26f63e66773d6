import Foundation
public import Randomness
import Requirements

/// A part of the data, kept by a score, with what that costs each class.
///
/// n = ⌈keep · N⌉ rows stay. Scores become z-scores, hard upwards, within the class or over the set. Rows are ordered by them
/// (``InfluenceRule/Draw/cut``), by u^(1/w) with u uniform and chances w = ε + (1 − ε)(z − min)/(max − min) (a draw without
/// replacement in proportion to w), or at random. Each class first takes its floor, then the order fills up to n.
///
/// What is known of it: taking hard examples out or in seldom beats a random part, and it can take a class away without
/// anybody noticing. So a random part of the same size stands beside it, and a class that loses too much is an error.
///
/// Source: Anand et al., "Influence Scores at Scale for Efficient Language Data Sampling", EMNLP 2023; Efraimidis, Spirakis,
/// "Weighted random sampling with a reservoir", Information Processing Letters 2006.
public struct InfluenceSample: Sendable, Equatable {
  /// What a class loses.
  public struct ClassRow: Codable, Sendable, Equatable {
    /// Its name.
    public var name: String
    /// Its examples before.
    public var before: Int
    /// Those that are kept.
    public var kept: Int
    /// Those that a random part of the same size keeps.
    public var keptAtRandom: Int

    /// Share that is lost.
    public var lost: Double { 1 - Double(kept) / Double(before) }
    /// Share that a random part loses.
    public var lostAtRandom: Double { 1 - Double(keptAtRandom) / Double(before) }

    private enum CodingKeys: String, CodingKey {
      case name, before, kept
      case keptAtRandom = "kept_at_random"
    }
  }

  /// Whether each row is kept, `[N]`.
  public let isKept: [Bool]
  /// The z-score of each row, hard upwards, `[N]`.
  public let hardness: [Double]
  /// Rows that are kept, n.
  public let count: Int
  /// What each class loses, those that lose most first.
  public let classes: [ClassRow]

  /// - Parameters:
  ///   - scores: of each row, `[N]`, finite.
  ///   - hardEnd: which end is hard.
  ///   - labels: class of each row, `[N]`; nil where there are none: then the set is one class, and no class can be lost.
  ///   - rule: which part is kept.
  ///   - key: of the draws.
  /// - Throws: ``CurationError`` for a rule that is none, where floors are more than is kept, where classes are asked for and
  ///   there are none, and where a class would lose more than is allowed.
  /// - Precondition: there are as many labels as scores.
  public init(
    _ scores: [Double], hardEnd: ScoreTable.HardEnd, labels: [String]?, rule: InfluenceRule,
    key: RandomKey
  ) throws(CurationError) {
    require(
      labels.map { $0.count == scores.count } ?? true,
      "InfluenceSample: expected \(scores.count) labels, got \(labels?.count ?? 0)")
    try rule.check()
    guard !scores.isEmpty else { throw .noRows("the scores") }
    if labels == nil, rule.floor > 0 || rule.scale == .perClass {
      throw .noClass(path: "the set", why: rule.floor > 0 ? "a floor of classes" : "--within class")
    }
    let names = labels ?? [String](repeating: "all", count: scores.count)
    // A share such as .07 of 100 must not round up to the next row.
    let n = min(scores.count, Int((rule.keep * Double(scores.count) - 1e-9).rounded(.up)))
    let members = Dictionary(grouping: scores.indices) { names[$0] }
    let floors = members.values.reduce(0) { $0 + min(rule.floor, $1.count) }
    guard floors <= n else { throw .floorsTooHigh(floors: floors, kept: n) }
    let up = hardEnd == .high ? scores : scores.map { -$0 }
    hardness = Self.standardized(
      up, rule.scale == .perSet ? [Array(up.indices)] : Array(members.values))
    let order = Self.order(hardness, rule, key)
    let kept = Self.filled(order, names, n, floor: rule.floor)
    let control = Self.filled(
      Self.shuffled(scores.count, key), names, n, floor: rule.floor)
    (isKept, count) = (kept, n)
    classes = members.map { name, rows in
      ClassRow(
        name: name, before: rows.count, kept: rows.count { kept[$0] },
        keptAtRandom: rows.count { control[$0] })
    }.sorted { $0.lost == $1.lost ? $0.name < $1.name : $0.lost > $1.lost }
    if labels != nil, let worst = classes.first, worst.lost > rule.allowedLoss + 1e-12 {
      throw .losesTooMuch(label: worst.name, lost: worst.lost, most: rule.allowedLoss)
    }
  }

  /// z-scores within sets of rows; 0 where a set does not vary.
  private static func standardized(_ scores: [Double], _ sets: [[Int]]) -> [Double] {
    var z = scores
    for rows in sets {
      // The mean of equal numbers may differ from them by rounding, which would make scores of a set that does not vary.
      guard rows.contains(where: { scores[$0] != scores[rows[0]] }) else {
        for row in rows { z[row] = 0 }
        continue
      }
      let n = Double(rows.count)
      let mean = rows.reduce(0) { $0 + scores[$1] } / n
      let variance = rows.reduce(0) { $0 + pow(scores[$1] - mean, 2) } / n
      for row in rows { z[row] = variance > 0 ? (scores[row] - mean) / variance.squareRoot() : 0 }
    }
    return z
  }

  /// All rows, what is kept first.
  private static func order(
    _ hardness: [Double], _ rule: InfluenceRule, _ key: RandomKey
  ) -> [Int] {
    let z = rule.end == .hard ? hardness : hardness.map { -$0 }
    let values: [Double]
    switch rule.draw {
    case .random: return shuffled(z.count, key)
    case .cut: values = z
    case .proportional:
      var source = key.folding("proportional").source
      let (low, high) = (z.min() ?? 0, z.max() ?? 0)
      values = z.map { value in
        let share = high > low ? (value - low) / (high - low) : 1
        // log(u) / w orders as u^(1/w) does and does not underflow.
        return log(1 - source.uniform()) / (rule.epsilon + (1 - rule.epsilon) * share)
      }
    }
    // Equal scores are in no order, least of all in that of the file, which often goes by class.
    var place = [Int](repeating: 0, count: z.count)
    for (position, row) in shuffled(z.count, key.folding("ties")).enumerated() {
      place[row] = position
    }
    return z.indices.sorted {
      values[$0] == values[$1] ? place[$0] < place[$1] : values[$0] > values[$1]
    }
  }

  private static func shuffled(_ count: Int, _ key: RandomKey) -> [Int] {
    var source = key.folding("random").source
    return source.shuffle(count)
  }

  private static func filled(
    _ order: [Int], _ names: [String], _ count: Int, floor: Int
  ) -> [Bool] {
    var (kept, taken, left) = ([Bool](repeating: false, count: order.count), [String: Int](), count)
    for row in order where taken[names[row], default: 0] < floor {
      taken[names[row], default: 0] += 1
      kept[row] = true
      left -= 1
    }
    for row in order where left > 0 && !kept[row] {
      kept[row] = true
      left -= 1
    }
    return kept
  }
}
