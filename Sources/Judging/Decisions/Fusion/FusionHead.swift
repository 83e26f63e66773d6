public import Randomness
import Requirements

/// Late fusion: a logistic regression on the log-probabilities that a model gave and on columns of a table.
///
/// With x the centred log-probabilities ln p_c − mean ln p and the columns' numbers, each in units of its own deviation over the
/// rows of the fit, it is the minimum of Σ_i CE(W x_i + b, y_i) / N + ‖W‖² / (2 C N). A class of which no row is has nothing that
/// could be fitted, and keeps the probability that the model gave it.
///
/// With all classes there it is scikit-learn's `LogisticRegression(C=C)` behind a `StandardScaler`; of two classes, whose W has a
/// row each here, scikit-learn's C is twice this one.
public struct FusionHead: Sendable, Codable, Equatable {
  /// Class names, `[K]`, those without rows among them.
  public let classes: [String]
  /// Whether it takes the log-probabilities.
  public let usesScores: Bool
  /// The columns that it takes.
  public let columns: [FusionColumn]
  /// C.
  public let c: Double
  let occurring: OccurringClasses
  private let mean: [Double]
  private let deviation: [Double]
  private let weights: [Double]
  private let intercepts: [Double]

  /// The values of C that are tried, in order.
  public static let path = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10]

  /// Fits.
  ///
  /// - Parameters:
  ///   - sample: rows that the model has not learned from.
  ///   - usesScores: whether the log-probabilities count.
  ///   - c: C, above 0; nil takes the one with the least cross-entropy of held-out rows, in folds that keep groups together.
  ///   - folds: most folds that C is chosen on, at least 2.
  ///   - key: of the folds' draws.
  ///   - mayBeConstant: whether a column with one value in all rows is no mistake, as in a fold of rows.
  /// - Throws: ``FusionError`` for columns that cannot be used and fewer than two classes.
  /// - Precondition: `c` is above 0.
  public init(
    _ sample: FusionSample, usesScores: Bool = true, c: Double? = nil, folds: Int = 5,
    key: RandomKey, mayBeConstant: Bool = false
  ) throws(FusionError) {
    require(c.map { $0 > 0 } ?? true, "FusionHead: expected C above 0, got \(c ?? 0)")
    let present = OccurringClasses(sample.scores)
    guard present.count >= 2 else { throw .tooFewClasses(present.count) }
    var columns: [FusionColumn] = []
    for (name, cells) in zip(sample.names, sample.cells) {
      columns.append(
        try FusionColumn(
          name, fitting: cells, isCategory: sample.categories.contains(name),
          mayBeConstant: mayBeConstant))
    }
    let rows = (0..<sample.count).map { row in
      Self.inputs(
        sample.scores[row], columns, sample.cells.map { $0[row] }, present, usesScores)
    }
    let labels = present.restricting(sample.scores).labels
    let scale = FusionScale(rows)
    let problem = FusionProblem(
      rows.map { scale($0) }, labels, classes: present.count)
    self.c =
      c ?? problem.chosen(among: Self.path, groups: sample.scores.groups, folds: folds, key: key)
    let point = problem.solved(c: self.c)
    (classes, occurring, self.usesScores, self.columns) = (
      sample.scores.classes, present, usesScores, columns
    )
    (mean, deviation) = (scale.mean, scale.deviation)
    weights = Array(point[..<(present.count * problem.width)])
    intercepts = Array(point[(present.count * problem.width)...])
  }

  /// Reads what the encoder wrote.
  ///
  /// - Throws: `DecisionRuleError.badPart` for lists of other lengths than classes and columns ask for and for numbers too
  ///   large to count with, `DecodingError` for another form.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    classes = try values.decode([String].self, forKey: .classes)
    usesScores = try values.decode(Bool.self, forKey: .usesScores)
    columns = try values.decode([FusionColumn].self, forKey: .columns)
    c = try values.decode(Double.self, forKey: .c)
    occurring = try values.decode(OccurringClasses.self, forKey: .occurring)
    mean = try values.decode([Double].self, forKey: .mean)
    deviation = try values.decode([Double].self, forKey: .deviation)
    weights = try values.decode([Double].self, forKey: .weights)
    intercepts = try values.decode([Double].self, forKey: .intercepts)
    let width = columns.reduce(usesScores ? occurring.count : 0) { $0 + $1.width }
    try StoredPart("classes").check(
      classes.count == occurring.total && Set(classes).count == classes.count,
      "\(occurring.total) different names", found: classes)
    try StoredPart("mean").check(mean, count: width)
    try StoredPart("deviation").check(deviation, count: width)
    try StoredPart("deviation").check(
      deviation.allSatisfy { $0 > 0 }, "numbers above 0", found: deviation)
    try StoredPart("weights").check(weights, count: width * occurring.count)
    try StoredPart("intercepts").check(intercepts, count: occurring.count)
  }

  /// Probabilities of one row, `[K]`.
  ///
  /// - Parameters:
  ///   - row: what the model said, `[K]`.
  ///   - cells: of the columns, `[M]`.
  /// - Precondition: as many cells as columns, and as many probabilities as classes.
  public func callAsFunction(_ row: ArraySlice<Double>, cells: [String]) -> [Double] {
    require(
      cells.count == columns.count,
      "FusionHead: expected \(columns.count) cells, got \(cells.count)")
    let x = Self.inputs(row, columns, cells, occurring, usesScores)
    let width = x.count
    let logits = intercepts.indices.map { place in
      x.indices.reduce(intercepts[place]) {
        $0 + weights[place * width + $1] * (x[$1] - mean[$1]) / deviation[$1]
      }
    }
    return occurring.completed(row, with: softmax(logits))
  }

  /// The numbers of a row: centred log-probabilities of the classes that occur, then those of the columns.
  private static func inputs(
    _ row: ArraySlice<Double>, _ columns: [FusionColumn], _ cells: [String],
    _ occurring: OccurringClasses, _ usesScores: Bool
  ) -> [Double] {
    let numbers = zip(columns, cells).flatMap { $0.encoded($1) }
    guard usesScores else { return numbers }
    let logs = logProbabilities(occurring.restricted(row))
    let middle = logs.reduce(0, +) / Double(logs.count)
    return logs.map { $0 - middle } + numbers
  }
}

/// Means and deviations of columns of numbers; what never differs has the deviation 1.
struct FusionScale {
  let mean: [Double]
  let deviation: [Double]

  init(_ rows: [[Double]]) {
    let (count, width) = (Double(max(rows.count, 1)), rows.first?.count ?? 0)
    let means = (0..<width).map { place in rows.reduce(0) { $0 + $1[place] } / count }
    mean = means
    deviation = (0..<width).map { place in
      let variance =
        rows.reduce(0) { $0 + ($1[place] - means[place]) * ($1[place] - means[place]) } / count
      let found = variance.squareRoot()
      return found > 1e-7 * abs(means[place]) + 1e-30 ? found : 1
    }
  }

  func callAsFunction(_ row: [Double]) -> [Double] {
    row.indices.map { (row[$0] - mean[$0]) / deviation[$0] }
  }
}
