import Evaluation
import Files
import Randomness
import Targets
import TestSupport
import Testing

@Suite struct NumberEnsembleTests {
  private struct Known: Decodable {
    struct Case: Decodable {
      let truth: [Double]
      let said: [[Double]]
      let weights: [Double]
      let intercept: Double
    }

    let cases: [Case]
  }

  private func names(_ said: [[Double]]) -> [String] { said.indices.map { "m\($0)" } }

  @Test func weightsAreThoseOfSciPy() throws {
    for known in try Golden.load("Targets/ensemble.json", as: Known.self).cases {
      let found = NumberEnsemble(names(known.said), said: known.said, truths: known.truth)
      #expect(difference(found.weights, known.weights, relative: 1e-8, absolute: 1e-9) == nil)
      #expect(close(found.intercept, known.intercept, relative: 1e-8, absolute: 1e-8))
      // Each model twice says nothing new.
      let twice = known.said + known.said
      let doubled = NumberEnsemble(names(twice), said: twice, truths: known.truth)
      #expect(doubled.weights.allSatisfy { $0 >= 0 })
      #expect(
        difference(doubled.predicted(twice), found.predicted(known.said), absolute: 1e-7) == nil)
    }
  }

  @Test func limitsAreTheTruthAndItsMean() {
    let exact = NumberEnsemble(["a", "b"], said: [[1, 1, 1], [1, 2, 4]], truths: [2, 4, 8])
    #expect(exact.weights[0] == 0 && close(exact.weights[1], 2) && abs(exact.intercept) < 1e-12)
    let flat = NumberEnsemble(["a", "b"], said: [[1, 1, 1], [1, 2, 4]], truths: [3, 3, 3])
    #expect(flat.weights == [0, 0] && flat.intercept == 3)
    // The wrong way round is worth nothing.
    let turned = NumberEnsemble(["a"], said: [[4, 2, 1]], truths: [1, 2, 4])
    #expect(turned.weights == [0] && close(turned.intercept, 7.0 / 3))
  }

  /// 300 examples in three folds, and three models of which each knows another part of the truth.
  private func tables(
    changing fold: String? = nil, shuffled: Bool = false
  ) throws(EnsembleError) -> EnsembleTables {
    var source = RandomSource(seed: 6)
    let (count, models) = (300, 3)
    var (truths, said) = ([Double?](), [[Double]](repeating: [], count: models))
    let folds = (0..<count).map { "\($0 % 3 + 1)" }
    for row in 0..<count {
      let parts = (0..<models).map { _ in source.normal() }
      let truth = parts.reduce(0, +)
      truths.append(folds[row] == fold ? 100 - truth : truth)
      for model in 0..<models { said[model].append(parts[model] + 0.3 * source.normal()) }
    }
    let order = shuffled ? source.shuffle(count) : Array(0..<count)
    let all = said.enumerated().map { model, values in
      let whole = NumberPredictions(
        paths: (0..<count).map { "r\($0)" }, truths: truths, predicted: values,
        carried: CarriedColumns([Predictions.Column("fold", folds)]))
      return model == 0 ? whole : whole.keeping(order)
    }
    return try EnsembleTables(["a.csv", "b.csv", "c.csv"], all)
  }

  @Test func theEnsembleIsNoWorseThanItsBestModel() throws {
    let tables = try tables(shuffled: true)
    let (ensemble, predictions) = try tables.fitted()
    #expect(ensemble.weights.allSatisfy { $0 > 0.7 && $0 < 1.1 })
    let own = try #require(NumberAssessment(predictions, settings: nil)["pearson"])
    let best = tables.tables.compactMap { NumberAssessment($0, settings: nil)["pearson"] }.max()
    #expect(own >= (best ?? 1) - 0.005 && own > 0.9)
    #expect(try self.tables().fitted().predictions == predictions)
  }

  /// The truths of a fold are changed: what the ensemble says of its examples is the same, and of others it is not.
  @Test func noTruthOfAFoldChangesWhatIsSaidOfIt() throws {
    let (plain, changed) = (
      try tables().fitted().predictions, try tables(changing: "2").fitted().predictions
    )
    for row in plain.paths.indices {
      #expect((plain.predicted[row] == changed.predicted[row]) == (row % 3 == 1), "row \(row)")
    }
  }

  private func table(
    _ paths: [String], _ truths: [Double?], folds: [String]? = nil
  ) -> NumberPredictions {
    NumberPredictions(
      paths: paths, truths: truths, predicted: truths.map { $0 ?? 0 },
      carried: CarriedColumns(folds.map { [Predictions.Column("fold", $0)] } ?? []))
  }

  private func message(_ tables: [NumberPredictions]) -> String {
    do throws(EnsembleError) {
      _ = try EnsembleTables(["a.csv", "b.csv"], tables).fitted()
      return "no error"
    } catch {
      return error.description
    }
  }

  @Test func tablesThatDoNotFitAreRefused() throws {
    let (paths, folds) = (["x", "y", "z"], ["1", "2", "1"])
    let first = table(paths, [1, 2, 3], folds: folds)
    #expect(message([first]) == "an ensemble takes at least two tables of predictions, got 1")
    #expect(
      message([first, table(["x", "y"], [1, 2])])
        == "b.csv: has no prediction of 'z', which a.csv has; give tables of the same examples")
    #expect(
      message([first, table(["x", "y", "z", "w"], [1, 2, 3, 4])])
        == "a.csv: has no prediction of 'w', which b.csv has; give tables of the same examples")
    #expect(
      message([first, table(paths, [1, 2, 4], folds: folds)])
        == "b.csv: says another truth of 'z' than a.csv; give tables of the same data")
    #expect(
      message([first, table(paths, [1, 2, 3])])
        == "b.csv: its column fold names 0 folds, expected at least two; weights are fitted to what models said of"
        + " examples that they had not seen: give the predictions of a cross-fit")
    let blank = table(paths, [1, 2, 3], folds: ["1", "", "1"])
    #expect(
      message([blank, blank])
        == "a.csv: its column fold is blank for 'y'; give the predictions of a cross-fit, or leave the row out of every"
        + " table")
    #expect(
      message([first, table(paths, [1, 2, 3], folds: ["1", "1", "2"])])
        == "b.csv: has 'y' in another fold than a.csv; give cross-fits of one seed")
    #expect(
      message([first, first])
        == "outside fold 1 the truth of 1 examples is known, expected at least 3 to fit weights to")
    let fitted = NumberEnsemble(
      ["a", "b", "c"], said: [[1, 2], [2, 3], [3, 5]], truths: [1, 2])
    #expect(throws: EnsembleError.otherCount(tables: 2, weights: 3)) {
      try EnsembleTables(["a.csv", "b.csv"], [first, first]).predictions(by: fitted)
    }
    #expect(
      EnsembleError.otherCount(tables: 2, weights: 3).description
        == "the ensemble has weights of 3 models, and there are 2 tables; give one a model, in their order"
    )
    let bad = try JSONFile.decode(
      NumberEnsemble.self,
      from: Array(#"{"models":["a","b"],"weights":[1,-1],"intercept":0}"#.utf8), name: "w.json")
    #expect(throws: EnsembleError.badWeights(path: "w.json")) { try bad.checked("w.json") }
  }
}
