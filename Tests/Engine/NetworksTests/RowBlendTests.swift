import Networks
import TestSupport
import Testing
import Torch
import TorchTestSupport

/// Blends in which each row has a weight of its own.
@Suite("Blends row by row")
struct RowBlendTests {
  private func inputs(
    _ values: [Float], _ shape: [Int], lengths: [Int]? = nil, ages: [Float]? = nil
  ) -> Inputs {
    Inputs(
      Tensor(values, shape: shape), lengths: lengths,
      others: ages.map { ["age": Tensor($0, shape: [$0.count, 1])] } ?? [:])
  }

  /// w x + (1 − w) y of each row and of what goes along with it; 1 and 0 give back the rows exactly.
  @Test func byHand() {
    let mixed = inputs([1, 2, 3, 4, 0.1, 7], [3, 2], ages: [10, 20, 30])
      .blended(
        with: inputs([5, 6, 7, 8, 9, 0.3], [3, 2], ages: [20, 40, 60]), own: [0.25, 0, 1])
    #expect(mixed.values.scalars(as: Float.self) == [4, 5, 7, 8, 0.1, 7])
    #expect(mixed.others["age"]?.scalars(as: Float.self) == [17.5, 40, 30])
    #expect(mixed.lengths == nil)
  }

  /// Of rows of unequal length the blend is as long as the longer, unless one of the two does not count.
  @Test func lengths() {
    let short = inputs([1, 0, 2, 0, 3, 0], [3, 1, 2], lengths: [1, 1, 1])
    let long = inputs([4, 4, 4, 8, 8, 8, 2, 2, 2], [3, 1, 3], lengths: [3, 3, 2])
    let mixed = short.blended(with: long, own: [0.5, 1, 0])
    #expect(mixed.values.shape == [3, 1, 3])
    #expect(mixed.values.scalars(as: Float.self) == [2.5, 2, 2, 2, 0, 0, 2, 2, 2])
    #expect(mixed.lengths == [3, 1, 2])
  }

  /// One weight for all rows is the blend with that weight; slopes are w and 1 − w.
  @Test func equalWeightsAndSlopes() {
    let (x, y) = (
      inputs([1, -2, 3, 4], [2, 2]), inputs([0.5, 6, -7, 8], [2, 2])
    )
    #expect(
      difference(
        x.blended(with: y, own: [0.3, 0.3]).values.scalars(as: Double.self),
        x.blended(with: y, weight: 0.7).values.scalars(as: Double.self), relative: 1e-5) == nil)
    let a = Tensor([1.0, 2, 3, 4], shape: [2, 2]).requiringGrad()
    let b = Tensor([5.0, 6, 7, 8], shape: [2, 2]).requiringGrad()
    a.blended(with: b, own: [0.25, 1]).sum().backward()
    #expect(a.grad?.scalars(as: Double.self) == [0.25, 0.25, 1, 1])
    #expect(b.grad?.scalars(as: Double.self) == [0.75, 0.75, 0, 0])
  }
}
