import Ordinal
import Randomness

/// Rows of four grades of which the last is rare, and what its probability truly is: `P(y ≤ k) = σ(α_k + xᵀβ_k)` with α = 0, 3, 5,
/// x uniform in −1…1, an entry of β_1 .5 with probability 1/3 and else 0, and each next β another by ±.5 in an entry with
/// probability 1/3.
///
/// About one row in a hundred is of the last grade. Source: Faletto and Bien, ICML 2023, "sparse" differences; coefficients whose
/// thresholds cross somewhere in the box are drawn anew.
struct RareGradeWorld {
  static let (width, grades) = (10, 4)
  private static let thresholds = [0.0, 3, 5]

  let model: CumulativeModel
  private var source: RandomSource

  /// - Parameters:
  ///   - seed: of all draws.
  ///   - differs: probability that an entry of a β differs from that of the one before; 0 is proportional odds.
  init(seed: UInt64, differs: Double = 1.0 / 3) {
    source = RandomKey(seed: seed).folding("rare grades").source
    var coefficients: [Double]
    repeat {
      coefficients = Self.drawn(differs, &source)
    } while Self.mayCross(coefficients)
    model = CumulativeModel(thresholds: Self.thresholds, coefficients: coefficients)
  }

  private static func drawn(_ differs: Double, _ source: inout RandomSource) -> [Double] {
    var coefficients = (0..<width).map { _ in source.uniform() < 1.0 / 3 ? 0.5 : 0 }
    for boundary in 1..<grades - 1 {
      for column in 0..<width {
        let step = source.uniform() < differs ? (source.uniform() < 0.5 ? 0.5 : -0.5) : 0
        coefficients.append(coefficients[(boundary - 1) * width + column] + step)
      }
    }
    return coefficients
  }

  /// Whether two thresholds may be the wrong way round at some corner of the box.
  private static func mayCross(_ coefficients: [Double]) -> Bool {
    (1..<grades - 1).contains { boundary in
      let reach = (0..<width).reduce(0) {
        $0
          + abs(
            coefficients[boundary * width + $1] - coefficients[(boundary - 1) * width + $1])
      }
      return thresholds[boundary] - thresholds[boundary - 1] <= reach
    }
  }

  /// So many rows, and P of each grade in each of them, `[N × K]`.
  mutating func rows(_ count: Int) -> (rows: GradedRows, truth: [Double]) {
    let features = (0..<count * Self.width).map { _ in source.uniform(in: -1...1) }
    let truth = model(features).probabilities
    let labels = (0..<count).map { row -> Int in
      var (u, grade) = (source.uniform(), 0)
      while grade < Self.grades - 1, u >= truth[row * Self.grades + grade] {
        u -= truth[row * Self.grades + grade]
        grade += 1
      }
      return grade
    }
    return (
      GradedRows(features: features, width: Self.width, labels: labels, grades: Self.grades), truth
    )
  }
}
