import Inference
import TestSupport
import Testing
import Torch

/// Weights of experts, against NumPy and by their directions.
@Suite struct ExpertAggregationTests {
  struct GoldenTrace: Decodable {
    struct Step: Decodable {
      var agreement: Double, weights: [Double]
    }
    var experts: Int, rows: Int, classes: Int
    var views: [[[[Double]]]]
    var trace: [Step]
  }

  @Test func golden() throws {
    let golden = try Golden.load("Inference/aggregation.json", as: GoldenTrace.self)
    var fit = ExpertAggregation(experts: golden.experts)
    for (pair, expected) in zip(golden.views, golden.trace) {
      let views = pair.map { view in
        view.map { Tensor($0, shape: [golden.rows, golden.classes]) }
      }
      let agreement = fit.step(views[0], views[1])
      #expect(close(agreement, expected.agreement, relative: 1e-10))
      #expect(difference(fit.weights, expected.weights, relative: 1e-9) == nil)
    }
  }

  private func logits(_ seed: UInt64) -> Tensor {
    Tensor.normal([40, 5], mean: 0, std: 3, using: Generator(seed: seed), dtype: .float64)
  }

  /// The expert whose answers stay as they are wins over those whose answers change, wherever it stands.
  @Test(arguments: 0..<3) func theSteadyExpertWins(steady: Int) {
    let first = (0..<3).map { logits(UInt64($0)) }
    var second = (0..<3).map { logits(UInt64(10 + $0)) }
    second[steady] = first[steady]
    var fit = ExpertAggregation(experts: 3)
    let before = fit.step(first, second)
    for _ in 0..<100 { fit.step(first, second) }
    #expect(fit.weights[steady] > 0.6, "\(fit.weights)")
    let after = fit.step(first, second)
    #expect(after > before)
    #expect(close(fit.weights.reduce(0, +), 1))
  }

  /// Equal views agree whatever the weights: but for the decay, which treats all alike, nothing moves.
  @Test func equalViewsMoveNothing() {
    let views = (0..<3).map { logits(UInt64($0)) }
    var fit = ExpertAggregation(experts: 3)
    for _ in 0..<20 {
      let agreement = fit.step(views, views)
      #expect(close(agreement, 1, absolute: 1e-12))
    }
    #expect(difference(fit.weights, [1.0 / 3, 1.0 / 3, 1.0 / 3], absolute: 1e-9) == nil)
  }

  /// Experts change places with their weights.
  @Test func expertsHaveNoOrder() {
    let (first, second) = (
      (0..<3).map { logits(UInt64($0)) }, (0..<3).map { logits(UInt64(10 + $0)) }
    )
    var (fit, turned) = (ExpertAggregation(experts: 3), ExpertAggregation(experts: 3))
    for _ in 0..<10 {
      fit.step(first, second)
      turned.step([first[2], first[0], first[1]], [second[2], second[0], second[1]])
    }
    let expected = [fit.weights[2], fit.weights[0], fit.weights[1]]
    #expect(difference(turned.weights, expected, relative: 1e-9) == nil)
    #expect(abs(fit.weights[0] - fit.weights[1]) > 1e-4)
  }

  @Test func extremeLogitsStayFinite() {
    var fit = ExpertAggregation(experts: 2)
    let (a, b) = (
      Tensor([1e4, -1e4] as [Float], shape: [1, 2]), Tensor([-1e4, 1e4] as [Float], shape: [1, 2])
    )
    for _ in 0..<5 {
      let agreement = fit.step([a, b], [b, a])
      #expect(agreement.isFinite)
    }
    #expect(fit.weights.allSatisfy { $0.isFinite })
  }
}
