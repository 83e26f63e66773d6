import Decisions
import Evaluation
import TestSupport
import Testing

/// What Goldens/Decisions/prevalence.py writes.
private struct PrevalenceGolden: Decodable {
  struct Predictive: Decodable {
    let confusion: [[Int]]
    let prevalence: [Double]
    let values: [[Double?]]
  }

  let prior: [Double]
  let truths: [Int]
  let validation: [Double]
  let unlabelled: [Double]
  let em: [Double]
  let steps: Int
  let hard: [Double]
  let soft: [Double]
  let conditions: [Double]
  let predictive: [Predictive]

  var sample: LabelledProbabilities {
    LabelledProbabilities(
      classes: ["a", "b", "c", "d"], truths: truths, probabilities: validation)
  }
  static func load() throws -> PrevalenceGolden { try Golden.load("Decisions/prevalence.json") }
}

@Suite("Prevalence equals NumPy's and the formulas")
struct PrevalenceGoldenTests {
  @Test("EM of Saerens, in as many steps")
  func saerens() throws {
    let golden = try PrevalenceGolden.load()
    let estimate = SaerensEM(golden.unlabelled, from: golden.prior)
    #expect(difference(estimate.prior, golden.em, relative: 1e-11) == nil)
    #expect(estimate.iterations == golden.steps && estimate.converged)
  }

  @Test("BBSE, with decisions and with probabilities, and the condition number")
  func blackBox() throws {
    let golden = try PrevalenceGolden.load()
    for (softly, expected, condition) in [
      (false, golden.hard, golden.conditions[0]), (true, golden.soft, golden.conditions[1]),
    ] {
      let solver = try BlackBoxShift(golden.sample, softly: softly)
      let prior = solver.prior(of: golden.unlabelled)
      #expect(difference(prior, expected, relative: 1e-11, absolute: 1e-15) == nil)
      #expect(close(solver.condition, condition, relative: 1e-10))
    }
  }

  @Test("predictive values and their intervals")
  func predictive() throws {
    for golden in try PrevalenceGolden.load().predictive {
      let names = golden.confusion.indices.map { "c\($0)" }
      let values = try PredictiveValues.all(
        ConfusionMatrix(rows: golden.confusion), classes: names, prevalence: golden.prevalence)
      for (value, row) in zip(values, golden.values) {
        let ours = [
          value.positive, value.positiveInterval?.low, value.positiveInterval?.high,
          value.negative, value.negativeInterval?.low, value.negativeInterval?.high,
        ]
        for (a, b) in zip(ours, row) {
          #expect(
            a == b || close(a ?? .nan, b ?? .nan, relative: 1e-10, absolute: 1e-13),
            "\(golden.confusion) \(value.name): \(ours) against \(row)")
        }
      }
    }
  }
}
