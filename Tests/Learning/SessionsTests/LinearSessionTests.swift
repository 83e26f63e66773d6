import Batches
import Foundation
import Methods
import Networks
import Optimizers
import OrderedCollections
import Plans
import Sampling
import Sessions
import TestSupport
import Testing
import Torch
import Weights

/// Steps of a session over one linear layer, whose gradient (p − y) xᵀ is known.
@Suite("Sessions by hand")
struct LinearSessionTests {
  private struct Stop: Error {}

  /// Two classes, two features, all weights 0.
  private func session(
    clip: Double? = nil, average: Double? = nil, weights: [Float] = [0, 0, 0, 0]
  ) throws -> Session {
    let network = Network(
      name: "plain", branches: [EditTests.Plain(shift: Tensor.zeros([2]).requiringGrad())],
      heads: [
        LinearHead(
          weight: Tensor(weights, shape: [2, 2]).requiringGrad(),
          bias: Tensor.zeros([2]).requiringGrad())
      ])
    let settings = SessionSettings(
      optimizer: OptimizerSettings(kind: .sgd, momentum: 0, nesterov: false, weightDecay: 0),
      clipNorm: clip, averageDecay: average)
    let classes = try ClassCounts([2, 1])
    var session = Session(network, settings)
    session.enter(try #require(ERM().stages(for: classes).first), for: classes)
    return session
  }

  private func batch(_ rows: [[Float]], _ labels: [Int]) -> Batch {
    Batch(
      inputs: Tensor(rows.flatMap { $0 }, shape: [rows.count, 2]), target: Target(labels),
      examples: Array(labels.indices))
  }

  private func numbers(_ session: Session) -> [Double] {
    session.network.stateDict.values.flatMap { $0.scalars(as: Double.self) }
  }

  private func weight(_ session: Session) throws -> [Double] {
    try #require(session.network.heads[0] as? LinearHead).weight.scalars(as: Double.self)
  }

  /// p = (½, ½) and y = 0: the gradient at W is (−½, ½) times (1, 2), the loss ln 2.
  @Test func oneStep() throws {
    var session = try session()
    let (terms, loss) = session.step([batch([[1, 2]], [0])], at: Moment())
    #expect(terms.terms.map(\.name) == ["loss"] && close(loss.item(), log(2.0), relative: 1e-6))
    session.update(rate: 0.1)
    #expect(difference(try weight(session), [0.05, 0.1, -0.05, -0.1], relative: 1e-6) == nil)
    // Without another step there is no gradient left to follow.
    session.update(rate: 0.1)
    #expect(difference(try weight(session), [0.05, 0.1, -0.05, -0.1], relative: 1e-6) == nil)
  }

  /// All gradients together are √3 long, ½ of it at the bias; half of that is half the step.
  @Test func clipping() throws {
    var session = try session(clip: 3.0.squareRoot() / 2)
    _ = session.step([batch([[1, 2]], [0])], at: Moment())
    session.update(rate: 0.1)
    #expect(difference(try weight(session), [0.025, 0.05, -0.025, -0.05], relative: 1e-5) == nil)
  }

  /// Two steps that are a half of an update each are one step on the rows of both, and the order does not count.
  @Test func sharesOfAnUpdate() throws {
    let start: [Float] = [0.3, -0.2, 0.1, 0.5]
    let rows: [[Float]] = [[1, 2], [-1, 0.5], [0.3, 3], [2, -2]]
    let labels = [0, 1, 1, 0]
    func after(_ parts: [[Int]]) throws -> [Double] {
      var session = try session(weights: start)
      for part in parts {
        _ = session.step(
          [batch(part.map { rows[$0] }, part.map { labels[$0] })], at: Moment(),
          share: 1 / Double(parts.count))
      }
      session.update(rate: 0.2)
      return numbers(session)
    }
    let whole = try after([[0, 1, 2, 3]])
    #expect(
      difference(try after([[0, 1], [2, 3]]), whole, relative: 1e-5, absolute: 1e-6) == nil)
    #expect(
      difference(try after([[3], [0], [2], [1]]), whole, relative: 1e-5, absolute: 1e-6) == nil)
  }

  /// At rate 0 nothing moves, to the byte.
  @Test func rateZero() throws {
    var session = try session(weights: [0.3, -0.2, 0.1, 0.5])
    let before = numbers(session)
    _ = session.step([batch([[1, 2], [3, -1]], [0, 1])], at: Moment())
    session.update(rate: 0)
    #expect(numbers(session) == before)
  }

  /// The first average is the weights, the second d of those and 1 − d of the next with d = 1 − 2^(−2/3); they are gone
  /// when whoever asked for them is done, or has failed.
  @Test func averagedWeights() throws {
    var session = try session(average: 0.9)
    var seen: [[Double]] = []
    for _ in 0..<2 {
      _ = session.step([batch([[1, 2]], [0])], at: Moment())
      session.update(rate: 0.1)
      seen.append(try weight(session))
    }
    let own = numbers(session)
    let d = 1 - pow(2, -2 / 3.0)
    let averaged = try session.withAveragedWeights { try weight(session) }
    #expect(
      difference(averaged, zip(seen[0], seen[1]).map { d * $0 + (1 - d) * $1 }, relative: 1e-5)
        == nil)
    #expect(numbers(session) == own)
    #expect(throws: Stop.self) {
      try session.withAveragedWeights { () throws -> Void in throw Stop() }
    }
    #expect(numbers(session) == own)
  }

  /// A batch of which nothing is known has no loss and moves nothing.
  @Test func nothingKnown() throws {
    var session = try session(weights: [0.3, -0.2, 0.1, 0.5])
    let before = numbers(session)
    let empty = Batch(
      inputs: Tensor([1, 2] as [Float], shape: [1, 2]), target: Target(unknown: 1), examples: [0])
    let (_, loss) = session.step([empty], at: Moment())
    session.update(rate: 0.1)
    #expect(loss.item() == 0 && numbers(session) == before && session.isFinite)
  }
}
