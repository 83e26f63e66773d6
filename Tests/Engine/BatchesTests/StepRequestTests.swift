import Batches
import Randomness
import Testing

@Suite struct StepRequestTests {
  private let key = RandomKey(seed: 3)

  @Test func dropsTheIncompleteLastBatch() {
    let steps = StepRequest.epoch([Array(0..<10)], batchSize: 4, key: key)
    #expect(steps.map(\.streams) == [[[0, 1, 2, 3]], [[4, 5, 6, 7]]])
  }

  @Test func keepsTheOnlyBatchOfASmallSet() {
    let steps = StepRequest.epoch([[2, 0, 1], [1, 1, 2]], batchSize: 8, key: key)
    #expect(steps.map(\.streams) == [[[2, 0, 1], [1, 1, 2]]])
  }

  @Test func stepsHaveKeysOfTheirOwn() {
    let steps = StepRequest.epoch([Array(0..<9)], batchSize: 3, key: key)
    #expect(Set(steps.map(\.key)).count == 3)
  }

  @Test func aShortSecondStreamIsRefused() async {
    await #expect(processExitsWith: .failure) {
      _ = StepRequest.epoch([[0, 1], [0]], batchSize: 1, key: RandomKey(seed: 0))
    }
  }
}
