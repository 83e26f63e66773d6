package import Randomness
import Requirements

/// What a resample is drawn from: units (examples, or groups of examples that belong together) in
/// strata, of each of which as many are drawn, with replacement, as it has.
///
/// Where class counts are sampled all units are one stratum: the examples are a sample of a population, and
/// another would have had other numbers of each class. Where they are fixed, as in a case-control design, each
/// class is a stratum of its own, so that every resample has as many examples of each class as the set.
///
/// With groups whole groups are drawn: examples of one patient are no independent witnesses. Where counts are
/// fixed a group whose examples are all of one class belongs to the stratum of that class; groups of several
/// classes are one stratum together, and so is, with them, a group that is the only pure one of its class. Where
/// that would be a stratum of one unit, which never varies, it belongs to the largest. The number of examples
/// of a class then varies a little between resamples even so.
package struct ResamplingPlan: Sendable {
  /// Units of each stratum, `[strata][units of it]`.
  package let strata: [[Int]]
  /// Examples of each unit: `rows[starts[unit]..<starts[unit + 1]]`.
  private let starts: [Int]
  private let rows: [Int]
  /// Number of examples.
  package let count: Int
  /// Whether units are groups of examples.
  package let isClustered: Bool

  /// Number of units.
  package var units: Int { starts.count - 1 }

  /// A plan.
  ///
  /// - Parameters:
  ///   - truths: True classes, `[N]`.
  ///   - groups: Group of each example, `[N]`; `nil` without groups. An example with an empty group is a
  ///     unit of its own.
  ///   - counts: Whether the number of examples of each class is the design's or the sample's.
  ///   - keepsEveryClass: Whether an example or a group belongs to the stratum of its rarest class, whatever
  ///     else it holds, so that hardly ever a class vanishes from a resample; for what is undefined without
  ///     some class. Goes before `counts`.
  /// - Precondition: the lengths agree.
  package init(
    truths: [Int], groups: [String]?, counts: ClassCounts = .sampled, keepsEveryClass: Bool = false
  ) {
    count = truths.count
    let members = groups.map { Self.members(of: $0) }
    guard let members, members.count < truths.count else {
      isClustered = false
      starts = Array(0...truths.count)
      rows = Array(truths.indices)
      strata =
        counts == .fixed || keepsEveryClass
        ? Self.grouped(Array(truths.indices), by: truths) : Self.together(truths.count)
      return
    }
    require(
      groups?.count == truths.count,
      "ResamplingPlan: expected \(truths.count) groups, got \(groups?.count ?? 0)")
    isClustered = true
    starts = members.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) }
    rows = members.flatMap { $0 }
    strata =
      keepsEveryClass
      ? Self.grouped(Array(members.indices), by: Self.rarest(of: members, truths))
      : counts == .fixed ? Self.strata(of: members, truths) : Self.together(members.count)
  }

  /// All units in one stratum.
  private static func together(_ units: Int) -> [[Int]] { units == 0 ? [] : [Array(0..<units)] }

  /// Examples of each group, groups in the order of their first example.
  private static func members(of groups: [String]) -> [[Int]] {
    var place: [String: Int] = [:]
    var members: [[Int]] = []
    for (row, group) in groups.enumerated() {
      if !group.isEmpty, let known = place[group] {
        members[known].append(row)
      } else {
        place[group] = members.count
        members.append([row])
      }
    }
    return members
  }

  private static func strata(of members: [[Int]], _ truths: [Int]) -> [[Int]] {
    var pure: [Int: [Int]] = [:]
    var mixed: [Int] = []
    for (unit, rows) in members.enumerated() {
      let truth = truths[rows[0]]
      if rows.allSatisfy({ truths[$0] == truth }) {
        pure[truth, default: []].append(unit)
      } else {
        mixed.append(unit)
      }
    }
    let large = pure.keys.sorted().compactMap { key in pure[key] }
    mixed += large.filter { $0.count == 1 }.flatMap { $0 }
    var strata = large.filter { $0.count > 1 }
    let largest = strata.indices.max { strata[$0].count < strata[$1].count }
    if mixed.count == 1, let largest {
      strata[largest] = (strata[largest] + mixed).sorted()
    } else if !mixed.isEmpty {
      strata.append(mixed.sorted())
    }
    return strata
  }

  /// The rarest class of each group.
  private static func rarest(of members: [[Int]], _ truths: [Int]) -> [Int] {
    var counts: [Int: Int] = [:]
    for truth in truths { counts[truth, default: 0] += 1 }
    return members.map { rows in
      rows.map { truths[$0] }.min { (counts[$0] ?? 0, $0) < (counts[$1] ?? 0, $1) } ?? 0
    }
  }

  private static func grouped(_ units: [Int], by truths: [Int]) -> [[Int]] {
    var strata: [Int: [Int]] = [:]
    for unit in units { strata[truths[unit], default: []].append(unit) }
    return strata.keys.sorted().compactMap { strata[$0] }
  }

  /// Number of units that hold any of these examples, `[M]`.
  package func units(of rows: [Int]) -> Int {
    let wanted = Set(rows)
    return (0..<units).count { unit in examples(of: unit).contains(where: wanted.contains) }
  }

  /// Examples of a unit.
  package func examples(of unit: Int) -> ArraySlice<Int> { rows[starts[unit]..<starts[unit + 1]] }

  /// Adds one drawn resample to the weights of examples in one lane.
  package func draw(using source: inout RandomSource, into weights: inout WeightBlock, lane: Int) {
    weights.withLane(lane) { add in draw(using: &source, add) }
  }

  /// How often each example occurs in one drawn resample, `[N]`.
  package func weights(using source: inout RandomSource) -> [Double] {
    var weights = [Double](repeating: 0, count: count)
    draw(using: &source) { weights[$0] += 1 }
    return weights
  }

  /// Calls `add` with every example of one drawn resample, as often as it occurs.
  @inline(__always)
  private func draw(using source: inout RandomSource, _ add: (Int) -> Void) {
    for stratum in strata {
      stratum.withUnsafeBufferPointer { stratum in
        var bits = HalfWords(source)
        for _ in stratum.indices {
          let unit = stratum[bits.below(UInt32(stratum.count))]
          if isClustered { for row in examples(of: unit) { add(row) } } else { add(unit) }
        }
        source = bits.source
      }
    }
  }
}
