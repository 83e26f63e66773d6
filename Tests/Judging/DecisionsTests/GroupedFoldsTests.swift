import Decisions
import Files
import Randomness
import Testing

@Suite("Grouped folds and cross-fitting")
struct GroupedFoldsTests {
  private func sample(groups: [String]?) -> LabelledProbabilities {
    var random = RandomKey(seed: 31).source
    return GaussianClasses(prior: [0.7, 0.2, 0.1], apart: 1.5).sample(
      300, sharpness: 2.5, groups: groups, using: &random)
  }

  @Test("split no group, and give every fold its part of each class")
  func folds() throws {
    let groups = (0..<300).map { "p\($0 / 3)" }
    let sample = sample(groups: groups)
    var random = RandomKey(seed: 1).source
    let folds = try GroupedFolds(sample, count: 5, using: &random)
    for row in 0..<300 { #expect(folds.fold[row] == folds.fold[row / 3 * 3]) }
    for c in 0..<3 {
      let parts = (0..<5).map { fold in
        folds.rows(in: fold).filter { sample.truths[$0] == c }.count
      }
      let mean = Double(sample.counts[c]) / 5
      #expect(parts.allSatisfy { abs(Double($0) - mean) <= 2 }, "class \(c): \(parts)")
    }
    #expect((0..<5).map { folds.rows(in: $0).count }.reduce(0, +) == 300)
    #expect(folds.rows(outside: 2).allSatisfy { folds.fold[$0] != 2 })
  }

  @Test("same seed, same folds; another seed, others")
  func seeds() throws {
    let sample = sample(groups: nil)
    func folds(_ seed: UInt64) throws -> GroupedFolds {
      var random = RandomKey(seed: seed).source
      return try GroupedFolds(sample, count: 4, using: &random)
    }
    #expect(try folds(1) == folds(1))
    #expect(try folds(1) != folds(2))
  }

  @Test("more folds than groups is an error that says so")
  func tooFew() throws {
    let sample = sample(groups: (0..<300).map { "p\($0 / 100)" })
    #expect(throws: CalibrationError.tooFewGroups(3, folds: 5)) {
      var random = RandomKey(seed: 1).source
      _ = try GroupedFolds(sample, count: 5, using: &random)
    }
    #expect(
      CalibrationError.tooFewGroups(3, folds: 5).description
        == "cross-validated calibration in 5 folds needs at least 5 groups, got 3; "
        + "choose a method without comparing them")
  }

  @Test("a row is calibrated by a fit that never saw its group")
  func honest() throws {
    // Every group answers at random: what the fit learns of a group must not reach its own rows.
    var random = RandomKey(seed: 5).source
    let truths = (0..<200).map { _ in random.below(2) }
    let probabilities = (0..<200).flatMap { row in
      let p = Double(row / 4) / 50 + 0.01
      return [1 - p, p]
    }
    let labels = (0..<200).map { truths[$0 / 4 * 4] }
    let sample = LabelledProbabilities(
      classes: ["a", "b"], truths: labels, probabilities: probabilities,
      groups: (0..<200).map { "g\($0 / 4)" })
    let seen = sample.mapping(try CalibrationMethod.isotonic.fit(sample).callAsFunction)
    let honest = try CalibrationMethod.isotonic.crossFitted(sample, using: &random)
    let (optimistic, fair) = (CalibrationQuality(seen).logLoss, CalibrationQuality(honest).logLoss)
    #expect((fair ?? 0) > (optimistic ?? 9) + 0.05)
    #expect(honest.truths == sample.truths && honest.groups == sample.groups)
  }

  @Test("the comparison on validation is near what fresh examples say, behind a correction too")
  func comparison() throws {
    var random = RandomKey(seed: 7).source
    let (drawn, natural) = ([0.4, 0.35, 0.25], [0.8, 0.15, 0.05])
    let correction = try PriorCorrection(from: drawn, to: natural, classes: ["c0", "c1", "c2"])
    let model = GaussianClasses(prior: drawn, apart: 2)
    let sample = model.sample(
      2000, from: natural, sharpness: 2, groups: (0..<2000).map { "p\($0 / 4)" }, using: &random)
    let comparison = try CalibrationComparison(
      .temperature, on: sample, before: correction, using: &random)
    #expect(comparison.method == "temperature" && comparison.folds == 5)
    #expect(comparison.before == CalibrationQuality(sample))
    let calibration = try CalibrationMethod.temperature.fit(sample, before: correction)
    let fresh = CalibrationQuality(
      model.sample(20_000, from: natural, sharpness: 2, using: &random).mapping {
        correction(calibration($0)[...])
      })
    #expect(abs((comparison.after.logLoss ?? 9) - (fresh.logLoss ?? 0)) < 0.03)
    let read = try JSONFile.decode(
      CalibrationComparison.self, from: JSONFile.encode(comparison), name: "c")
    #expect(read == comparison)
  }

  @Test("the best of several methods is the one of least cross-fitted loss")
  func best() throws {
    var random = RandomKey(seed: 6).source
    let over = GaussianClasses(prior: [0.6, 0.3, 0.1], apart: 2).sample(
      1500, sharpness: 4, using: &random)
    let chosen = try CalibrationMethod.best(
      of: [.none, .temperature, .isotonic], on: over, using: &random)
    #expect(chosen == .temperature)
    #expect(try CalibrationMethod.best(of: [.none], on: over, using: &random) == .none)
  }
}
