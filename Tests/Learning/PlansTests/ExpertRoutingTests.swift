import Batches
import Losses
import Networks
import Plans
import TestSupport
import Testing
import Torch
import TorchTestSupport

/// What a router learns from: which rows need another expert.
@Suite struct ExpertRoutingTests {
  struct GoldenFile: Decodable {
    struct Layer: Decodable { var weight: [Float], bias: [Float] }
    struct Loss: Decodable { var caution: Double, values: [[Double]] }
    var rows: Int, features: Int, classes: Int, inputs: [Double], labels: [Int]
    var heads: [Layer], scores: [[Double]], losses: [Loss]
  }

  /// Heads and scores are given; nothing is asked to learn but the scores.
  struct Given: Pass {
    var heads: [Tensor]
    var scores: [Tensor]
    func features(_ inputs: Inputs, branches: [Int]?, _ mode: Mode) -> [Tensor] {
      #expect(mode == .evaluating)
      return heads
    }
    func logits(of features: [Tensor], _ mode: Mode) -> [Tensor] { features }
    func routing(of features: [Tensor], _ heads: [Tensor], _ mode: Mode) -> [Tensor] { scores }
    func answer(_ heads: [Tensor]) -> Tensor { heads[0] }
    func gradient(of value: Tensor, at inputs: Tensor) -> Tensor { value.gradient(at: inputs) }
  }

  private let golden: GoldenFile
  init() throws { golden = try Golden.load("Networks/router.json") }

  private var heads: [Tensor] {
    let x = Tensor(golden.inputs, shape: [golden.rows, golden.features])
    return golden.heads.map { head in
      x.linear(
        Tensor(head.weight, shape: [golden.classes, golden.features]).to(.float64),
        Tensor(head.bias, shape: [golden.classes]).to(.float64))
    }
  }

  private func terms(
    _ caution: Double, _ heads: [Tensor], _ scores: [Tensor], _ target: Target
  ) -> [Terms.Term] {
    var memory = Memory()
    let batch = Batch(inputs: Tensor.zeros([target.count, 1]), target: target)
    return ExpertRouting(caution: caution).terms(
      [batch], through: Given(heads: heads, scores: scores), at: Moment(),
      remembering: &memory
    ).terms
  }

  @Test func theGoldenLoss() {
    let scores = golden.scores.map { Tensor($0, shape: [golden.rows]) }
    for loss in golden.losses {
      let found = terms(loss.caution, heads, scores, Target(golden.labels))
      #expect(found.map(\.name) == ["router-1", "router-2"])
      for (term, expected) in zip(found, loss.values) {
        #expect(
          difference(term.rows.values.scalars(as: Double.self), expected, relative: 1e-9) == nil)
        #expect(term.rows.denominator == Double(golden.rows))
      }
    }
  }

  /// Of a wrong first answer that two together mend it asks for more; of one that nobody mends, or that is right, it does
  /// not: the slope of the loss says which way the score goes.
  @Test func whoIsSentOn() {
    func rows(_ values: [[Double]]) -> Tensor { Tensor(values.flatMap { $0 }, shape: [3, 2]) }
    // Right at once; mended by the second; never right.
    let heads = [rows([[1, 0], [0, 1], [0, 1]]), rows([[1, 0], [3, 0], [0, 1]])]
    let score = Tensor([0.2, 0.2, 0.2], shape: [3]).requiringGrad()
    let found = terms(10, heads, [score], Target([0, 0, 0]))
    let slopes = found[0].rows.values.sum().gradient(at: score).scalars(as: Double.self)
    #expect(slopes[0] > 0 && slopes[1] < 0 && slopes[2] > 0)
    #expect(close(slopes[0], slopes[2]))
    // σ(s) − 1 of what is needed, κ times.
    #expect(close(slopes[1], -10 * (1 - slopes[0]), relative: 1e-9))
  }

  @Test func gradientByDifferences() {
    let scores = golden.scores.map { Tensor($0, shape: [golden.rows]) }
    #expect(
      gradientDifference(at: [scores[0], scores[1]], absolute: 1e-6) { scores in
        let found = terms(7, heads, scores, Target(golden.labels))
        return found[0].rows.values + found[1].rows.values
      } == nil)
  }

  /// Rows without a class are in no value and no denominator; large scores give numbers.
  @Test func unknownRowsAndExtremes() {
    let scores = golden.scores.map { Tensor($0, shape: [golden.rows]) }
    var labels = golden.labels.map { Int?.some($0) }
    labels[3] = nil
    let found = terms(100, heads, scores, Target(known: labels))
    #expect(found[0].rows.denominator == Double(golden.rows - 1))
    #expect(found[0].rows.values.scalars(as: Double.self)[3] == 0)
    for size in [-1e4, 1e4] {
      let extreme = terms(
        100, heads, scores.map { $0 * 0 + size }, Target(golden.labels))
      #expect(
        extreme.allSatisfy {
          $0.rows.values.scalars(as: Double.self).allSatisfy { $0.isFinite && $0 >= 0 }
        })
    }
  }
}
