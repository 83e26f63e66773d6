import Batches
import Losses
import Methods
import Mixing
import Networks
import Optimizers
import OrderedCollections
import Plans
import Sampling
import Sessions
import TestSupport
import Testing
import Torch

/// Several labels and numbers through a session: mixing, records, saving, and what is not known.
@Suite struct EntriesSessionTests {
  private let classes: ClassCounts
  init() throws { classes = try ClassCounts([1]) }

  private func network() throws -> Network {
    try Architectures.named("resnet20").build(
      classes: 3, form: NetworkForm(decoding: .sigmoid), using: Generator(seed: 1))
  }

  /// Six images with three labels each; a third of them unknown, and what stands there `unknown`.
  private func batch(_ seed: UInt64, hidden: Bool = true) -> Batch {
    let values: [Float?] = (0..<18).map { place in
      hidden && (place + Int(seed)) % 3 == 0 ? nil : Float((place * 7 + Int(seed)) % 5 / 3)
    }
    return Batch(
      inputs: Tensor.normal([6, 3, 8, 8], using: Generator(seed: seed)).channelsLast(),
      target: Target(Target.Entries(values, width: 3)), examples: [0, 1, 2, 3, 4, 5])
  }

  private static let objectives: [(any Objective)] = [
    Supervised(SigmoidCrossEntropy()), Supervised(SquaredError()),
    Supervised(SigmoidCrossEntropy(), mixing: BalancedMixup(alpha: 0.4)),
    Supervised(SquaredError(), mixing: BalancedMixup(alpha: 0.4)),
    Supervised(SquaredError(), mixing: Mixup(alpha: 0.4)),
  ]

  private func steps(_ session: inout Session, _ range: Range<Int>, streams: Int) -> [Double] {
    range.map { step in
      let batches = (0..<streams).map { batch(UInt64(step * 2 + $0)) }
      let loss = session.step(batches, at: Moment(step: step)).loss.item()
      session.update(rate: 0.05)
      return loss
    }
  }

  private func values(_ session: Session) -> [String: [Double]] {
    Dictionary(
      uniqueKeysWithValues: session.savedTensors().map {
        ($0.key, $0.value.scalars(as: Double.self))
      })
  }

  /// Killed between two steps and taken up, it goes on to the same bytes.
  @Test(arguments: objectives.indices) func savedAndRestored(place: Int) throws {
    let objective = Self.objectives[place]
    let stage = Stage(
      objective, samplers: (0..<objective.streams).map { _ in UniformSampler() })
    var session = Session(try network(), SmallResNet.settings)
    session.enter(stage, for: classes)
    _ = steps(&session, 0..<3, streams: objective.streams)
    let (saved, state) = (
      session.savedTensors().mapValues { $0.detached().cloned() }, session.savedState
    )
    let losses = steps(&session, 3..<6, streams: objective.streams)
    var other = Session(try network(), SmallResNet.settings)
    other.enter(stage, for: classes)
    try other.restore(saved, state)
    let again = steps(&other, 3..<6, streams: objective.streams)
    #expect(again == losses)
    #expect(values(other) == values(session))
    #expect(losses.allSatisfy { $0.isFinite })
  }

  /// The labels are learned from the entries that are known, and those that are not come out as well.
  @Test func learns() throws {
    var session = Session(try network(), SmallResNet.settings)
    session.enter(Stage(Supervised(SigmoidCrossEntropy())), for: classes)
    // Each label is the sign of one channel's mean.
    func rows(_ seed: UInt64) -> (Tensor, [Float]) {
      let means = Tensor.normal([32, 3, 1, 1], using: Generator(seed: seed))
      let noise = Tensor.normal([32, 3, 8, 8], using: Generator(seed: seed + 1000))
      let labels = means.scalars(as: Float.self).map { $0 > 0 ? 1 : 0 as Float }
      return ((noise * 0.3 + means).channelsLast(), labels)
    }
    for step in 0..<80 {
      let (inputs, labels) = rows(UInt64(step))
      let known: [Float?] = labels.enumerated().map { $0.offset % 3 == step % 3 ? nil : $0.element }
      _ = session.step(
        [Batch(inputs: inputs, target: Target(Target.Entries(known, width: 3)))],
        at: Moment(step: step))
      session.update(rate: 0.05)
    }
    let (inputs, labels) = rows(500)
    let said = session.withAveragedWeights {
      withoutGradients { session.network(inputs, Context()) }.scalars(as: Float.self)
    }
    let right = zip(said, labels).count { ($0 > 0) == ($1 > 0.5) }
    #expect(right > 84, "\(right) of 96")
  }

  /// A step without anything known moves no weight.
  @Test func nothingKnownMovesNothing() throws {
    var settings = SmallResNet.settings
    settings.optimizer.weightDecay = 0
    var session = Session(try network(), settings)
    session.enter(Stage(Supervised(SigmoidCrossEntropy())), for: classes)
    let before = session.network.parameters.map { $0.tensor.scalars(as: Float.self) }
    let whole = batch(1)
    let nothing = Target(Target.Entries([Float?](repeating: nil, count: 18), width: 3))
    let (terms, loss) = session.step(
      [Batch(inputs: whole.inputs, target: nothing)], at: Moment())
    session.update(rate: 0.1)
    #expect(loss.item() == 0 && terms.terms[0].rows.denominator == 0)
    #expect(session.network.parameters.map { $0.tensor.scalars(as: Float.self) } == before)
  }

  /// Records are of classes; rows without one have none, and the step is the same.
  @Test func recordsLeaveThemOut() throws {
    let recorder = ExampleRecorder()
    var session = Session(try network(), SmallResNet.settings)
    session.enter(Stage(Supervised(SigmoidCrossEntropy())), for: classes)
    _ = session.step([batch(3)], at: Moment(), recording: recorder)
    #expect(recorder.values == nil)
  }

  /// Of grades the margin is one of log-probabilities, and the error is that of the probabilities.
  @Test func recordsOfGrades() throws {
    let form = CORN().network
    var session = Session(try SmallResNet.network(form), SmallResNet.settings)
    let counts = try ClassCounts([3, 2, 1])
    session.enter(CORN().stages(for: counts)[0], for: counts)
    let batch = SmallResNet.batch(4)
    let scores = withoutGradients {
      session.network.scores(
        of: session.network(
          batch.inputs, Context(.frozenStatistics, generator: Generator(seed: 0))))
    }
    let (z, p) = (
      scores.scalars(as: Double.self), scores.softmax(dim: 1).scalars(as: Double.self)
    )
    let recorder = ExampleRecorder()
    _ = session.step([batch], at: Moment(), recording: recorder)
    let rows = try #require(recorder.values).rows
    for (row, label) in batch.target.terms[0].labels.enumerated() {
      let others = (0..<3).filter { $0 != label }.map { z[row * 3 + $0] }
      let margin = z[row * 3 + label] - max(others[0], others[1])
      #expect(
        close(
          Double(rows[row][ExampleValues.Number.margin.rawValue]), margin, relative: 1e-3,
          absolute: 1e-4))
      let squares = (0..<3).map { (c: Int) -> Double in
        let gap = p[row * 3 + c] - (c == label ? 1 : 0)
        return gap * gap
      }
      #expect(
        close(
          Double(rows[row][ExampleValues.Number.errorNorm.rawValue]),
          squares.reduce(0, +).squareRoot(), relative: 1e-3, absolute: 1e-4))
    }
  }

  /// A decoder says nothing of classes while it trains, and so has no records of them.
  @Test func noRecordsOfImages() throws {
    var method = SSIMAutoencoder()
    method.side = 16
    var session = Session(try SmallResNet.network(method.network), SmallResNet.settings)
    let counts = try ClassCounts([3, 2, 1])
    session.enter(method.stages(for: counts)[0], for: counts)
    let recorder = ExampleRecorder()
    let (terms, loss) = session.step(
      [SmallResNet.batch(4)], at: Moment(), recording: recorder)
    #expect(recorder.values == nil && loss.item() > 0)
    #expect(terms.terms.map(\.name) == ["reconstruction"])
  }
}
