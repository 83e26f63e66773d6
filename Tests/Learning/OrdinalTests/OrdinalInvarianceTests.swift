import Ordinal
import Randomness
import TestSupport
import Testing

/// What must not change a fit of grades, and grades that are not there.
@Suite("Invariances of graded fits")
struct OrdinalInvarianceTests {
  private let features: [Double]
  private let labels: [Int]

  /// 40 rows of two numbers, the first of which says something of three grades that overlap.
  init() {
    var source = RandomSource(seed: 11)
    var (features, labels) = ([Double](), [Int]())
    for row in 0..<40 {
      let grade = row % 5 == 0 ? 2 : row % 2
      labels.append(grade)
      features += [Double(grade) * 0.8 + source.normal(), source.normal()]
    }
    (self.features, self.labels) = (features, labels)
  }

  private func rows(_ features: [Double], width: Int, _ labels: [Int]) -> GradedRows {
    GradedRows(features: features, width: width, labels: labels, grades: 3)
  }

  private func fit(_ rows: GradedRows, c: Double = 1) -> CumulativeModel {
    ProportionalOdds(c: c)(rows, key: RandomKey(seed: 0)).model
  }

  private var plain: [Double] { fit(rows(features, width: 2, labels))(features).probabilities }

  @Test func unitsOfColumns() {
    let other = features.enumerated().map { (place: Int, x: Double) -> Double in
      place % 2 == 0 ? 1000 * x + 7 : x / 50 - 3
    }
    let found = fit(rows(other, width: 2, labels))(other).probabilities
    #expect(difference(found, plain, absolute: 1e-4) == nil)
  }

  @Test func orderOfRows() {
    let order = (0..<40).map { (row: Int) -> Int in (row * 7 + 3) % 40 }
    let turned = rows(features, width: 2, labels).keeping(order)
    let found = fit(turned)(features).probabilities
    #expect(difference(found, plain, absolute: 1e-4) == nil)
  }

  /// Grades counted from the other end have the probabilities from the other end.
  @Test func reversedGrades() {
    let found = fit(rows(features, width: 2, labels.map { 2 - $0 }))(features).probabilities
    let turned = (0..<40).flatMap { (row: Int) -> [Double] in
      Array(found[3 * row..<3 * row + 3].reversed())
    }
    #expect(difference(turned, plain, absolute: 1e-4) == nil)
  }

  /// A column that says nothing, the same in every row, changes nothing.
  @Test func aConstantColumn() {
    let wide = (0..<40).flatMap { (row: Int) -> [Double] in
      [features[2 * row], features[2 * row + 1], 123.4]
    }
    let model = fit(rows(wide, width: 3, labels))
    #expect(abs(model.coefficients[2]) < 1e-9)
    #expect(difference(model(wide).probabilities, plain, absolute: 1e-4) == nil)
  }

  /// Without a penalty every row twice is every row once; with one, the rows weigh more against it.
  @Test func everyRowTwice() {
    let twice = rows(features + features, width: 2, labels + labels)
    let (once, both) = (
      fit(rows(features, width: 2, labels), c: .infinity), fit(twice, c: .infinity)
    )
    #expect(difference(both.coefficients, once.coefficients, absolute: 1e-3) == nil)
    let (held, freer) = (fit(rows(features, width: 2, labels), c: 0.01), fit(twice, c: 0.01))
    #expect(abs(held.coefficients[0]) < abs(freer.coefficients[0]))
    #expect(abs(freer.coefficients[0]) < abs(once.coefficients[0]))
  }

  /// A grade in the middle that no row has gets nothing, and the others are a fit of two grades.
  @Test func aGradeThatIsNotThere() {
    let found = fit(rows(features, width: 2, labels.map { $0 == 1 ? 0 : $0 }))
    let two = ProportionalOdds(c: 1)(
      GradedRows(features: features, width: 2, labels: labels.map { $0 == 2 ? 1 : 0 }, grades: 2),
      key: RandomKey(seed: 0)
    ).model
    let (p, q) = (found(features).probabilities, two(features).probabilities)
    #expect((0..<40).allSatisfy { p[3 * $0 + 1] == 0 })
    let ends = (0..<40).flatMap { (row: Int) -> [Double] in [p[3 * row], p[3 * row + 2]] }
    #expect(difference(ends, q, absolute: 1e-4) == nil)
  }

  /// Rows of one grade alone have that grade, whatever they are.
  @Test(arguments: 0..<3)
  func oneGrade(grade: Int) {
    let solution = ProportionalOdds()(
      rows(features, width: 2, labels.map { _ in grade }), key: RandomKey(seed: 1))
    let answer = solution.model([1e3, -1e3, 0, 0])
    for row in 0..<2 { #expect(close(answer.probabilities[3 * row + grade], 1)) }
    #expect(answer.straightened == 0 && solution.isConverged)
  }
}

/// Cumulative logits far out, by hand.
@Suite("Ends of cumulative models")
struct CumulativeEndTests {
  /// Wherever a row lies its probabilities sum to 1, and far out one grade has all.
  @Test func farRows() {
    let model = CumulativeModel(thresholds: [-1, 0.5, 2], coefficients: [1, 1, 1])
    let answer = model([-1e4, -30, 0, 30, 1e4])
    for row in 0..<5 {
      let own = answer.probabilities[4 * row..<4 * row + 4]
      #expect(close(own.reduce(0, +), 1) && own.allSatisfy { $0 >= 0 && $0 <= 1 })
    }
    #expect(answer.straightened == 0)
    #expect(Array(answer.probabilities.prefix(4)) == [0, 0, 0, 1])
    #expect(Array(answer.probabilities.suffix(4)) == [1, 0, 0, 0])
    // σ(½ − 30) − σ(−1 − 30) keeps its digits: e^{−29.5} − e^{−31}.
    #expect(close(answer.probabilities[5], 1.19856349e-13, relative: 1e-6))
  }

  /// Thresholds that cross: σ(1) and 1 − σ(−1) are left, and are a half each.
  @Test func crossedByHand() {
    let answer = CumulativeModel(thresholds: [1, -1], coefficients: [0, 0])([5, -7])
    #expect(difference(answer.probabilities, [0.5, 0, 0.5, 0.5, 0, 0.5]) == nil)
    #expect(answer.straightened == 2)
  }
}
