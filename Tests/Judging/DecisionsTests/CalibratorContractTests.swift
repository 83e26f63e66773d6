import Decisions
import Files
import Foundation
import Randomness
import TestSupport
import Testing

/// What holds for every calibrator; a new one is swept with the catalogue.
@Suite("Every calibrator")
struct CalibratorContractTests {
  static let methods = CalibrationMethod.catalogue.map(\.name)

  private func method(_ name: String) throws -> CalibrationMethod {
    try #require(CalibrationMethod.named(name))
  }

  private func overconfident(_ count: Int, seed: UInt64) -> LabelledProbabilities {
    var random = RandomKey(seed: seed).source
    return GaussianClasses(prior: [0.6, 0.3, 0.1], apart: 2).sample(
      count, sharpness: 3, using: &random)
  }

  @Test("gives rows that sum to 1, for extreme rows too", arguments: methods)
  func sums(_ name: String) throws {
    let calibration = try method(name).fit(overconfident(300, seed: 1))
    let rows: [[Double]] = [
      [1, 0, 0], [0, 0, 1], [0.5, 0.5, 0], [1e-300, 1, 0], [0.2, 0.3, 0.5],
    ]
    for row in rows {
      let result = calibration(row[...])
      #expect(abs(result.reduce(0, +) - 1) < 1e-12, "\(row)")
      #expect(result.allSatisfy { $0 >= 0 && $0 <= 1 }, "\(row)")
    }
  }

  @Test("reads a slice that does not start at 0", arguments: methods)
  func slices(_ name: String) throws {
    let sample = overconfident(200, seed: 2)
    let calibration = try method(name).fit(sample)
    #expect(calibration(sample[7]) == calibration(Array(sample[7])[...]))
  }

  @Test("survives JSON bit for bit, and the same fit has the same bytes", arguments: methods)
  func roundTrip(_ name: String) throws {
    let sample = overconfident(200, seed: 3)
    let calibration = try method(name).fit(sample)
    let bytes = try JSONFile.encode(calibration)
    let read = try JSONFile.decode(Calibration.self, from: bytes, name: "c.json")
    #expect(read == calibration)
    #expect(try JSONFile.encode(read) == bytes)
    #expect(applied(read, to: sample) == applied(calibration, to: sample))
    #expect(try JSONFile.encode(method(name).fit(sample)) == bytes)
    #expect(calibration.kind == name)
  }

  @Test("does not depend on the order of classes or of rows", arguments: methods)
  func permutations(_ name: String) throws {
    let sample = overconfident(300, seed: 4)
    let order = [2, 0, 1]
    let other = permuted(sample, order)
    let expected = permuted(sample.mapping(try method(name).fit(sample).callAsFunction), order)
    let result = applied(try method(name).fit(other), to: other)
    #expect(difference(result, expected.probabilities, absolute: 2e-6) == nil)
    let reversed = try method(name).fit(sample.selecting(Array((0..<300).reversed())))
    let rows = applied(reversed, to: other)
    #expect(
      difference(
        rows, applied(try method(name).fit(sample), to: other), absolute: 2e-6) == nil)
  }

  @Test("brings calibration errors and loss down on fresh over-confident data")
  func improves() throws {
    let (fit, fresh) = (overconfident(3000, seed: 5), overconfident(20_000, seed: 6))
    let before = CalibrationQuality(fresh)
    #expect((before.calibrationError ?? 0) > 0.05)
    for name in Self.methods where name != "none" {
      let after = CalibrationQuality(
        fresh.mapping(try method(name).fit(fit).callAsFunction))
      #expect((after.calibrationError ?? 1) < 0.35 * (before.calibrationError ?? 0), "\(name)")
      #expect(
        (after.meanClassCalibrationError ?? 1) < 0.5 * (before.meanClassCalibrationError ?? 0),
        "\(name)")
      #expect((after.logLoss ?? 9) < (before.logLoss ?? 0), "\(name)")
      #expect((after.brier ?? 9) < (before.brier ?? 0), "\(name)")
    }
  }

  @Test("leaves calibrated probabilities nearly alone", arguments: methods)
  func limit(_ name: String) throws {
    var random = RandomKey(seed: 7).source
    let model = GaussianClasses(prior: [0.6, 0.3, 0.1], apart: 2)
    let calibration = try method(name).fit(model.sample(20_000, using: &random))
    let fresh = model.sample(20_000, using: &random)
    let (before, after) = (
      CalibrationQuality(fresh), CalibrationQuality(fresh.mapping(calibration.callAsFunction))
    )
    #expect(abs((after.logLoss ?? 0) - (before.logLoss ?? 1)) < 0.004)
    #expect((after.calibrationError ?? 1) < 0.012)
  }

  @Test("fitted before a correction, ends calibrated behind it")
  func beforeCorrection() throws {
    var random = RandomKey(seed: 9).source
    let (drawn, natural) = ([0.4, 0.35, 0.25], [0.8, 0.15, 0.05])
    let model = GaussianClasses(prior: drawn, apart: 2)
    let fit = model.sample(6000, from: natural, sharpness: 2.5, using: &random)
    let fresh = model.sample(20_000, from: natural, sharpness: 2.5, using: &random)
    let correction = try PriorCorrection(from: drawn, to: natural, classes: fit.classes)
    for name in Self.methods where name != "none" {
      let calibration = try method(name).fit(fit, before: correction)
      let quality = CalibrationQuality(fresh.mapping { correction(calibration($0)[...]) })
      #expect((quality.calibrationError ?? 1) < 0.012, "\(name)")
      #expect((quality.meanClassCalibrationError ?? 1) < 0.012, "\(name)")
    }
    guard case .temperature(let scaling) = try method("temperature").fit(fit, before: correction)
    else { return }
    #expect(abs(scaling.temperature - 2.5) < 0.1, "\(scaling)")
  }

  @Test("refuses one class, saying which")
  func oneClass() throws {
    let sample = LabelledProbabilities(
      classes: ["a", "b"], truths: [1, 1], probabilities: [0.5, 0.5, 0.1, 0.9])
    for name in Self.methods where name != "none" {
      #expect(
        throws: CalibrationError.tooFewClasses(examples: 2, occurring: ["b"])
      ) { try method(name).fit(sample) }
    }
    #expect(
      CalibrationError.tooFewClasses(examples: 2, occurring: ["b"]).description
        == "calibration needs examples of at least two classes, got 2 of 'b'; fit on a validation set "
        + "that has more, or leave the probabilities as they are")
    #expect(
      CalibrationError.tooFewClasses(examples: 0, occurring: []).description.contains(
        "got 0 of none;"))
  }

  @Test("a class absent from validation keeps its probability; temperature treats all alike")
  func absent() throws {
    let sample = overconfident(300, seed: 8)
    let rows = (0..<300).filter { sample.truths[$0] != 2 }
    let without = sample.selecting(rows)
    for name in ["vector", "dirichlet", "isotonic"] {
      let calibration = try method(name).fit(without)
      for row in 0..<without.count {
        #expect(calibration(without[row])[2] == Array(without[row])[2])
      }
      #expect(calibration([0, 0, 1][...]) == [0, 0, 1])
    }
    let quality = CalibrationQuality(without)
    #expect(quality.classCalibrationError[2] == nil)
    #expect(quality.reliability.classes[2].curve == nil)
    #expect(quality.reliability.classes[2].support == 0)
  }

  @Test("a kind of a later version is an error that names it")
  func unknownKind() {
    let bytes = Array("{\"kind\": \"beta\"}".utf8)
    #expect {
      try JSONFile.decode(Calibration.self, from: bytes, name: "rule.json")
    } throws: {
      "\($0)".contains("a calibration of kind 'beta' is not known to this version")
    }
    #expect(CalibrationMethod.named("beta") == nil)
  }
}
