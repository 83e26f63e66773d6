/// The prevalence of unlabelled examples from the model's decisions and its confusion on validation.
///
/// With A_ij = P(decided i | true j) on validation and μ_i the part decided i at the target, the
/// prevalence solves A·q = μ. It needs no calibrated probability, only that the confusion stays
/// what it was. What falls below 0 is set to 0 and the rest normalised.
///
/// Source: Lipton, Wang and Smola, "Detecting and correcting for label shift with black box
/// predictors", ICML 2018. `softly` takes mean probabilities in place of decisions, after Alexandari
/// et al., ICML 2020.
///
/// Departs from the paper: the paper solves for the ratios w = q/π from joint frequencies; the product
/// is the same, and the prevalence of the validation set drops out at once.
public struct BlackBoxShift: Sendable {
  /// ‖A‖₁·‖A⁻¹‖₁: by how much an error of μ may grow.
  public var condition: Double { inverse.condition }
  private let inverse: MatrixInverse
  private let classes: Int
  private let softly: Bool

  /// Condition number from which the matrix counts as singular.
  public static let largestCondition = 1e8

  /// Learns the confusion.
  ///
  /// - Parameters:
  ///   - validation: Examples of known class.
  ///   - weights: How often each counts, `[N]`; once where `nil`.
  ///   - softly: Whether to count probabilities in place of decisions.
  /// - Throws: `PrevalenceError.singular`.
  public init(
    _ validation: LabelledProbabilities, weights: [Double]? = nil, softly: Bool = false
  ) throws(PrevalenceError) {
    let width = validation.classes.count
    var joint = [Double](repeating: 0, count: width * width)
    var totals = [Double](repeating: 0, count: width)
    for (row, truth) in validation.truths.enumerated() {
      let weight = weights?[row] ?? 1
      totals[truth] += weight
      for (index, part) in Self.parts(validation[row], softly).enumerated() {
        joint[index * width + truth] += weight * part
      }
    }
    for index in joint.indices where totals[index % width] > 0 {
      joint[index] /= totals[index % width]
    }
    let inverse = MatrixInverse(joint, size: width)
    guard let inverse, inverse.condition <= Self.largestCondition else {
      let names = validation.classes
      throw .singular(
        condition: inverse?.condition ?? .infinity,
        absent: names.indices.filter { totals[$0] == 0 }.map { names[$0] },
        neverPredicted: names.indices.filter { i in
          totals[i] > 0 && (0..<width).allSatisfy { joint[i * width + $0] == 0 }
        }.map { names[$0] })
    }
    (self.inverse, classes, self.softly) = (inverse, width, softly)
  }

  /// The prevalence of unlabelled examples, `[C]`, summing to 1.
  ///
  /// - Parameters:
  ///   - probabilities: What the model says of them, `[N, C]` flat, N at least 1.
  ///   - weights: How often each row counts, `[N]`; once where `nil`.
  public func prior(of probabilities: [Double], weights: [Double]? = nil) -> [Double] {
    var (decided, total) = ([Double](repeating: 0, count: classes), 0.0)
    for row in 0..<probabilities.count / classes {
      let weight = weights?[row] ?? 1
      if weight == 0 { continue }
      total += weight
      let values = probabilities[row * classes..<(row + 1) * classes]
      for (index, part) in Self.parts(values, softly).enumerated() {
        decided[index] += weight * part
      }
    }
    let clipped = inverse(decided.map { $0 / total }).map { max($0, 0) }
    let sum = clipped.reduce(0, +)
    return clipped.map { $0 / sum }
  }

  private static func parts(_ row: ArraySlice<Double>, _ softly: Bool) -> [Double] {
    if softly { return Array(row) }
    var result = [Double](repeating: 0, count: row.count)
    result[largestIndex(row)] = 1
    return result
  }
}
