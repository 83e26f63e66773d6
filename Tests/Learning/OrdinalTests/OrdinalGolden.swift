import Ordinal
import TestSupport

/// What SciPy and statsmodels say of the same rows: `Goldens/Ordinal/ordinal.py`.
struct OrdinalGolden: Decodable {
  struct Fit: Decodable {
    var c: Double?, lambda: Double?, penalisesFirst: Bool?, isSquared: Bool?
    var objective: Double, thresholds: [Double], coefficients: [Double]
  }
  struct Point: Decodable {
    var theta: [Double], value: Double, thresholdSlopes: [Double], differenceSlopes: [Double]
  }
  struct Crossed: Decodable {
    var features: [Double], thresholds: [Double], coefficients: [Double]
    var probabilities: [Double], straightened: Int
  }
  var features: [Double], scaled: [Double], width: Int, labels: [Int], grades: Int
  var statsmodels: Fit, proportional: [Fit], fused: [Fit], point: Point, crossed: Crossed

  static func load() throws -> OrdinalGolden {
    try Golden.load("Ordinal/ordinal.json", as: OrdinalGolden.self)
  }

  var rows: GradedRows {
    GradedRows(features: features, width: width, labels: labels, grades: grades)
  }
}
