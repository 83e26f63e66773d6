import Requirements

/// How often each class was taken for each: rows are the truth, columns the prediction.
///
/// ```swift
/// var confusion = ConfusionMatrix(classes: 2)
/// confusion.add(truth: 0, predicted: 1)
/// confusion[0, 1]  // 1
/// ```
///
/// Counts are integers, so every metric made from them is exact under any order of the examples.
public struct ConfusionMatrix: Accumulator, Equatable, Codable {
  /// Number of classes `C`.
  public let classes: Int
  /// Counts row by row, `[C, C]` flat; entry `truth * C + predicted`.
  public private(set) var counts: [Int]

  /// An empty matrix.
  ///
  /// - Parameter classes: Number of classes, at least 1.
  /// - Precondition: `classes` is positive.
  public init(classes: Int) {
    require(classes > 0, "ConfusionMatrix: expected at least 1 class, got \(classes)")
    self.classes = classes
    counts = [Int](repeating: 0, count: classes * classes)
  }

  /// A matrix from its counts, such as those of weighted examples.
  ///
  /// - Parameters:
  ///   - classes: `C`, at least 1.
  ///   - counts: Row by row, `[C, C]` flat.
  /// - Precondition: there are `C × C` counts.
  package init(classes: Int, counts: [Int]) {
    require(
      classes > 0 && counts.count == classes * classes,
      "ConfusionMatrix: expected \(classes) × \(classes) counts, got \(counts.count)")
    self.classes = classes
    self.counts = counts
  }

  /// A matrix from its rows.
  ///
  /// - Parameter rows: Counts, `[C, C]`, rows the truth.
  /// - Precondition: `rows` is square, not empty and not negative.
  public init(rows: [[Int]]) {
    self.init(classes: rows.count)
    require(
      rows.allSatisfy { $0.count == rows.count && $0.allSatisfy { $0 >= 0 } },
      "ConfusionMatrix: expected \(rows.count) rows of \(rows.count) counts, got \(rows)")
    counts = rows.flatMap { $0 }
  }

  /// Examples of class `truth` decided as `predicted`.
  ///
  /// - Precondition: both indices lie in `0..<C`.
  public subscript(truth: Int, predicted: Int) -> Int {
    checkClass(truth)
    checkClass(predicted)
    return counts[truth * classes + predicted]
  }

  /// Counts one example.
  ///
  /// - Precondition: both indices lie in `0..<C`.
  public mutating func add(truth: Int, predicted: Int) {
    checkClass(truth)
    checkClass(predicted)
    counts[truth * classes + predicted] += 1
  }

  /// Counts one example.
  ///
  /// - Precondition: the outcome's classes lie in `0..<C`.
  public mutating func add(_ outcome: Outcome) {
    add(truth: outcome.truth, predicted: outcome.predicted)
  }

  /// Adds the counts of another matrix.
  ///
  /// - Precondition: both matrices have the same number of classes.
  public mutating func merge(_ other: ConfusionMatrix) {
    require(
      classes == other.classes,
      "ConfusionMatrix.merge: expected \(classes) classes, got \(other.classes)")
    for index in counts.indices { counts[index] += other.counts[index] }
  }

  /// The matrix itself.
  public var value: ConfusionMatrix { self }

  /// Counts as rows, `[C, C]`.
  public var rows: [[Int]] {
    (0..<classes).map { Array(counts[$0 * classes..<($0 + 1) * classes]) }
  }

  /// Number of examples.
  public var total: Int { counts.reduce(0, +) }

  /// Examples decided rightly, over all classes.
  public var correct: Int { (0..<classes).reduce(0) { $0 + counts[$1 * classes + $1] } }

  /// True examples of each class, `[C]`.
  public var support: [Int] {
    (0..<classes).map { row in counts[row * classes..<(row + 1) * classes].reduce(0, +) }
  }

  /// Examples decided as each class, `[C]`.
  public var predicted: [Int] {
    var sums = [Int](repeating: 0, count: classes)
    for index in counts.indices { sums[index % classes] += counts[index] }
    return sums
  }

  private func checkClass(_ index: Int) {
    require(
      (0..<classes).contains(index),
      "ConfusionMatrix: expected a class in 0..<\(classes), got \(index)")
  }
}
