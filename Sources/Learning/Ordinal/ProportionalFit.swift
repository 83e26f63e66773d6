/// Proportional odds of some rows, fitted again and again from where the last fit ended.
struct ProportionalFit: Sendable {
  private let likelihood: CumulativeLikelihood?
  private var point: [Double]

  /// - Parameter part: rows, scaled.
  init(_ part: PresentGrades) {
    likelihood = part.rows.map { CumulativeLikelihood($0, isProportional: true) }
    point = likelihood?.start ?? []
  }

  /// The model; `nil` where all rows are of one grade.
  var model: CumulativeModel? { likelihood?.model(point) }

  /// The minimum for a C; `nil` where all rows are of one grade.
  mutating func solved(
    c: Double, descent: AcceleratedDescent, look: () throws -> Void
  ) rethrows -> AcceleratedDescent.Outcome? {
    guard let likelihood else { return nil }
    var penalty = Penalty(size: likelihood.size)
    for place in likelihood.rows.grades - 1..<likelihood.size {
      penalty.squared[place] = 1 / (c * Double(likelihood.rows.count))
    }
    let end = try descent.minimum(from: point, of: likelihood, penalty, look: look)
    point = end.point
    return end
  }
}
