/// Rows of which only some grades are there, as rows of those grades alone: a fold may lack the rarest.
struct PresentGrades: Sendable {
  /// The rows with their grades numbered anew; `nil` where they are all of one.
  let rows: GradedRows?
  /// The grades that are there, ascending.
  private let present: [Int]
  private let grades: Int
  private let width: Int

  /// A logit of about nothing and about all.
  private static let certain = 40.0

  init(_ rows: GradedRows) {
    let present = rows.counts.indices.filter { rows.counts[$0] > 0 }
    (self.present, grades, width) = (present, rows.grades, rows.width)
    guard present.count > 1 else {
      self.rows = nil
      return
    }
    var places = [Int](repeating: 0, count: rows.grades)
    for (place, grade) in present.enumerated() { places[grade] = place }
    self.rows = GradedRows(
      features: rows.features, width: rows.width, labels: rows.labels.map { places[$0] },
      grades: present.count, groups: rows.groups)
  }

  /// A model of those grades as one of all: a grade that is not there has no probability.
  ///
  /// - Parameter model: of the grades that are there; `nil` where they are all of one.
  func expanded(_ model: CumulativeModel?) -> CumulativeModel {
    var (thresholds, coefficients) = ([Double](), [Double]())
    for boundary in 0..<grades - 1 {
      let below = present.count { $0 <= boundary }
      if let model, below > 0, below < present.count {
        thresholds.append(model.thresholds[below - 1])
        coefficients += model.coefficients[(below - 1) * width..<below * width]
      } else {
        thresholds.append(below == 0 ? -Self.certain : Self.certain)
        coefficients += [Double](repeating: 0, count: width)
      }
    }
    return CumulativeModel(thresholds: thresholds, coefficients: coefficients)
  }
}
