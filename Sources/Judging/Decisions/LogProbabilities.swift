import Evaluation

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What a probability of 0 is taken for in logarithms: the smallest normal number of single
/// precision, below which a network's softmax says 0.
let smallestProbability = 0x1p-126

/// ln p of every entry, a 0 counted as ``smallestProbability``.
func logProbabilities(_ probabilities: some Sequence<Double>) -> [Double] {
  probabilities.map { log(max($0, smallestProbability)) }
}

/// e^zᵢ / Σⱼ e^zⱼ.
func softmax(_ logits: [Double]) -> [Double] {
  var row = logits
  softmax(&row)
  return row
}

/// Turns logits into `softmax − onehot(label)` in place and returns −ln softmax at the label: the
/// gradient of the cross-entropy in the logits, and its value.
@inline(__always)
func crossEntropyResidual(_ logits: inout [Double], _ label: Int) -> Double {
  let atLabel = logits[label]
  let logSum = softmax(&logits)
  logits[label] -= 1
  return logSum - atLabel
}

/// Index of the largest entry, the first of equals; counted from 0 for slices too.
func largestIndex(_ values: some RandomAccessCollection<Double>) -> Int {
  var (best, at) = (-Double.infinity, 0)
  for (index, value) in values.enumerated() where value > best { (best, at) = (value, index) }
  return at
}
