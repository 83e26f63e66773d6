import Randomness
import Requirements

/// Rows dealt into folds such that no group is split and every fold has its part of each class.
///
/// Groups are dealt one after the other, those most uneven in class first, each to the fold that
/// leaves the classes spread most evenly; ties go to the smaller fold. Equal groups come in random
/// order.
///
/// Source: the greedy rule of scikit-learn's `StratifiedGroupKFold`.
public struct GroupedFolds: Sendable, Equatable {
  /// Fold of each row, `[N]`, each in `0..<folds`.
  public let fold: [Int]
  /// Number of folds.
  public let count: Int

  /// Deals the rows of `sample`, by its groups; each row by itself where there are none.
  ///
  /// - Parameters:
  ///   - sample: The rows.
  ///   - count: Number of folds, at least 2.
  ///   - generator: Orders equal groups.
  /// - Throws: `CalibrationError.tooFewGroups`.
  /// - Precondition: `count` is at least 2.
  public init(
    _ sample: LabelledProbabilities, count: Int, using generator: inout some RandomNumberGenerator
  ) throws(CalibrationError) {
    try self.init(
      truths: sample.truths, classes: sample.classes.count, groups: sample.groups, count: count,
      using: &generator)
  }

  /// Deals rows of known class, by their groups; each row by itself where there are none.
  ///
  /// - Parameters:
  ///   - truths: Class of each row, `[N]`, each in `0..<classes`.
  ///   - classes: How many classes there are, at least 1.
  ///   - groups: What belongs together, `[N]`; `nil` where every row stands alone.
  ///   - count: Number of folds, at least 2.
  ///   - generator: Orders equal groups.
  /// - Throws: `CalibrationError.tooFewGroups`.
  /// - Precondition: `count` is at least 2; as many groups as rows.
  public init(
    truths: [Int], classes: Int, groups names: [String]?, count: Int,
    using generator: inout some RandomNumberGenerator
  ) throws(CalibrationError) {
    require(count >= 2, "GroupedFolds: expected at least 2 folds, got \(count)")
    require(
      names?.count ?? truths.count == truths.count,
      "GroupedFolds: expected \(truths.count) groups, got \(names?.count ?? 0)")
    let (group, groups) = GroupedFolds.numbered(names, rows: truths.count)
    var members = [[Int]](repeating: [Int](repeating: 0, count: classes), count: groups)
    var sizes = [Int](repeating: 0, count: groups)
    for (truth, group) in zip(truths, group) {
      members[group][truth] += 1
      sizes[group] += 1
    }
    let dealt = try Self.ofGroups(members, sizes: sizes, count: count, using: &generator)
    fold = group.map { dealt[$0] }
    self.count = count
  }

  /// Fold of each group, where a row may be of several strata or of none, as images with several labels are.
  ///
  /// - Parameters:
  ///   - members: Rows of each stratum in each group, `[G][S]`.
  ///   - sizes: Rows of each group, `[G]`.
  ///   - count: Number of folds, at least 2.
  ///   - generator: Orders equal groups.
  /// - Returns: `[G]`, each in `0..<count`.
  /// - Throws: `CalibrationError.tooFewGroups`.
  /// - Precondition: as many sizes as groups, and `count` is at least 2.
  public static func ofGroups(
    _ members: [[Int]], sizes: [Int], count: Int, using generator: inout some RandomNumberGenerator
  ) throws(CalibrationError) -> [Int] {
    require(
      members.count == sizes.count && count >= 2,
      "GroupedFolds: expected \(members.count) sizes and at least 2 folds, got \(sizes.count) and \(count)"
    )
    guard members.count >= count else { throw .tooFewGroups(members.count, folds: count) }
    var dealing = Dealing(members, sizes, count)
    let shuffled = generator.shuffle(members.count)
    let unevenness = shuffled.map { dealing.unevenness($0) }
    let order = shuffled.indices.sorted { a, b in
      unevenness[a] == unevenness[b] ? a < b : unevenness[a] > unevenness[b]
    }
    for place in order { dealing.deal(shuffled[place]) }
    return dealing.fold
  }

  /// Rows of `0..<N` that are in one fold, ascending, `[rows of it]`.
  public func rows(in fold: Int) -> [Int] { self.fold.indices.filter { self.fold[$0] == fold } }

  /// Rows of `0..<N` that are in all other folds, ascending, `[rows of them]`.
  public func rows(outside fold: Int) -> [Int] {
    self.fold.indices.filter { self.fold[$0] != fold }
  }

  /// Groups numbered as they first occur, and how many there are.
  private static func numbered(_ names: [String]?, rows: Int) -> (group: [Int], count: Int) {
    guard let names else { return (Array(0..<rows), rows) }
    var numbers: [String: Int] = [:]
    var group: [Int] = []
    for name in names {
      let number = numbers[name] ?? numbers.count
      numbers[name] = number
      group.append(number)
    }
    return (group, numbers.count)
  }
}

/// The state of dealing groups into folds.
private struct Dealing {
  /// Examples of each class in each group, `[G][C]`.
  private let members: [[Int]]
  /// Examples of each group, `[G]`.
  private let groupSizes: [Int]
  private let totals: [Double]
  private var dealt: [[Int]]
  private var sizes: [Int]
  var fold: [Int]

  init(_ members: [[Int]], _ sizes: [Int], _ folds: Int) {
    (self.members, groupSizes) = (members, sizes)
    let width = members.first?.count ?? 0
    totals = (0..<width).map { stratum in
      Double(max(members.reduce(0) { $0 + $1[stratum] }, 1))
    }
    dealt = [[Int]](repeating: [Int](repeating: 0, count: width), count: folds)
    self.sizes = [Int](repeating: 0, count: folds)
    fold = [Int](repeating: 0, count: members.count)
  }

  /// How unevenly a group's parts of the classes differ.
  func unevenness(_ group: Int) -> Double {
    spread(zip(members[group], totals).map { Double($0) / $1 })
  }

  mutating func deal(_ group: Int) {
    var (best, least) = (0, Double.infinity)
    for candidate in dealt.indices {
      let cost = cost(of: group, in: candidate)
      if cost < least || cost == least && sizes[candidate] < sizes[best] {
        (best, least) = (candidate, cost)
      }
    }
    fold[group] = best
    for c in totals.indices { dealt[best][c] += members[group][c] }
    sizes[best] += groupSizes[group]
  }

  /// Mean spread of the classes over the folds if `group` went to `candidate`.
  private func cost(of group: Int, in candidate: Int) -> Double {
    var sum = 0.0
    for c in totals.indices {
      sum += spread(
        dealt.indices.map {
          Double(dealt[$0][c] + ($0 == candidate ? members[group][c] : 0)) / totals[c]
        })
    }
    return sum
  }

  private func spread(_ values: [Double]) -> Double {
    let mean = values.reduce(0, +) / Double(values.count)
    return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
  }
}
