import Boosting
import TestSupport

/// What Python's lightgbm says of the same rows and parameters (`Goldens/Boosting/lightgbm.py`).
struct BoostingGolden: Decodable {
  struct Settings: Decodable {
    var rounds: Int, patience: Int, leaves: Int, leastRows: Int
    var rate: Double, l2: Double, featurePart: Double, rowPart: Double
  }
  struct Case: Decodable {
    var name: String, classes: Int, seed: Int32
    var settings: Settings
    var training: [Float], validation: [Float], test: [Float], classWeights: [Float]
    var labels: [Int], validationLabels: [Int]
    var rounds: Int, loss: Double
    var raw: [Double], rawOfSeven: [Double]
    var text: String

    var boosting: BoostingSettings {
      var made = BoostingSettings()
      (made.rounds, made.patience) = (settings.rounds, settings.patience)
      (made.rate, made.leaves, made.leastRows) = (
        settings.rate, settings.leaves, settings.leastRows
      )
      (made.l2, made.featurePart, made.rowPart) = (
        settings.l2, settings.featurePart, settings.rowPart
      )
      return made
    }
    func rows(_ values: [Float], _ labels: [Int]) -> BoostingRows {
      BoostingRows(
        values: values, columns: 4, labels: labels, weights: labels.map { classWeights[$0] })
    }
    var learned: BoostingRows { rows(training, labels) }
    var seen: BoostingRows { rows(validation, validationLabels) }
    var testRows: Int { test.count / 4 }
  }
  var lightgbm: String
  var cases: [Case]

  static func load() throws -> [Case] {
    try Golden.load("Boosting/lightgbm.json", as: BoostingGolden.self).cases
  }
}
