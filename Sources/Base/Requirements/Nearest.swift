/// The known name that was probably meant, or `nil` where none is near.
///
/// Case and the kind of separator do not count. Near is: one letter mistyped, or at most a third of
/// them (two swapped neighbours are one mistake), or the beginning of one known name only.
///
/// - Parameters:
///   - name: What was typed.
///   - known: What there is; the first of equally near names wins.
public func nearest(to name: String, among known: [String]) -> String? {
  let typed = folded(name)
  let distances = known.map { editDistance(typed, folded($0)) }
  if let best = distances.indices.min(by: { distances[$0] < distances[$1] }),
    distances[best] <= max(1, typed.count / 3)
  {
    return known[best]
  }
  let begun = known.filter { typed.count > 1 && folded($0).starts(with: typed) }
  return begun.count == 1 ? begun[0] : nil
}

private func folded(_ name: String) -> [Character] {
  name.lowercased().map { $0 == "-" || $0 == " " ? "_" : $0 }
}

/// Insertions, deletions, replacements and swaps of neighbours that turn `a` into `b`.
///
/// Source: optimal string alignment, after Damerau, Communications of the ACM 7, 1964.
func editDistance(_ a: [Character], _ b: [Character]) -> Int {
  var before: [Int] = []
  var row = Array(0...b.count)
  for i in a.indices {
    var next = [i + 1]
    for j in b.indices {
      var cost = min(row[j + 1] + 1, next[j] + 1, row[j] + (a[i] == b[j] ? 0 : 1))
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, before[j - 1] + 1) }
      next.append(cost)
    }
    (before, row) = (row, next)
  }
  return row[b.count]
}
