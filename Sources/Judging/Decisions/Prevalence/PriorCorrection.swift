/// Carries posteriors from the prevalence they were learned under to another: p_c·q_c/π_c,
/// normalised.
///
/// It is exact where only the class frequencies differ and the images of each class look the same.
/// A sampler that draws rare classes more often makes π; it is known to the run and taken back here.
///
/// Source: Saerens, Latinne and Decaestecker, "Adjusting the outputs of a classifier to new a priori
/// probabilities", Neural Computation 14, 2002.
public struct PriorCorrection: Sendable, Codable, Equatable {
  /// π, under which the probabilities were learned, `[C]`.
  public let source: [Double]
  /// q, under which they are wanted, `[C]`.
  public let target: [Double]

  /// The least share that a factor q_c/π_c is made of: below it a class did not occur.
  private static let smallestSource = 1e-12

  /// A correction from one prevalence to another.
  ///
  /// - Parameters:
  ///   - source: π, `[C]`, summing to 1 within 0.001.
  ///   - target: q, `[C]`, summing to 1 within 0.001; above 0 only where `source` is at least
  ///     1e-12.
  ///   - classes: Names, `[C]`, for errors.
  /// - Throws: `PrevalenceError` saying which value is wrong.
  public init(
    from source: [Double], to target: [Double], classes: [String]
  ) throws(PrevalenceError) {
    self.source = try checkedShares(source, classes: classes)
    self.target = try checkedShares(target, classes: classes)
    for (index, name) in classes.enumerated()
    where self.source[index] < Self.smallestSource && target[index] > 0 {
      throw .noSource(name, target: target[index])
    }
  }

  /// Reads what the encoder wrote.
  ///
  /// - Throws: `DecisionRuleError.badPart` for shares that no prevalence has, `DecodingError` for another form.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    source = try values.decode([Double].self, forKey: .source)
    target = try values.decode([Double].self, forKey: .target)
    // Checked, and not divided by its sum once more: what was written comes back to the last digit.
    _ = try StoredPart("prior correction").checked { [source, target] () throws(PrevalenceError) in
      try PriorCorrection(
        from: source, to: target, classes: source.indices.map { "class \($0)" })
    }
  }

  /// ln(q_c/π_c), what the correction adds to logits, `[C]`.
  var offsets: [Double] {
    logProbabilities(zip(target, source).map { $1 > 0 ? $0 / $1 : 0 })
  }

  /// Corrected probabilities of one row, `[C]`; q itself where the row has mass only on classes of
  /// q = 0.
  public func callAsFunction(_ row: ArraySlice<Double>) -> [Double] {
    let products = row.enumerated().map { index, p in
      source[index] > 0 ? p * target[index] / source[index] : 0
    }
    let sum = products.reduce(0, +)
    return sum > 0 ? products.map { $0 / sum } : target
  }
}
