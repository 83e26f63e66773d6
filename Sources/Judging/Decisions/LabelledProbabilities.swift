public import Evaluation
import Requirements

/// What a model said about examples whose class is known: what calibrators and thresholds are
/// chosen on.
///
/// ```swift
/// let validation = LabelledProbabilities(try Predictions.read("predictions-val.csv"))
/// let temperature = try TemperatureScaling(fitting: validation)
/// ```
public struct LabelledProbabilities: Sendable, Equatable {
  /// Class names in the order of the model, `[C]`.
  public let classes: [String]
  /// True class of each row, `[N]`, each in `0..<C`.
  public let truths: [Int]
  /// Probabilities row by row, `[N, C]` flat.
  public let probabilities: [Double]
  /// What belongs together (patient, smear), `[N]`; `nil` where every row stands alone.
  public let groups: [String]?
  /// What identifies each example, `[N]`; `nil` where nothing does. Draws for single examples follow from it.
  public let names: [String]?

  /// Rows of known truth.
  ///
  /// - Parameters:
  ///   - classes: Class names, `[C]`, at least one.
  ///   - truths: True classes, `[N]`, each in `0..<C`.
  ///   - probabilities: Row by row, `[N, C]` flat.
  ///   - groups: What belongs together, `[N]`.
  ///   - names: What identifies each example, `[N]`.
  /// - Precondition: the lengths agree, and every truth lies in `0..<C`.
  public init(
    classes: [String], truths: [Int], probabilities: [Double], groups: [String]? = nil,
    names: [String]? = nil
  ) {
    require(
      !classes.isEmpty && probabilities.count == truths.count * classes.count
        && groups?.count ?? truths.count == truths.count
        && names?.count ?? truths.count == truths.count,
      "LabelledProbabilities: expected \(truths.count) × \(classes.count) probabilities and as many "
        + "groups and names, got \(probabilities.count), \(groups?.count ?? 0) and \(names?.count ?? 0)"
    )
    require(
      truths.allSatisfy(classes.indices.contains),
      "LabelledProbabilities: expected truths in 0..<\(classes.count), got others")
    self.classes = classes
    self.truths = truths
    self.probabilities = probabilities
    (self.groups, self.names) = (groups, names)
  }

  /// The rows of `predictions` whose truth is known, with their groups.
  public init(_ predictions: Predictions) {
    let (rows, groups) = (0..<predictions.count, predictions.groups)
    let known = rows.filter { predictions.truths[$0] != nil }
    self.init(
      classes: predictions.classes, truths: predictions.truths.compactMap { $0 },
      probabilities: known.flatMap { predictions[$0] },
      groups: groups.map { groups in known.map { groups[$0] } },
      names: known.map { predictions.paths[$0] })
  }

  /// Number of rows `N`.
  public var count: Int { truths.count }

  /// Probabilities of one row, `[C]`.
  ///
  /// - Precondition: `row` lies in `0..<N`.
  public subscript(row: Int) -> ArraySlice<Double> {
    probabilities[row * classes.count..<(row + 1) * classes.count]
  }

  /// Examples of each class, `[C]`.
  public var counts: [Int] {
    truths.reduce(into: [Int](repeating: 0, count: classes.count)) { $0[$1] += 1 }
  }

  /// Part of each class in the truth, `[C]`; all 0 without rows.
  public var prior: [Double] { counts.map { Double($0) / Double(max(count, 1)) } }

  /// The probabilities of one class, `[N]`.
  ///
  /// - Precondition: `index` lies in `0..<C`.
  public func column(_ index: Int) -> [Double] {
    (0..<count).map { probabilities[$0 * classes.count + index] }
  }

  /// Some rows, in the order given.
  ///
  /// - Parameter rows: Numbers of rows, `[M]`.
  /// - Returns: M rows, probabilities `[M, C]`.
  /// - Precondition: every one lies in `0..<N`.
  public func selecting(_ rows: [Int]) -> LabelledProbabilities {
    LabelledProbabilities(
      classes: classes, truths: rows.map { truths[$0] }, probabilities: rows.flatMap { self[$0] },
      groups: groups.map { groups in rows.map { groups[$0] } },
      names: names.map { names in rows.map { names[$0] } })
  }

  /// The same rows with other probabilities.
  ///
  /// - Parameter transform: One row `[C]` to one row `[C]`.
  /// - Precondition: `transform` keeps the width.
  public func mapping(_ transform: (ArraySlice<Double>) -> [Double]) -> LabelledProbabilities {
    LabelledProbabilities(
      classes: classes, truths: truths,
      probabilities: (0..<count).flatMap { transform(self[$0]) }, groups: groups, names: names)
  }
}
