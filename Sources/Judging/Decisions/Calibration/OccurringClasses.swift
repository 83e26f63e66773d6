import Requirements

/// The classes that occur in a validation set, and the rule for those that do not.
///
/// Nothing can be learned about a class without examples; a fit over all classes would learn from
/// its absence that it never occurs. So vector scaling, Dirichlet calibration and isotonic regression
/// are fitted on, and applied to, the occurring classes alone, renormalised; an absent class keeps
/// the probability that the model gave it, and the others share what is left.
package struct OccurringClasses: Sendable, Codable, Equatable {
  /// Number of classes of the model, `C`.
  let total: Int
  /// The occurring ones, `[K]`, ascending.
  let indices: [Int]

  /// The classes of which `sample` has examples.
  package init(_ sample: LabelledProbabilities) {
    total = sample.classes.count
    indices = sample.counts.indices.filter { sample.counts[$0] > 0 }
  }

  /// Reads what the encoder wrote.
  ///
  /// - Throws: `DecisionRuleError.badPart` unless the classes are at least two of `0..<total`, ascending;
  ///   `DecodingError` for another form.
  package init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    total = try values.decode(Int.self, forKey: .total)
    indices = try values.decode([Int].self, forKey: .indices)
    let inRange = indices.allSatisfy { $0 >= 0 && $0 < total }
    try StoredPart("occurring classes").check(
      indices.count >= 2 && inRange && zip(indices, indices.dropFirst()).allSatisfy(<),
      "at least two of the classes numbered from 0 to below \(total), ascending", found: indices)
  }

  var count: Int { indices.count }

  /// Probabilities given that the class is an occurring one, `[C]` to `[K]`.
  package func restricted(_ row: ArraySlice<Double>) -> [Double] {
    require(
      row.count == total, "Calibrator: expected a row of \(total) classes, got \(row.count)")
    if count == total { return Array(row) }
    let kept = indices.map { row[row.startIndex + $0] }
    let sum = kept.reduce(0, +)
    return sum > 0 ? kept.map { $0 / sum } : kept.map { _ in 1 / Double(kept.count) }
  }

  /// Puts calibrated probabilities `[K]` back among those of the absent classes, `[C]`.
  package func completed(_ row: ArraySlice<Double>, with calibrated: [Double]) -> [Double] {
    if count == total { return calibrated }
    var result = Array(row)
    for index in indices { result[index] = 0 }
    // Not the sum of the others, which rounding can carry above 1.
    let share = max(1 - result.reduce(0, +), 0)
    for (index, value) in zip(indices, calibrated) { result[index] = share * value }
    return result
  }

  /// What a correction adds to the logits of the occurring classes, `[K]`; 0 without one.
  func offsets(_ correction: PriorCorrection?) -> [Double] {
    let all = correction?.offsets ?? [Double](repeating: 0, count: total)
    return indices.map { all[$0] }
  }

  /// The rows of `sample` restricted, `[N, K]` flat, and their classes counted among the occurring.
  func restricting(_ sample: LabelledProbabilities) -> (rows: [Double], labels: [Int]) {
    var place = [Int](repeating: 0, count: total)
    for (index, kept) in indices.enumerated() { place[kept] = index }
    return (
      (0..<sample.count).flatMap { restricted(sample[$0]) }, sample.truths.map { place[$0] }
    )
  }
}
