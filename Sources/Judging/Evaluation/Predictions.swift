import Requirements

/// What a model said about a set of examples: one row each, in a fixed order.
///
/// ```swift
/// let predictions = try Predictions.read("runs/a/predictions-test.csv")
/// let report = MetricsReport(predictions)
/// ```
///
/// Every example occurs once; a second row of the same path is an error, so that no padding or
/// repeated batch can change a metric. Probabilities that come as `Float` are kept as the numbers with
/// the fewest digits that identify them, so the file is short, and whoever reads it
/// computes from exactly the same values.
public struct Predictions: Sendable, Equatable {
  /// A column that travels with the predictions, such as `group` or an attribute of the manifest.
  public struct Column: Sendable, Equatable {
    /// Name of the column.
    public let name: String
    /// One value for each row, `[N]`.
    public let values: [String]

    /// A column.
    ///
    /// - Parameters:
    ///   - name: Name of the column.
    ///   - values: One value for each row, `[N]`.
    public init(_ name: String, _ values: [String]) {
      self.name = name
      self.values = values
    }
  }

  /// Class names in the order of the model, `[C]`.
  public let classes: [String]
  /// What identifies each example: its path as the user knows it, `[N]`, all different.
  public let paths: [String]
  /// True class of each example, `[N]`; `nil` where not known.
  public let truths: [Int?]
  /// Decided class of each example, `[N]`.
  public let predicted: [Int]
  /// Probabilities row by row, `[N, C]` flat.
  public let probabilities: [Double]
  /// Columns carried along.
  public let columns: [Column]
  /// Whether the probabilities are the model's; where only decisions are known each row has 1 at its decision,
  /// and every metric that needs scores is undefined.
  public let hasScores: Bool
  /// The positive one of two classes, where it was chosen; `nil` leaves it to ``positiveClass(shots:)``.
  public var positive: PositiveClass?
  /// Whether the order of the classes means something, as that of grades does: then metrics of ordered classes are
  /// given (`Metric.ofOrder`).
  public var areOrdered = false

  /// A set of predictions.
  ///
  /// - Parameters:
  ///   - classes: Class names, `[C]`, at least one, all different.
  ///   - paths: What identifies each example, `[N]`, all different.
  ///   - truths: True classes, `[N]`, each in `0..<C` or `nil`; `nil` for the whole where unknown.
  ///   - predicted: Decided classes, `[N]`, each in `0..<C`; `nil` takes the most probable.
  ///   - probabilities: Row by row, `[N, C]` flat, each in 0…1, each row summing to 1 within 0.001.
  ///   - columns: Columns carried along, `[N]` each.
  /// - Throws: `PredictionsError` naming the first row that is not so.
  /// - Precondition: the lengths agree, and class indices lie in `0..<C`.
  public init(
    classes: [String], paths: [String], truths: [Int?]? = nil, predicted: [Int]? = nil,
    probabilities: [Double], columns: [Column] = []
  ) throws(PredictionsError) {
    let (rows, width) = (paths.count, classes.count)
    require(
      probabilities.count == rows * width && columns.allSatisfy { $0.values.count == rows },
      "Predictions: expected \(rows) × \(width) probabilities and columns of \(rows), "
        + "got \(probabilities.count) and \(columns.map(\.values.count))")
    require(
      (truths ?? []).allSatisfy { $0.map((0..<width).contains) ?? true }
        && (predicted ?? []).allSatisfy((0..<width).contains)
        && (truths?.count ?? rows) == rows && (predicted?.count ?? rows) == rows,
      "Predictions: expected \(rows) truths and decisions in 0..<\(width), got others")
    try Self.checkClasses(classes)
    try Self.check(paths, probabilities, width)
    self.classes = classes
    self.paths = paths
    self.truths = truths ?? [Int?](repeating: nil, count: rows)
    self.predicted =
      predicted
      ?? (0..<rows).map { mostProbable(probabilities[$0 * width..<($0 + 1) * width]) }
    self.probabilities = probabilities
    self.columns = columns
    hasScores = true
  }

  /// A set of predictions from single-precision probabilities, as a network gives them.
  ///
  /// - Parameters:
  ///   - classes: Class names, `[C]`, at least one, all different.
  ///   - paths: What identifies each example, `[N]`, all different.
  ///   - truths: True classes, `[N]`, each in `0..<C` or `nil`; `nil` for the whole where unknown.
  ///   - predicted: Decided classes, `[N]`, each in `0..<C`; `nil` takes the most probable.
  ///   - probabilities: Row by row, `[N, C]` flat, each in 0…1, each row summing to 1 within 0.001.
  ///   - columns: Columns carried along, `[N]` each.
  /// - Throws: `PredictionsError` naming the first row that is not so.
  /// - Precondition: the lengths agree, and class indices lie in `0..<C`.
  public init(
    classes: [String], paths: [String], truths: [Int?]? = nil, predicted: [Int]? = nil,
    probabilities: [Float], columns: [Column] = []
  ) throws(PredictionsError) {
    try self.init(
      classes: classes, paths: paths, truths: truths, predicted: predicted,
      probabilities: probabilities.map { Double($0.description) ?? Double($0) }, columns: columns)
  }

  /// Number of rows `N`.
  public var count: Int { paths.count }

  /// Probabilities of one row, `[C]`.
  ///
  /// - Precondition: `row` lies in `0..<N`.
  public subscript(row: Int) -> ArraySlice<Double> {
    require(
      paths.indices.contains(row), "Predictions: expected a row in 0..<\(count), got \(row)")
    return probabilities[row * classes.count..<(row + 1) * classes.count]
  }

  /// One row for an accumulator; `nil` where its truth is not known.
  ///
  /// - Precondition: `row` lies in `0..<N`.
  public func outcome(_ row: Int) -> Outcome? {
    let probabilities = self[row]
    return truths[row].map {
      Outcome(truth: $0, predicted: predicted[row], probabilities: probabilities)
    }
  }

  /// Values of a column carried along, `[N]`; `nil` where there is none of this name.
  public func column(_ name: String) -> [String]? { columns.first { $0.name == name }?.values }

  /// Group of each row (patient, smear, site), `[N]`; `nil` where there is none.
  ///
  /// The column `group`, or, without one, `patient_id`, `subject_id` or `patientid`, without regard to case.
  public var groups: [String]? { column(among: PredictionColumns.groupNames)?.values }

  /// The column of the groups.
  ///
  /// - Parameter name: Its name; the usual `group` stands for whichever ``groups`` takes.
  /// - Returns: `nil` where there is none.
  public func groupColumn(_ name: String) -> Column? {
    let usual =
      name == PredictionColumns.groupNames[0] ? column(among: PredictionColumns.groupNames) : nil
    return columns.first { $0.name == name } ?? usual
  }

  /// Split of each row, `[N]`: the column `split`, or, without one, `fold`; `nil` where there is none.
  public var splits: [String]? { column(among: PredictionColumns.splitNames)?.values }

  private func column(among names: [String]) -> Column? {
    names.lazy.compactMap { name in columns.first { $0.name.lowercased() == name } }.first
  }
}

extension Predictions {
  /// How far from 1 the probabilities of a row may sum.
  static let tolerance = 0.001

  /// Predictions whose probabilities a reader has checked already.
  ///
  /// - Throws: `PredictionsError` for a class or an example that occurs twice.
  init(
    unchecked classes: [String], paths: [String], truths: [Int?], predicted: [Int],
    probabilities: [Double], columns: [Column], hasScores: Bool = true,
    positive: PositiveClass? = nil
  ) throws(PredictionsError) {
    try Self.checkClasses(classes)
    try Self.checkPaths(paths)
    self.classes = classes
    self.paths = paths
    self.truths = truths
    self.predicted = predicted
    self.probabilities = probabilities
    self.columns = columns
    (self.hasScores, self.positive) = (hasScores, positive)
  }

  private static func checkClasses(_ classes: [String]) throws(PredictionsError) {
    guard !classes.isEmpty else { throw .noClasses }
    var seen: Set<String> = []
    for name in classes where !seen.insert(name).inserted { throw .duplicateClass(name) }
  }

  /// Sorts by hash instead of filling a dictionary, which takes a third of the memory.
  private static func checkPaths(_ paths: [String]) throws(PredictionsError) {
    var hashes = paths.indices.map { (hash: paths[$0].hashValue, row: $0) }
    hashes.sort { $0.hash == $1.hash ? $0.row < $1.row : $0.hash < $1.hash }
    var repeated: (earlier: Int, later: Int)?
    var start = 0
    for next in hashes.indices.dropFirst() {
      if hashes[next].hash != hashes[start].hash { start = next }
      let later = hashes[next].row
      guard start < next, repeated.map({ later < $0.later }) ?? true else { continue }
      let same = hashes[start..<next].first { paths[$0.row] == paths[later] }
      if let same { repeated = (same.row, later) }
    }
    if let (earlier, later) = repeated {
      throw .duplicatePath(paths[later], rows: [earlier + 1, later + 1])
    }
  }

  private static func check(
    _ paths: [String], _ probabilities: [Double], _ width: Int
  ) throws(PredictionsError) {
    try checkPaths(paths)
    for (row, path) in paths.enumerated() {
      var sum = 0.0
      for p in probabilities[row * width..<(row + 1) * width] {
        guard p >= 0, p <= 1 else { throw .notAProbability(path, row: row + 1, value: "\(p)") }
        sum += p
      }
      guard abs(sum - 1) <= tolerance else { throw .badSum(path, row: row + 1, sum: sum) }
    }
  }
}
