import Boosting
import Foundation
import TestSupport
import Testing

/// Trees of numbers, of rows with missing values, and of draws that hold no split, against Python's lightgbm.
@Suite(
  .enabled(
    if: (try? LightGBM.library()) != nil,
    "LightGBM is not installed: pip install lightgbm, and name its lib_lightgbm.so in STEELYARD_LIGHTGBM"
  ))
struct GrownTargetsTests {
  /// Rounds, error and answers are those of Python's lightgbm, ended by either error, weighted or not; rows have NaN. The last
  /// case allows no split, so that the mean is all there is.
  @Test(arguments: 0..<4) func numbersAreThoseOfPython(number: Int) throws {
    let golden = try TargetsGolden.load().numbers[number]
    let error = try #require(BoostingObjective.NumberError(rawValue: golden.error))
    func rows(_ values: [Float?], _ numbers: [Double], _ weights: [Float]) -> BoostingRows {
      BoostingRows(
        values: TargetsGolden.rows(values), columns: 4, targets: numbers.map { Float($0) },
        weights: weights)
    }
    let training = rows(golden.training, golden.numbers, golden.weights)
    #expect(training.values.contains { $0.isNaN })
    let grown = try LightGBM.library().grow(
      training,
      validation: rows(golden.validation, golden.validationNumbers, golden.validationWeights),
      .number(endedBy: error), golden.settings.boosting, seed: golden.seed, threads: 1)
    #expect(grown.rounds == golden.rounds, "\(golden.name)")
    #expect(grown.metric == golden.error)
    #expect(close(try #require(grown.loss), golden.loss, relative: 1e-9), "\(golden.name)")
    let booster = try Booster(text: grown.text)
    #expect(booster.features == 4 && booster.scores == 1)
    let raw = try booster.rawScores(TargetsGolden.rows(golden.test), count: golden.test.count / 4)
    #expect(difference(raw, golden.raw, relative: 1e-9, absolute: 1e-12) == nil, "\(golden.name)")
    if golden.rounds == 0 { #expect(grown.grown == 0 && Set(raw).count == 1) }
  }

  /// A round whose draw holds no split is no end: the next draws others, and patience counts it. What Python's library says, round
  /// by round.
  @Test(arguments: 0..<3) func aDrawWithoutASplitIsNoEnd(number: Int) throws {
    let golden = try TargetsGolden.load().drawn[number]
    func rows(_ values: [Float?], _ labels: [Int]) -> BoostingRows {
      BoostingRows(values: TargetsGolden.rows(values), columns: 4, labels: labels)
    }
    let grown = try LightGBM.library().grow(
      rows(golden.training, golden.labels),
      validation: rows(golden.validation, golden.validationLabels), .classes(2),
      golden.settings.boosting, seed: golden.seed, threads: 1)
    #expect(golden.empty > 0)
    #expect(grown.empty == golden.empty && grown.grown == golden.grown, "\(golden.name)")
    #expect(grown.rounds == golden.rounds, "\(golden.name)")
    #expect(close(try #require(grown.loss), golden.loss, relative: 1e-9), "\(golden.name)")
    let raw = try Booster(text: grown.text).rawScores(
      TargetsGolden.rows(golden.test), count: golden.test.count / 4)
    #expect(difference(raw, golden.raw, relative: 1e-9, absolute: 1e-12) == nil, "\(golden.name)")
  }

  /// Without draws the same round would come again, so growing ends; draws go on to the last round where nothing else ends them.
  @Test func withoutValidationDrawsGoOnToTheLastRound() throws {
    let golden = try TargetsGolden.load().drawn[2]
    let rows = BoostingRows(
      values: TargetsGolden.rows(golden.training), columns: 4, labels: golden.labels)
    var settings = golden.settings.boosting
    settings.rounds = 60
    func grown(_ settings: BoostingSettings) throws -> GrownTrees {
      try LightGBM.library().grow(
        rows, validation: nil, .classes(2), settings, seed: golden.seed, threads: 1)
    }
    let drawn = try grown(settings)
    #expect(drawn.grown + drawn.empty == 60 && drawn.empty > 0 && drawn.rounds == drawn.grown)
    (settings.rowPart, settings.featurePart, settings.leastRows) = (1, 1, 100)
    let whole = try grown(settings)
    #expect(whole.grown == 0 && whole.empty == 1 && whole.rounds == 0)
    // The log odds of the share alone.
    let raw = try Booster(text: whole.text).rawScores([1, 2, 3, 4], count: 1)
    let n = Double(golden.labels.count { $0 == 1 })
    #expect(close(raw[0], log(n / (Double(golden.labels.count) - n)), relative: 1e-6))
  }

  /// Sums in the library are the same for any number of threads.
  @Test func numbersGiveTheSameBytesForAnyThreads() throws {
    let golden = try TargetsGolden.load().numbers[2]
    let rows = BoostingRows(
      values: TargetsGolden.rows(golden.training), columns: 4,
      targets: golden.numbers.map { Float($0) }, weights: golden.weights)
    let texts = try [1, 2].map { threads in
      try LightGBM.library().grow(
        rows, validation: nil, .number(endedBy: .rmse), golden.settings.boosting, seed: 1,
        threads: threads
      ).text
    }
    #expect(texts[0] == texts[1])
  }
}
