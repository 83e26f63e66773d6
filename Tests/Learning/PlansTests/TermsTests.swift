import Batches
import Plans
import TestSupport
import Testing
import Torch

@Suite struct TermsTests {
  let batch = Batch(inputs: Tensor.zeros([2, 3]), target: Target([0, 2]))

  /// The mean over rows of each term, then their sum.
  @Test func total() {
    let terms = Terms(
      [
        .init(name: "a", perExample: Tensor([1, 3] as [Float], shape: [2])),
        .init(name: "b", perExample: Tensor([10, 20] as [Float], shape: [2])),
      ], of: batch)
    #expect(terms.total.item() == 17)
    #expect(terms.total.shape == [])
  }

  @Test func misuseTraps() async {
    await #expect(processExitsWith: .failure) {
      _ = Terms([], of: Batch(inputs: Tensor.zeros([2, 3]), target: Target([0, 2])))
    }
    await #expect(processExitsWith: .failure) {
      _ = Terms(
        [.init(name: "a", perExample: Tensor.zeros([3]))],
        of: Batch(inputs: Tensor.zeros([2, 3]), target: Target([0, 2])))
    }
  }
}
