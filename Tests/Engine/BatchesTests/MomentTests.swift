import Batches
import Randomness
import Testing

/// Which draws belong to a moment.
@Suite("Moments")
struct MomentTests {
  private func moment(
    stage: Int = 0, epoch: Int = 3, stageEpoch: Int? = nil, step: Int = 5, progress: Double = 0,
    seed: UInt64 = 1
  ) -> Moment {
    Moment(
      stage: stage, epoch: epoch, stageEpoch: stageEpoch, step: step, progress: progress,
      key: RandomKey(seed: seed))
  }

  /// Asked again, the key is the same; another purpose, epoch, step or seed has another.
  @Test func keysBelongToTheStep() {
    let key = moment().key("mix")
    #expect(moment().key("mix") == key)
    let others = [
      moment().key("drop"), moment(epoch: 4).key("mix"), moment(step: 6).key("mix"),
      moment(epoch: 5, step: 3).key("mix"), moment(seed: 2).key("mix"),
    ]
    #expect(Set(others + [key]).count == 6)
  }

  /// How a run is cut into stages changes no draw: epochs are counted through the run.
  @Test func stagesDoNotChangeTheKey() {
    #expect(
      moment(stage: 2, stageEpoch: 0, progress: 0.5).key("mix") == moment().key("mix"))
    #expect(moment().stageEpoch == 3 && moment(stageEpoch: 1).stageEpoch == 1)
  }
}
