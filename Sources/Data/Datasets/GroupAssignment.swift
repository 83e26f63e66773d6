import Randomness

/// Assigns whole groups to splits so that every class is spread over the splits in the wanted shares.
///
/// With x_sc examples of class c in split s, n_c in all, X_s = Σ_c x_sc, N = Σ_c n_c and shares f_s
/// it lowers
///
///     Σ_s (1/f_s) [ Σ_c ((x_sc − f_s n_c) / n_c)² + ((X_s − f_s N) / N)² ]
///       + 1000 Σ_s p_s Σ_c max(0, k − x_sc) / k
///
/// so each class counts the same however rare, and the k examples per class and split come first:
/// for training (p = 4), then the test (2), then validation (1). Groups are placed greedily, those
/// with the rarest classes first and large before small, then moved and swapped while that helps.
struct GroupAssignment {
  /// Examples per class of each group: only classes that occur.
  let groups: [[(label: Int, count: Int)]]
  /// Examples per class, n_c.
  let totals: [Int]
  /// Shares f_s, all above 0; training first.
  let shares: [Double]
  /// Importance of the minimum in each split, p_s.
  let priorities: [Double]
  /// Examples wanted per class and split, k.
  let minimum: Int
  /// How many of the first classes the minimum is of; the others are spread, and may be missing anywhere.
  let wanted: Int

  /// The split of each group, the best of a few starts.
  func best(key: RandomKey) -> [Int] {
    let starts = groups.count <= 5000 ? 6 : 1
    var best: (places: [Int], cost: Double)?
    for start in 0..<starts {
      var random = key.folding(start).source
      var state = AssignmentState(self)
      state.fill(using: &random)
      state.improve(using: &random)
      state.repairTraining()
      let cost = state.cost()
      if cost < (best?.cost ?? .infinity) { best = (state.places, cost) }
    }
    return best?.places ?? []
  }
}

/// An assignment while it is being made.
struct AssignmentState {
  private let problem: GroupAssignment
  private let size: Double
  private(set) var places: [Int]
  /// x_sc at `s * C + c`.
  private var counts: [Int]
  private var sums: [Int]

  init(_ problem: GroupAssignment) {
    self.problem = problem
    size = Double(max(1, problem.totals.reduce(0, +)))
    places = Array(repeating: -1, count: problem.groups.count)
    counts = Array(repeating: 0, count: problem.shares.count * problem.totals.count)
    sums = Array(repeating: 0, count: problem.shares.count)
  }

  /// The cost of the whole assignment.
  func cost() -> Double {
    var total = 0.0
    for split in problem.shares.indices {
      total += sumTerm(split, sums[split])
      for label in problem.totals.indices {
        total += term(label, split, counts[split * problem.totals.count + label])
      }
    }
    return total
  }

  /// Places every group, rarest classes first, in the split where it lowers the cost most.
  mutating func fill(using random: inout RandomSource) {
    let rarity = problem.groups.map { group in
      group.map { problem.totals[$0.label] }.min() ?? 0
    }
    let sizes = problem.groups.map { group in group.reduce(0) { $0 + $1.count } }
    let order = random.shuffle(problem.groups.count).sorted {
      // The shuffle decides ties: this sort is stable.
      (rarity[$0], -sizes[$0]) < (rarity[$1], -sizes[$1])
    }
    for group in order {
      var best = (split: 0, change: Double.infinity)
      for split in problem.shares.indices {
        let change = change(of: group, in: split, sign: 1)
        if change < best.change { best = (split, change) }
      }
      add(group, to: best.split, sign: 1)
      places[group] = best.split
    }
  }

  /// Moves single groups, then swaps pairs, until a round brings nothing.
  mutating func improve(using random: inout RandomSource) {
    guard problem.shares.count > 1, problem.groups.count > 1 else { return }
    for _ in 0..<10 {
      var gain = 0.0
      for group in random.shuffle(problem.groups.count) { gain += moveToBest(group) }
      for _ in 0..<min(40 * problem.groups.count, 200_000) {
        let first = random.below(problem.groups.count)
        let second = random.below(problem.groups.count)
        if places[first] != places[second] { gain += swap(first, second) }
      }
      if gain < 1e-9 { return }
    }
  }

  /// A class that training lacks cannot be learned: its smallest group goes there.
  mutating func repairTraining() {
    for label in 0..<problem.wanted where counts[label] == 0 && problem.totals[label] > 0 {
      let holders = problem.groups.indices.filter { group in
        problem.groups[group].contains { $0.label == label }
      }
      let smallest = holders.min { left, right in
        let sizes = [left, right].map { problem.groups[$0].reduce(0) { $0 + $1.count } }
        return sizes[0] < sizes[1]
      }
      if let smallest { move(smallest, to: 0) }
    }
  }

  private mutating func moveToBest(_ group: Int) -> Double {
    let home = places[group]
    let leaving = change(of: group, in: home, sign: -1)
    var best = (split: home, change: -1e-12)
    for split in problem.shares.indices where split != home {
      let change = leaving + change(of: group, in: split, sign: 1)
      if change < best.change { best = (split, change) }
    }
    guard best.split != home else { return 0 }
    move(group, to: best.split)
    return -best.change
  }

  private mutating func swap(_ first: Int, _ second: Int) -> Double {
    let (a, b) = (places[first], places[second])
    var change = change(of: first, in: a, sign: -1) + change(of: first, in: b, sign: 1)
    move(first, to: b)
    change += self.change(of: second, in: b, sign: -1) + self.change(of: second, in: a, sign: 1)
    if change < -1e-12 {
      move(second, to: a)
      return -change
    }
    move(first, to: a)
    return 0
  }

  private mutating func move(_ group: Int, to split: Int) {
    add(group, to: places[group], sign: -1)
    add(group, to: split, sign: 1)
    places[group] = split
  }

  private mutating func add(_ group: Int, to split: Int, sign: Int) {
    for (label, count) in problem.groups[group] {
      counts[split * problem.totals.count + label] += sign * count
      sums[split] += sign * count
    }
  }

  private func change(of group: Int, in split: Int, sign: Int) -> Double {
    var change = 0.0
    var moved = 0
    for (label, count) in problem.groups[group] {
      let now = counts[split * problem.totals.count + label]
      change += term(label, split, now + sign * count) - term(label, split, now)
      moved += sign * count
    }
    return change + sumTerm(split, sums[split] + moved) - sumTerm(split, sums[split])
  }

  private func term(_ label: Int, _ split: Int, _ count: Int) -> Double {
    let total = Double(max(1, problem.totals[label]))
    let share = problem.shares[split]
    let deviation = Double(count) / total - share
    let lacking =
      label < problem.wanted
      ? Double(max(0, problem.minimum - count)) / Double(max(1, problem.minimum)) : 0
    return deviation * deviation / share + 1000 * problem.priorities[split] * lacking
  }

  private func sumTerm(_ split: Int, _ count: Int) -> Double {
    let share = problem.shares[split]
    let deviation = Double(count) / size - share
    return deviation * deviation / share
  }
}
