import Batches
import Foundation
import Methods
import Networks
import OrderedCollections
import Plans
import Sampling
import Sessions
import TestSupport
import Testing
import Torch

/// The second network of a stage.
@Suite struct TeacherTests {
  private func session(_ decay: Double, isModel: Bool = true) throws -> (Session, Stage) {
    let stage = Stage(
      Consistency(), unlabelled: UnlabelledStream(views: Consistency.views),
      teacher: Teacher(decay: decay, isModel: isModel))
    var settings = SmallResNet.settings
    settings.averageDecay = nil
    var session = Session(try SmallResNet.network(), settings)
    session.enter(stage, for: try ClassCounts([3, 2, 1]))
    return (session, stage)
  }

  private func weights(_ session: Session) -> [String: [Float]] {
    Dictionary(
      uniqueKeysWithValues: session.network.stateDict.filter { $0.value.dtype == .float32 }
        .map { ($0.key, $0.value.scalars()) })
  }

  private func teacher(_ session: Session) -> [String: [Float]] {
    Dictionary(
      uniqueKeysWithValues: session.savedTensors()
        .filter { $0.key.hasPrefix("teacher.average.") }
        .map { (String($0.key.dropFirst("teacher.average.".count)), $0.value.scalars()) })
  }

  private func run(_ session: inout Session, _ stage: Stage, steps: Int) {
    for step in 0..<steps {
      _ = session.step(SmallResNet.batches(of: stage, step), at: Moment(step: step, elapsed: 0.9))
      session.update(rate: 0.1)
    }
  }

  /// At decay 0 the teacher is the student after each update, and another with any other decay.
  @Test func atDecayZeroItIsTheStudent() throws {
    for (decay, isSame) in [(0.0, true), (0.5, false)] {
      var (session, stage) = try session(decay)
      run(&session, stage, steps: 4)
      #expect((teacher(session) == weights(session)) == isSame)
    }
  }

  /// d θ' + (1 − d) θ, with d = min(decay, 1 − k^(−2/3)) at the k-th update.
  @Test func itFollowsTheFormula() throws {
    var (session, stage) = try session(0.3)
    var expected: [Float] = []
    for step in 0..<4 {
      _ = session.step(SmallResNet.batches(of: stage, step), at: Moment(step: step, elapsed: 0.9))
      session.update(rate: 0.1)
      let own = try #require(weights(session)["conv1.weight"])
      let d = step == 0 ? 0 : Float(min(0.3, 1 - pow(Double(step + 1), -2.0 / 3)))
      expected = step == 0 ? own : zip(expected, own).map { d * $0 + (1 - d) * $1 }
    }
    let found = try #require(teacher(session)["conv1.weight"])
    #expect(difference(found, expected, relative: 1e-4, absolute: 1e-6) == nil)
  }

  /// The model is the teacher where the stage says so; the student's weights come back afterwards.
  @Test(arguments: [true, false]) func whoIsTheModel(isModel: Bool) throws {
    var (session, stage) = try session(0.9, isModel: isModel)
    run(&session, stage, steps: 3)
    let (own, taught) = (weights(session), teacher(session))
    let seen = session.withAveragedWeights { weights(session) }
    #expect(seen == (isModel ? taught : own))
    #expect(weights(session) == own && teacher(session) == taught)
  }

  /// Frozen weights are the student's in a teacher that was taken up again.
  @Test func aRestoredTeacherHasTheFrozenWeights() throws {
    let classes = try ClassCounts([3, 2, 1])
    var (first, stage) = try session(0.9)
    stage.trains = .heads
    first.enter(stage, for: classes)
    run(&first, stage, steps: 2)
    let (saved, state) = (
      first.savedTensors().mapValues { $0.detached().cloned() }, first.savedState
    )
    #expect(state.teacherUpdates == 2)
    let makeNetwork = try #require(SmallResNet.settings.makeNetwork)
    var settings = SmallResNet.settings
    settings.averageDecay = nil
    var second = Session(makeNetwork(NetworkForm()), settings)
    second.enter(stage, for: classes)
    try second.restore(saved, state)
    let step = SmallResNet.batches(of: stage, 7)
    let losses = [
      first.step(step, at: Moment(elapsed: 0.9)), second.step(step, at: Moment(elapsed: 0.9)),
    ]
    #expect(losses[0].loss.item() == losses[1].loss.item())
  }
}
