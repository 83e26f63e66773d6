import Randomness

/// How to draw the rows of a sample again: whole groups, within strata, with replacement.
struct ResamplingPlan {
  /// Rows of each group, by stratum, `[S][G][rows]`.
  private let strata: [[[Int]]]
  private let rows: Int

  /// A plan for rows without known class.
  ///
  /// - Parameters:
  ///   - rows: Number of rows.
  ///   - groups: What belongs together, `[N]`; each row by itself where `nil`.
  init(rows: Int, groups: [String]?) {
    self.rows = rows
    strata = [Self.members(rows, groups)]
  }

  /// A plan that keeps the rare classes: groups are drawn among those with the same rarest class.
  init(_ sample: LabelledProbabilities) {
    rows = sample.count
    let counts = sample.counts
    var strata = [[[Int]]](repeating: [], count: sample.classes.count)
    for members in Self.members(sample.count, sample.groups) {
      let classes = members.map { sample.truths[$0] }
      strata[classes.min { (counts[$0], $0) < (counts[$1], $1) } ?? 0].append(members)
    }
    self.strata = strata
  }

  /// How often each row occurs in one draw, `[N]`.
  func weights(_ key: RandomKey) -> [Double] {
    var random = key.source
    var weights = [Double](repeating: 0, count: rows)
    for groups in strata {
      for _ in groups {
        for row in groups[random.below(groups.count)] { weights[row] += 1 }
      }
    }
    return weights
  }

  private static func members(_ rows: Int, _ groups: [String]?) -> [[Int]] {
    guard let groups else { return (0..<rows).map { [$0] } }
    var (place, members): ([String: Int], [[Int]]) = ([:], [])
    for (row, name) in groups.enumerated() {
      if let index = place[name] {
        members[index].append(row)
      } else {
        place[name] = members.count
        members.append([row])
      }
    }
    return members
  }
}

/// The number below which the given part of `sorted` lies, linear between neighbours (NumPy's
/// default); `sorted` is not empty.
func quantile(_ sorted: [Double], _ part: Double) -> Double {
  let place = part * Double(sorted.count - 1)
  let low = Int(place)
  let high = min(low + 1, sorted.count - 1)
  return sorted[low] + (place - Double(low)) * (sorted[high] - sorted[low])
}
