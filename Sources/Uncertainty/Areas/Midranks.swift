/// Ranks from 1 in ascending order, equal values sharing the mean of their ranks, `[N]`.
///
/// - Parameter values: Numbers, none of them NaN, `[N]`.
func midranks(_ values: [Double]) -> [Double] {
  let order = values.indices.sorted { values[$0] < values[$1] }
  var ranks = [Double](repeating: 0, count: values.count)
  var start = 0
  while start < order.count {
    var end = start + 1
    while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
    // Ranks start + 1 ... end; half a sum of two integers is exact.
    for place in start..<end { ranks[order[place]] = Double(start + 1 + end) / 2 }
    start = end
  }
  return ranks
}
