/// The numbers `0..<count` in disjoint sets that can be joined: union-find with path halving.
struct DisjointSets {
  private var parents: [Int]

  /// Every number alone.
  init(count: Int) { parents = Array(0..<count) }

  /// The smallest number of the set that holds `member`.
  mutating func first(with member: Int) -> Int {
    var member = member
    while parents[member] != member {
      parents[member] = parents[parents[member]]
      member = parents[member]
    }
    return member
  }

  /// Makes one set of the two that hold `left` and `right`.
  mutating func join(_ left: Int, _ right: Int) {
    let (left, right) = (first(with: left), first(with: right))
    parents[max(left, right)] = min(left, right)
  }
}
