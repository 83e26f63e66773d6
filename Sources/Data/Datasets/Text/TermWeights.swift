/// Weights of the terms of a text: tf · idf, divided by the length of the row.
///
/// idf = ln((1 + n) / (1 + df)) + 1 of n training texts, in df of which a term falls into the slot; a slot that no training text has
/// has df = 0.
///
/// Source: scikit-learn's `TfidfTransformer` has this smoothing and this norm.
package struct TermWeights {
  /// idf of each slot, `[2^k]`.
  private let idf: [Double]

  /// - Parameters:
  ///   - width: how many slots there are.
  ///   - texts: n, at least 1.
  ///   - slots: those that a training text has, `[M]`.
  ///   - frequencies: df of each, `[M]`.
  package init(width: Int, texts: Int, slots: [Int], frequencies: [Int]) {
    var idf = [Double](repeating: logarithm(Double(1 + texts)) + 1, count: width)
    for (slot, frequency) in zip(slots, frequencies) {
      idf[slot] = logarithm(Double(1 + texts) / Double(1 + frequency)) + 1
    }
    self.idf = idf
  }

  /// The weight in each slot of a text, a vector of length 1; zeros where there is no term, or all cancel.
  package func callAsFunction(_ terms: HashedTerms) -> [Double] {
    let raw = zip(terms.slots, terms.counts).map { idf[$0] * $1 }
    let norm = raw.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return norm > 0 ? raw.map { $0 / norm } : raw
  }
}
