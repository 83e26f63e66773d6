/// The non-decreasing sequence nearest to `values` in weighted squares, `[n]`.
///
/// Pools neighbours that stand in the wrong order into their weighted mean until none does; O(n).
///
/// Source: Ayer et al., "An empirical distribution function for sampling with incomplete
/// information", Annals of Mathematical Statistics 26, 1955.
///
/// - Parameters:
///   - values: `[n]`.
///   - weights: `[n]`, above 0.
package func poolAdjacentViolators(_ values: [Double], weights: [Double]) -> [Double] {
  var blocks: [(sum: Double, weight: Double, length: Int)] = []
  for (value, weight) in zip(values, weights) {
    var block = (sum: value * weight, weight: weight, length: 1)
    while let last = blocks.last, last.sum / last.weight >= block.sum / block.weight {
      block = (last.sum + block.sum, last.weight + block.weight, last.length + block.length)
      blocks.removeLast()
    }
    blocks.append(block)
  }
  return blocks.flatMap { [Double](repeating: $0.sum / $0.weight, count: $0.length) }
}
