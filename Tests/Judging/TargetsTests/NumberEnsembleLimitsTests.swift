import Evaluation
import Files
import Randomness
import Targets
import TestSupport
import Testing

@Suite struct NumberEnsembleLimitsTests {
  /// The conditions of Karush, Kuhn and Tucker: no weight below 0, the error falls along no column, and along none with a weight does it
  /// rise either. Columns stand twice, or are nearly sums of others.
  @Test func weightsAreTheBestWhateverTheColumns() {
    var source = RandomSource(seed: 12)
    for round in 0..<60 {
      let (count, models) = (12 + round % 20, 1 + round % 9)
      var said: [[Double]] = []
      for model in 0..<models {
        let own = (0..<count).map { _ in source.normal() }
        switch model % 4 {
        case 2: said.append(said[0])
        case 3: said.append(zip(said[0], zip(said[1], own)).map { $0 - $1.0 + 0.01 * $1.1 })
        default: said.append(own.map { 5 + $0 })
        }
      }
      let truths = (0..<count).map { row in source.normal() - 0.3 * said[0][row] }
      let found = NumberEnsemble((0..<models).map { "m\($0)" }, said: said, truths: truths)
      let rest = zip(truths, found.predicted(said)).map { $0 - $1 }
      let length = rest.reduce(0) { $0 + $1 * $1 }.squareRoot()
      for (weight, column) in zip(found.weights, said) {
        let mean = column.reduce(0, +) / Double(count)
        let slope = zip(column, rest).reduce(0) { $0 + ($1.0 - mean) * $1.1 } / length
        #expect(weight >= 0 && slope < 1e-6, "round \(round)")
        if weight > 0 { #expect(slope > -1e-6, "round \(round)") }
      }
    }
  }

  private func tables(_ predicted: [Double]) throws(EnsembleError) -> EnsembleTables {
    let (paths, folds) = (predicted.indices.map { "r\($0)" }, predicted.indices.map { "\($0 % 2)" })
    let table = NumberPredictions(
      paths: paths, truths: predicted.indices.map { Double($0) }, predicted: predicted,
      carried: CarriedColumns([Predictions.Column("fold", folds)]))
    return try EnsembleTables(["a.csv", "b.csv"], [table, table])
  }

  /// Weights of a file and numbers of a table may be anything that a 64-bit number can be.
  @Test func whatBecomesNoNumberIsRefused() throws {
    let huge = try JSONFile.decode(
      NumberEnsemble.self,
      from: Array(#"{"models":["a","b"],"weights":[1e308,1e308],"intercept":0}"#.utf8),
      name: "w.json"
    ).checked("w.json")
    #expect(throws: EnsembleError.noNumber("r1")) {
      try tables([0, 10, 20, 30]).predictions(by: huge)
    }
    #expect(throws: EnsembleError.self) {
      try tables([1e308, 1e308, 1.5e308, 1e308, 1e308, 1.5e308, 1e308, 1e308]).fitted()
    }
    #expect(
      EnsembleError.noNumber("r1").description
        == "what the ensemble says of 'r1' is no finite number; expected predictions and weights whose sums of squares are"
        + " finite; correct what is too large")
  }

  @Test func theSameTablesInAnotherOrderAreRefused() throws {
    func ensemble(_ models: [String]) throws -> NumberEnsemble {
      let names = models.map { "\"\($0)\"" }.joined(separator: ",")
      return try JSONFile.decode(
        NumberEnsemble.self,
        from: Array("{\"models\":[\(names)],\"weights\":[1,0],\"intercept\":0}".utf8), name: "w")
    }
    let own = try tables([1, 2, 3, 4])
    for models in [["a.csv", "b.csv"], ["x.csv", "y.csv"]] {
      #expect(try own.predictions(by: ensemble(models)).predicted == [1, 2, 3, 4])
    }
    #expect(throws: EnsembleError.otherOrder(expected: ["b.csv", "a.csv"])) {
      try own.predictions(by: ensemble(["b.csv", "a.csv"]))
    }
    #expect(
      EnsembleError.otherOrder(expected: ["b.csv", "a.csv"]).description
        == "the ensemble has weights of the same models in another order; give the tables as b.csv a.csv"
    )
  }
}
