import Batches
import Foundation
import Gauss
import Losses
import Methods
import Networks
import Optimizers
import Plans
import Sampling
import Sessions
import TestSupport
import Testing
import Torch

/// Miniatures of what stands on the session: several processes, federated averaging, a growing class list.
@Suite struct SeamTests {
  private let data = LTGauss(seed: 41)

  private func network(classes: Int = 10, _ head: HeadForm = .linear) -> Network {
    GaussTrial.network(NetworkForm(head: head), classes: classes, seed: 2)
  }

  private func session(
    _ network: Network,
    _ optimizer: OptimizerSettings = OptimizerSettings(kind: .sgd, momentum: 0.9),
    exchange: any Exchange = SingleProcess()
  ) -> Session {
    var settings = SessionSettings(optimizer: optimizer, clipNorm: 1)
    settings.exchange = exchange
    return Session(network, settings)
  }

  private func batch(_ rows: [Int]) -> Batch {
    Batch(
      inputs: data.train.indexSelect(dim: 0, Tensor(rows.map(Int64.init), shape: [rows.count])),
      target: Target(rows.map { data.trainLabels[$0] }), examples: rows)
  }

  /// Rows of every class in each step, so that weights differ from row to row.
  private func rows(_ step: Int) -> [Int] { (0..<24).map { ($0 * 53 + step * 7) % 1236 } }

  private func weights(_ session: Session) -> [Double] {
    session.network.parameters.flatMap { $0.tensor.scalars(as: Double.self) }
  }

  /// Two processes of unequal batches and weighted rows follow the gradient of the joint batch, and stay equal to
  /// the byte.
  @Test(arguments: [nil, 0.05])
  func severalProcessesAreOne(radius: Double?) throws {
    let classes = try ClassCounts(LTGauss.counts)
    // Late in the stage, where LDAM-DRW's weights hold.
    let stage = try #require(LDAMDRW().stages(for: classes).first)
    let optimizer = OptimizerSettings(kind: .sgd, momentum: 0.9, sam: radius)
    let head = LDAMDRW().network.head
    @Sendable func train(_ session: inout Session, _ part: @escaping (Int) -> [Int]) -> [Double] {
      session.enter(stage, for: classes)
      return (0..<5).map { step in
        let moment = Moment(step: step, progress: 1, elapsed: 0.95)
        let loss = session.step([batch(part(step))], at: moment).loss.item()
        session.update(rate: 0.05)
        return loss
      }
    }
    var one = session(network(head), optimizer)
    let losses = train(&one) { rows($0) }
    let meeting = Meeting(of: 2)
    let found = Found()
    let threads = (0..<2).map { rank in
      Thread {
        var mine = session(network(head), optimizer, exchange: Seat(meeting: meeting, rank: rank))
        let losses = train(&mine) { rank == 0 ? Array(rows($0)[..<7]) : Array(rows($0)[7...]) }
        found.put(rank, weights(mine), losses)
      }
    }
    threads.forEach { $0.start() }
    let results = found.wait(for: 2)
    #expect(results[0]?.weights == results[1]?.weights)
    #expect(results[0]?.losses == results[1]?.losses)
    let joint = try #require(results[0])
    #expect(difference(joint.losses, losses, relative: 1e-5) == nil)
    let distance = zip(joint.weights, weights(one)).map { abs($0 - $1) }.max() ?? 1
    #expect(distance < 1e-5, "\(distance)")
  }

  /// w ← Σ n w / Σ n, by hand; the clients keep their own.
  @Test func meanOfSessions() throws {
    let clients = [session(network()), session(network())]
    withoutGradients {
      for (name, tensor) in clients[1].network.parameters {
        tensor.copy(from: tensor * (name.hasSuffix("bias") ? -2 : 3))
      }
    }
    let before = clients.map(weights)
    let server = session(network())
    server.takeMean(of: [(clients[0], 1), (clients[1], 3)])
    let expected = zip(before[0], before[1]).map { ($0 + 3 * $1) / 4 }
    #expect(difference(weights(server), expected, relative: 1e-6) == nil)
    #expect(clients.map(weights) == before)
  }

  /// Two hospitals, each without half of the classes, learn all ten together and neither alone.
  @Test func federatedRounds() throws {
    let classes = try ClassCounts(LTGauss.counts)
    let stage = Stage(Supervised(CrossEntropy()))
    let parts = [0, 1].map { client in
      data.trainLabels.indices.filter { data.trainLabels[$0] % 2 == client }
    }
    let server = session(network())
    var alone = 0.0
    for round in 0..<15 {
      var clients: [(session: Session, weight: Double)] = []
      for rows in parts {
        var client = session(network())
        client.takeMean(of: [(server, 1)])
        client.enter(stage, for: classes)
        for step in 0..<20 {
          let drawn = (0..<32).map { rows[(round * 640 + step * 32 + $0) * 7 % rows.count] }
          _ = client.step([batch(drawn)], at: Moment(epoch: round, step: step))
          client.update(rate: 0.05)
        }
        clients.append((client, Double(rows.count)))
      }
      server.takeMean(of: clients)
      alone = recall(clients[0].session)
    }
    #expect(recall(server) > alone + 5, "\(recall(server)), alone \(alone)")
    #expect(recall(server) > 30)
  }

  private func recall(_ session: Session) -> Double {
    let decided = withoutGradients {
      session.network(data.test, Context()).argmax(dim: 1).scalars(as: Int64.self)
    }
    return GaussScore(decided: decided.map(Int.init), labels: data.testLabels).all
  }

  /// The weights of the old classes keep their bytes, so that their logits are the same, and the new ones are learned.
  @Test(arguments: [HeadForm.linear, .cosine(scale: 16), .mixed(scale: 16)])
  func aClassListGrows(head: HeadForm) throws {
    var session = session(network(classes: 5, head), OptimizerSettings(kind: .adamw))
    func train(_ rows: [Int], classes: Int) throws {
      let counts = try ClassCounts(Array(LTGauss.counts[0..<classes]))
      session.enter(Stage(Supervised(CrossEntropy())), for: counts)
      for step in 0..<100 {
        let drawn = (0..<32).map { rows[(step * 32 + $0) * 7 % rows.count] }
        _ = session.step([batch(drawn)], at: Moment(step: step))
        session.update(rate: 0.01)
      }
    }
    let old = data.trainLabels.indices.filter { data.trainLabels[$0] < 5 }
    let new = data.trainLabels.indices.filter { data.trainLabels[$0] >= 5 }
    try train(old, classes: 5)
    func logits() -> [Double] {
      withoutGradients {
        session.network(data.test, Context()).narrowed(dim: 1, start: 0, length: 5).scalars()
      }
    }
    func headRows() -> [[Float]] {
      session.network.parameters.filter { session.network.headNames.contains($0.name) }.map {
        $0.tensor.narrowed(dim: 0, start: 0, length: 5).scalars()
      }
    }
    let (before, rows) = (logits(), headRows())
    let tools = Tools(classes: try ClassCounts(LTGauss.counts))
    session.replace(WidenedHead(classes: 10).edited(session.network, with: tools))
    #expect(session.network.classes == 10)
    #expect(headRows() == rows)
    // Products of other widths add up in another order.
    #expect(difference(logits(), before, relative: 1e-4, absolute: 1e-5) == nil)
    // The new classes, and some rows of the old, so that these are not forgotten.
    try train(new + old.filter { $0 % 12 == 0 }, classes: 10)
    let decided = withoutGradients {
      session.network(data.test, Context()).argmax(dim: 1).scalars(as: Int64.self)
    }
    let recall = (0..<10).map { label in
      zip(decided, data.testLabels).count { $0 == label && $1 == label }
    }
    #expect(recall[0] > 60 && recall[5] > 30, "\(recall)")
  }

  private struct Tools: EditTools {
    var classes: ClassCounts
    var generator: Generator { Generator(seed: 5) }
    func trainingFeatures() -> LabelledFeatures {
      LabelledFeatures(features: Tensor.zeros([1, 64]), labels: [0])
    }
    func validationFeatures() -> LabelledFeatures? { nil }
  }
}

/// What threads leave.
private final class Found: @unchecked Sendable {
  private let condition = NSCondition()
  private var results: [Int: (weights: [Double], losses: [Double])] = [:]

  func put(_ rank: Int, _ weights: [Double], _ losses: [Double]) {
    condition.lock()
    results[rank] = (weights, losses)
    condition.broadcast()
    condition.unlock()
  }

  func wait(for count: Int) -> [Int: (weights: [Double], losses: [Double])] {
    condition.lock()
    defer { condition.unlock() }
    while results.count < count { condition.wait() }
    return results
  }
}
