/// Rounds a row to whole numbers with the sum of the row.
///
/// Each number is rounded, halves to the even one; then those that lost most by it are raised, or those that gained
/// most lowered, by one each, until the sum is right. Of equal ones the last is raised and the first lowered, as cleanlab
/// does where NumPy's sort keeps the order of equals; with many classes it does not, and a few rows of cleanlab's differ.
enum RowRounding {
  static func rounded(_ row: [Double]) -> [Int] {
    var whole = row.map { $0.rounded(.toNearestOrEven) }
    let wanted = PairwiseSum.of(row).rounded(.toNearestOrEven)
    var sum = PairwiseSum.of(whole)
    while abs(sum - wanted) > ConfidentThresholds.slack {
      let missing = wanted - sum
      let step = missing < 0 ? -1.0 : 1.0
      let loss = row.indices.map { row[$0] - whole[$0] }
      let rising = row.indices.sorted { loss[$0] == loss[$1] ? $0 < $1 : loss[$0] < loss[$1] }
      let order = step > 0 ? rising.reversed() : rising
      for index in order.prefix(min(Int(abs(missing)), row.count)) { whole[index] += step }
      sum = PairwiseSum.of(whole)
    }
    return whole.map { Int($0) }
  }
}
