#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Turns logits into probabilities in place, e^{z_k − max z} / Σ_j e^{z_j − max z}: shifted so that nothing
/// overflows.
///
/// - Parameters:
///   - logits: the last of them, from `start` on, are one row.
///   - start: where the row begins.
/// - Returns: ln Σ_j e^{z_j}; −∞ of no logit.
@discardableResult
package func softmax(_ logits: inout [Double], from start: Int = 0) -> Double {
  let largest = logits[start...].max() ?? 0
  var sum = 0.0
  for place in start..<logits.count {
    logits[place] = exp(logits[place] - largest)
    sum += logits[place]
  }
  for place in start..<logits.count { logits[place] /= sum }
  return log(sum) + largest
}
