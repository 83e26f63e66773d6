import Decisions
import TestSupport
import Testing

/// What Goldens/Decisions/calibration.py writes.
private struct CalibrationGolden: Decodable {
  struct Case: Decodable {
    let truths: [Int]
    let classes: Int
    let probabilities: [Double]
    let temperature: Double
    let temperatureP: [Double]
    let vectorValue: Double
    let vectorP: [Double]
    let dirichletValue: Double
    let dirichletP: [Double]
    let isotonicP: [Double]
    let logLoss: Double
    let brier: Double
    let ece: Double
    let eceClass: [Double?]
    let topBins: [[Double?]]

    var sample: LabelledProbabilities {
      LabelledProbabilities(
        classes: (0..<classes).map { "c\($0)" }, truths: truths, probabilities: probabilities)
    }
  }
  struct Curve: Decodable {
    let x: [Double]
    let y: [Double]
    let at: [Double]
    let values: [Double]
  }

  let cases: [String: Case]
  let curves: [Curve]

  static func load() throws -> CalibrationGolden {
    try Golden.load("Decisions/calibration.json")
  }
}

@Suite("Calibration equals SciPy's and scikit-learn's")
struct CalibrationGoldenTests {
  static let names = ["plain", "ties", "absent"]

  private func golden(_ name: String) throws -> CalibrationGolden.Case {
    try #require(try CalibrationGolden.load().cases[name])
  }

  @Test("temperature and scaled probabilities", arguments: names)
  func temperature(_ name: String) throws {
    let golden = try golden(name)
    let fitted = try TemperatureScaling(fitting: golden.sample)
    #expect(close(fitted.temperature, golden.temperature, relative: 1e-11), "\(fitted)")
    let scaled = applied(fitted, to: golden.sample)
    #expect(difference(scaled, golden.temperatureP, relative: 1e-10, absolute: 1e-14) == nil)
  }

  @Test("vector scaling, with its ridge", arguments: names)
  func vector(_ name: String) throws {
    let golden = try golden(name)
    let fitted = try VectorScaling(fitting: golden.sample, ridge: 1e-3)
    let result = applied(fitted, to: golden.sample)
    #expect(difference(result, golden.vectorP, absolute: 2e-7) == nil)
    var gradient = [Double](repeating: 0, count: 2 * fitted.slopes.count)
    let value = VectorScaling.Objective(golden.sample, ridge: 1e-3)(
      fitted.slopes + fitted.intercepts, &gradient)
    #expect(close(value, golden.vectorValue, relative: 1e-12))
  }

  @Test("Dirichlet calibration, with its regularisation", arguments: names)
  func dirichlet(_ name: String) throws {
    let golden = try golden(name)
    let strength = DirichletCalibration.Regularization(offDiagonal: 0.02, intercept: 0.05)
    let fitted = try DirichletCalibration(fitting: golden.sample, regularization: strength)
    let result = applied(fitted, to: golden.sample)
    #expect(difference(result, golden.dirichletP, absolute: 2e-6) == nil)
    let point = fitted.weights + fitted.intercepts
    var gradient = [Double](repeating: 0, count: point.count)
    let value = DirichletCalibration.Objective(golden.sample, strength)(point, &gradient)
    #expect(close(value, golden.dirichletValue, relative: 1e-11))
  }

  @Test("isotonic regression, one against the rest and normalised", arguments: names)
  func isotonic(_ name: String) throws {
    let golden = try golden(name)
    let result = applied(try IsotonicCalibration(fitting: golden.sample), to: golden.sample)
    #expect(difference(result, golden.isotonicP, relative: 1e-12, absolute: 1e-14) == nil)
  }

  @Test("isotonic curves with ties, constant scores and a single example")
  func curves() throws {
    for golden in try CalibrationGolden.load().curves {
      let curve = MonotoneCurve(fitting: golden.x, golden.y.map { $0 == 1 })
      #expect(difference(golden.at.map { curve($0) }, golden.values, absolute: 1e-13) == nil)
    }
  }

  @Test("log loss, Brier score, calibration errors and bins", arguments: names)
  func quality(_ name: String) throws {
    let golden = try golden(name)
    let quality = CalibrationQuality(golden.sample)
    #expect(close(quality.logLoss ?? .nan, golden.logLoss, relative: 1e-12))
    #expect(close(quality.brier ?? .nan, golden.brier, relative: 1e-12))
    #expect(close(quality.calibrationError ?? .nan, golden.ece, relative: 1e-12))
    for (ours, theirs) in zip(quality.classCalibrationError, golden.eceClass) {
      #expect(ours == theirs || close(ours ?? .nan, theirs ?? .nan, relative: 1e-12))
    }
    for (bin, row) in zip(quality.reliability.topLabel.bins, golden.topBins) {
      #expect(Double(bin.count) == row[0] && Double(bin.positives) == row[1])
      #expect(close(bin.meanProbability ?? 0, row[2] ?? 0, relative: 1e-12))
    }
  }
}
