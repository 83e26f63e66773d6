import Evaluation

/// How often labels come together.
public struct CoOccurrence: Sendable, Equatable, Codable {
  /// Examples that have both labels of a pair, `[L, L]`; on the diagonal those that have the label.
  public let counts: [[Int]]
  /// How many labels the examples have, `[K + 1]` where K is the most that one has: entry k is the number of those with k, of
  /// the examples of which every label is known.
  public let cardinality: [Int]

  enum CodingKeys: String, CodingKey {
    case counts
    case cardinality = "examples_by_number_of_labels"
  }

  /// - Parameter predictions: Whose truth is counted.
  public init(_ predictions: LabelPredictions) {
    let width = predictions.labels.count
    var counts = [[Int]](repeating: [Int](repeating: 0, count: width), count: width)
    var sizes: [Int] = []
    for row in 0..<predictions.count {
      let truths = predictions.truths[row * width..<(row + 1) * width]
      let present = (0..<width).filter { truths[truths.startIndex + $0] == true }
      for one in present { for other in present { counts[one][other] += 1 } }
      guard !truths.contains(nil) else { continue }
      while sizes.count <= present.count { sizes.append(0) }
      sizes[present.count] += 1
    }
    (self.counts, cardinality) = (counts, sizes)
  }
}
