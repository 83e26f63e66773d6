/// A non-decreasing function of one score, fitted to answers 0 and 1 by isotonic regression.
///
/// Ties follow scikit-learn's `IsotonicRegression`: examples of equal score (nearer than 1e-15)
/// become one, with their mean and their number as weight, before violators are pooled; between
/// fitted scores the function is linear, outside it is constant (`out_of_bounds="clip"`).
package struct MonotoneCurve: Sendable, Codable, Equatable {
  /// Scores at which the function bends, ascending, `[n]`.
  package let scores: [Double]
  /// Its values there, ascending, `[n]`.
  package let values: [Double]

  /// The isotonic fit.
  ///
  /// - Parameters:
  ///   - scores: `[N]`, at least one.
  ///   - answers: `[N]`, whether each example is of the class.
  ///   - counts: How often each example counts, `[N]`, above 0; once where `nil`.
  package init(fitting scores: [Double], _ answers: [Bool], weights counts: [Double]? = nil) {
    let order = scores.indices.sorted { scores[$0] < scores[$1] }
    var (places, means, weights): ([Double], [Double], [Double]) = ([], [], [])
    for index in order {
      let count = counts?[index] ?? 1
      let answer = answers[index] ? count : 0
      if let last = places.last, scores[index] - last < 1e-15 {
        means[means.count - 1] += answer
        weights[weights.count - 1] += count
      } else {
        places.append(scores[index])
        means.append(answer)
        weights.append(count)
      }
    }
    let fitted = poolAdjacentViolators(
      zip(means, weights).map { $0 / $1 }, weights: weights)
    // A point with the value of both neighbours says nothing.
    let kept = fitted.indices.filter {
      $0 == 0 || $0 == fitted.count - 1
        || fitted[$0] != fitted[$0 - 1] || fitted[$0] != fitted[$0 + 1]
    }
    self.scores = kept.map { places[$0] }
    values = kept.map { fitted[$0] }
  }

  /// Reads what the encoder wrote.
  ///
  /// - Throws: `DecisionRuleError.badPart` for a curve without scores, with other values than scores, or that falls;
  ///   `DecodingError` for another form.
  package init(from decoder: any Decoder) throws {
    let stored = try decoder.container(keyedBy: CodingKeys.self)
    scores = try stored.decode([Double].self, forKey: .scores)
    values = try stored.decode([Double].self, forKey: .values)
    let part = StoredPart("isotonic curve")
    try part.check(
      !scores.isEmpty && scores.count == values.count, "at least one score, each with a value",
      found: "\(scores.count) scores and \(values.count) values")
    for number in scores + values {
      try part.check(StoredPart.isShare(number), "scores and values from 0 to 1", found: number)
    }
    for (low, high) in zip(scores, scores.dropFirst()) {
      try part.check(low < high, "ascending scores", found: "\(low) before \(high)")
    }
    for (low, high) in zip(values, values.dropFirst()) {
      try part.check(low <= high + 1e-9, "values that never fall", found: "\(low) before \(high)")
    }
  }

  /// Whether it has the same value at scores that differ.
  package var isLevel: Bool { scores.count > 1 && values.first == values.last }

  /// The value at a score.
  package func callAsFunction(_ score: Double) -> Double {
    guard score > scores[0] else { return values[0] }
    guard score < scores[scores.count - 1] else { return values[values.count - 1] }
    var (low, high) = (0, scores.count - 1)
    while high - low > 1 {
      let middle = (low + high) / 2
      if scores[middle] <= score { low = middle } else { high = middle }
    }
    let slope = (values[high] - values[low]) / (scores[high] - scores[low])
    return slope * (score - scores[low]) + values[low]
  }
}
