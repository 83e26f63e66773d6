import Batches
import Losses
import Methods
import Networks
import Optimizers
import OrderedCollections
import Plans
import Randomness
import Sampling
import Sessions
import TestSupport
import Testing
import Torch
import Weights

/// The session by itself: no file, no loop.
@Suite struct SessionTests {
  private let settings = SmallResNet.settings

  private func network(_ form: NetworkForm = NetworkForm()) throws -> Network {
    try SmallResNet.network(form)
  }

  private func batch(_ seed: UInt64) -> Batch { SmallResNet.batch(seed) }

  private func steps(
    _ session: inout Session, _ range: Range<Int>, of stage: Stage? = nil, rate: Double = 0.1
  ) {
    for step in range {
      _ = session.step(
        SmallResNet.batches(of: stage, step), at: Moment(step: step, progress: 0.5, elapsed: 0.5))
      session.update(rate: rate)
    }
  }

  private func values(_ session: Session) -> [String: [Double]] {
    Dictionary(
      uniqueKeysWithValues: session.savedTensors().map {
        ($0.key, $0.value.scalars(as: Double.self))
      })
  }

  /// A saved state that is copied keeps its bytes while the session goes on, and brings it back.
  @Test(arguments: [
    ERM() as any Method, SeesawTraining(), LDAMDRW(), BilateralBranch(), SADE(),
    SmallResNet.supConWithQueue, SBCL(), FixMatch(), MeanTeacher(), SigmoidBCE(), CORN(),
    CORAL(), SquaredErrorTraining(), SSIMAutoencoder(),
  ])
  func savedAndRestored(method: any Method) throws {
    let classes = try ClassCounts([3, 2, 1])
    // Numbers have no bound, and a rate that is too high for them.
    let rate = method is SquaredErrorTraining ? 0.01 : 0.1
    let stage = try #require(method.stages(for: classes).first)
    var session = Session(try network(method.network), settings)
    session.enter(stage, for: classes)
    steps(&session, 0..<3, of: stage, rate: rate)
    let saved = session.savedTensors().mapValues { $0.detached().cloned() }
    let (state, then) = (session.savedState, values(session))
    steps(&session, 3..<6, of: stage, rate: rate)
    let end = values(session)
    #expect(end != then)
    for (name, tensor) in saved { #expect(tensor.scalars(as: Double.self) == then[name]) }
    var other = Session(try network(method.network), settings)
    other.enter(stage, for: classes)
    try other.restore(saved, state)
    #expect(values(other) == then)
    steps(&other, 3..<6, of: stage, rate: rate)
    #expect(values(other) == end)
  }

  /// Classifier re-training: of the trunk no byte moves in the second stage, of the head all do.
  @Test func aFrozenTrunkKeepsItsBytes() throws {
    let classes = try ClassCounts([3, 2, 1])
    let stages = ClassifierRetraining().stages(for: classes)
    var session = Session(try network(), settings)
    session.enter(stages[0], for: classes)
    steps(&session, 0..<2)
    session.replace(session.network.withNewHead(classes: 3, using: Generator(seed: 2)))
    session.enter(stages[1], for: classes)
    func bytes() -> [String: [Float]] {
      Dictionary(
        uniqueKeysWithValues: session.network.stateDict.map { ($0.key, $0.value.scalars()) })
    }
    let before = bytes()
    steps(&session, 2..<5)
    let after = bytes()
    let averaged = session.withAveragedWeights { bytes() }
    for (name, old) in before {
      let isHead = session.network.headNames.contains(name)
      #expect((after[name] == old) == !isHead, "\(name)")
      if !isHead { #expect(averaged[name] == old, "averaged \(name)") }
    }
  }

  /// A weight that has diverged is found wherever it stands, frozen or not.
  @Test func finite() throws {
    let session = Session(try network(), settings)
    let weight = session.network.parameters[0].tensor
    session.network.freeze(["conv1"])
    #expect(session.isFinite)
    withoutGradients { weight.fill(1e30) }
    #expect(!session.isFinite)
    withoutGradients { weight.fill(1) }
    #expect(session.isFinite)
    withoutGradients { weight.fill(.nan) }
    #expect(!session.isFinite)
  }

  /// With ρ = 0 the second pass gives the gradients of the first: same draws, same memory, statistics
  /// recorded once. Sharpness-aware or not, the bytes are the same.
  @Test(arguments: [
    ERM() as any Method, SeesawTraining(), MixupTraining(), BilateralBranch(), SADE(),
    SmallResNet.supConWithQueue, FixMatch(), MeanTeacher(),
  ])
  func samOfNoRadiusIsItsBase(method: any Method) throws {
    let classes = try ClassCounts([3, 2, 1])
    let stage = try #require(method.stages(for: classes).first)
    func run(_ sam: Double?) throws -> [String: [Double]] {
      var settings = settings
      settings.optimizer.sam = sam
      settings.clipNorm = 1
      var session = Session(try network(method.network), settings)
      session.enter(stage, for: classes)
      for step in 0..<4 {
        _ = session.step(
          SmallResNet.batches(of: stage, step), at: Moment(step: step, progress: 0.5), share: 0.5)
        if step % 2 == 1 { session.update(rate: 0.1) }
      }
      return values(session)
    }
    let plain = try run(nil)
    #expect(try run(0) == plain)
    #expect(try run(0.5) != plain)
  }

  @Test(arguments: OptimizerKind.allCases)
  func everyOptimizerLearns(kind: OptimizerKind) throws {
    let classes = try ClassCounts([3, 2, 1])
    for sam in [nil, 0.05] {
      var settings = settings
      settings.optimizer.kind = kind
      settings.optimizer.sam = sam
      var session = Session(try network(), settings)
      session.enter(Stage(Supervised()), for: classes)
      var losses: [Double] = []
      for step in 0..<12 {
        losses.append(session.step([batch(1)], at: Moment(step: step)).loss.item())
        session.update(rate: kind == .sgd ? 0.05 : kind == .muon ? 0.02 : 0.01)
      }
      #expect(losses[11] < 0.7 * losses[0], "\(kind) \(sam ?? 0): \(losses)")
    }
  }

  @Test func aStepWithoutAStageTraps() async {
    await #expect(processExitsWith: .failure) {
      let network = try Architectures.named("resnet20").build(
        classes: 2, using: Generator(seed: 1))
      var session = Session(
        network,
        SessionSettings(
          optimizer: .init(kind: .sgd, momentum: 0, nesterov: false, weightDecay: 0)))
      _ = session.step([], at: Moment())
    }
  }
}
