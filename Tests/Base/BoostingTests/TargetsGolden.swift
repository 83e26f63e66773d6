import Boosting
import TestSupport

/// What Python's lightgbm says of numbers, and of rounds that hold no split (`Goldens/Boosting/targets.py`).
struct TargetsGolden: Decodable {
  struct Settings: Decodable {
    var rounds: Int, patience: Int, leaves: Int, leastRows: Int
    var rate: Double, l2: Double, featurePart: Double, rowPart: Double

    var boosting: BoostingSettings {
      var made = BoostingSettings()
      (made.rounds, made.patience, made.rate) = (rounds, patience, rate)
      (made.leaves, made.leastRows, made.l2) = (leaves, leastRows, l2)
      (made.featurePart, made.rowPart) = (featurePart, rowPart)
      return made
    }
  }
  struct Numbers: Decodable {
    var name: String, error: String, seed: Int32
    var settings: Settings
    /// Missing values are null.
    var training: [Float?], validation: [Float?], test: [Float?]
    var numbers: [Double], validationNumbers: [Double]
    var weights: [Float], validationWeights: [Float]
    var rounds: Int, loss: Double, raw: [Double]
  }
  struct Drawn: Decodable {
    var name: String, seed: Int32
    var settings: Settings
    var training: [Float?], validation: [Float?], test: [Float?]
    var labels: [Int], validationLabels: [Int]
    var rounds: Int, grown: Int, empty: Int, first: Bool
    var loss: Double, raw: [Double]
  }
  var numbers: [Numbers]
  var drawn: [Drawn]

  static func load() throws -> TargetsGolden {
    try Golden.load("Boosting/targets.json", as: TargetsGolden.self)
  }

  /// Rows with NaN where a value is missing.
  static func rows(_ values: [Float?]) -> [Float] { values.map { $0 ?? .nan } }
}
