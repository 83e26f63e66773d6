import Requirements

/// Classes that raters gave to rows: a matrix `[N, M]` of which cells may be empty.
///
/// Only what was given is held, row by row, so that a thousand raters of a few rows each cost no more than their ratings.
public struct Ratings: Sendable, Equatable {
  /// A cell that is not empty.
  public struct Rating: Sendable, Equatable {
    /// Who rated, in `0..<M`.
    public var rater: Int
    /// The class given, in `0..<C`.
    public var label: Int

    /// A rating of its parts: a rater in `0..<M`, a class in `0..<C`.
    public init(rater: Int, label: Int) { (self.rater, self.label) = (rater, label) }
  }

  /// Number of classes `C`.
  public let classes: Int
  /// Number of raters `M`.
  public let raters: Int
  /// All ratings, row by row, in each row by rater.
  let all: [Rating]
  /// Where each row begins in `all`, `[N + 1]`.
  private let starts: [Int]

  /// Ratings row by row.
  ///
  /// - Parameters:
  ///   - rows: at least one rating for each row, in any order.
  ///   - raters: `M`.
  ///   - classes: `C`, at least 2.
  /// - Precondition: raters lie in `0..<M` and classes in `0..<C`, no row is empty, and nobody rated a row twice.
  public init(rows: [[Rating]], raters: Int, classes: Int) {
    require(classes >= 2, "Ratings: expected at least 2 classes, got \(classes)")
    let sorted = rows.map { $0.sorted { $0.rater < $1.rater } }
    for (row, ratings) in sorted.enumerated() {
      require(!ratings.isEmpty, "Ratings: expected a rating in row \(row), got none")
      for (place, one) in ratings.enumerated() {
        require(
          (0..<raters).contains(one.rater) && (0..<classes).contains(one.label),
          "Ratings: expected a rater in 0..<\(raters) and a class in 0..<\(classes), got \(one)")
        require(
          place == 0 || ratings[place - 1].rater < one.rater,
          "Ratings: expected one rating of row \(row) by rater \(one.rater), got two")
      }
    }
    self.init(sorted: sorted, raters: raters, classes: classes)
  }

  private init(sorted: [[Rating]], raters: Int, classes: Int) {
    starts = sorted.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) }
    all = sorted.flatMap { $0 }
    (self.raters, self.classes) = (raters, classes)
  }

  /// Ratings of a matrix, `[N][M]`, nil where a cell is empty.
  ///
  /// - Precondition: as ``init(rows:raters:classes:)``.
  public init(_ matrix: [[Int?]], classes: Int) {
    self.init(
      rows: matrix.map { row in
        row.indices.compactMap { rater in row[rater].map { Rating(rater: rater, label: $0) } }
      }, raters: matrix.map(\.count).max() ?? 0, classes: classes)
  }

  /// Number of rows `N`.
  public var count: Int { starts.count - 1 }

  /// The ratings of a row, by rater.
  ///
  /// - Precondition: `row` lies in `0..<N`.
  public subscript(row: Int) -> ArraySlice<Rating> { all[starts[row]..<starts[row + 1]] }

  /// Some of the rows.
  ///
  /// - Precondition: they lie in `0..<N`.
  public func keeping(_ rows: [Int]) -> Ratings {
    Ratings(sorted: rows.map { Array(self[$0]) }, raters: raters, classes: classes)
  }

  /// Ratings that each rater gave, `[M]`.
  public var perRater: [Int] {
    all.reduce(into: [Int](repeating: 0, count: raters)) { $0[$1.rater] += 1 }
  }

  /// Ratings that each class was given, `[C]`.
  public var perClass: [Int] {
    all.reduce(into: [Int](repeating: 0, count: classes)) { $0[$1.label] += 1 }
  }

  /// Rows with two ratings or more, in rising order.
  public var sharedRows: [Int] { (0..<count).filter { self[$0].count > 1 } }

  /// How often each class was given to a row: the classes that were, in rising order, and their counts.
  public func counts(_ row: Int) -> [(label: Int, count: Int)] {
    var counts: [(label: Int, count: Int)] = []
    for label in self[row].map(\.label).sorted() {
      if let last = counts.last, last.label == label {
        counts[counts.count - 1].count += 1
      } else {
        counts.append((label, 1))
      }
    }
    return counts
  }
}
