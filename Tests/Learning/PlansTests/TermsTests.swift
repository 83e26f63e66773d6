import Batches
import Losses
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
        .init("a", RowValues(Tensor([1, 3] as [Float], shape: [2]))),
        .init("b", RowValues(Tensor([10, 20] as [Float], shape: [2]))),
      ], of: batch)
    #expect(terms.total.item() == 17)
    #expect(terms.total.shape == [])
  }

  @Test func misuseTraps() async {
    await #expect(processExitsWith: .failure) {
      _ = Terms([], of: Batch(inputs: Tensor.zeros([2, 3]), target: Target([0, 2])))
    }
    await #expect(processExitsWith: .failure) {
      let rows = RowValues(Tensor.zeros([2]))
      _ = Terms(
        [.init("a", rows), .init("a", rows)],
        of: Batch(inputs: Tensor.zeros([2, 3]), target: Target([0, 2])))
    }
    await #expect(processExitsWith: .failure) { _ = RowValues(Tensor.zeros([2, 3])) }
    await #expect(processExitsWith: .failure) {
      _ = RowValues(Tensor.zeros([2]), denominator: -1)
    }
  }

  /// Σ w ℓ / Σ w; where no row counts, the term is 0 and so is its gradient.
  @Test func weightedAndMaskedRows() throws {
    let values = Tensor([2, 0, 6] as [Float], shape: [3])
    #expect(RowValues(values, denominator: 4).mean.item() == 2)
    let x = Tensor([1, 2] as [Float], shape: [2]).requiringGrad()
    let masked = RowValues(x * Tensor([0, 0] as [Float], shape: [2]), denominator: 0)
    #expect(masked.mean.item() == 0)
    masked.mean.backward()
    #expect(try #require(x.grad).scalars(as: Float.self) == [0, 0])
  }
}
