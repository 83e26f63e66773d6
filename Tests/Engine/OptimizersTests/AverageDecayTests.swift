import Foundation
import Optimizers
import TestSupport
import Testing
import Torch

/// What the decay of an average means.
@Suite("Decay of an average")
struct AverageDecayTests {
  private func list(_ values: [Float]) -> ParameterList {
    ParameterList(names: ["x"], tensors: [Tensor(values, shape: [values.count])])
  }

  /// 1 − k^(−2/3) of the k-th update, by hand of k = 1, 8 and 27.
  @Test func warmUpByHand() {
    let average = WeightAverage(of: list([0]), decay: 0.8, warmup: true)
    #expect(average.decay(after: 0) == 0)
    #expect(close(average.decay(after: 7), 0.75))
    #expect(average.decay(after: 26) == 0.8)
    let plain = WeightAverage(of: list([0]), decay: 0.8, warmup: false)
    #expect([0, 1, 7].map { plain.decay(after: $0) } == [0, 0.8, 0.8])
  }

  /// d = 0 follows at once; weights that stand still are their own average, to the byte.
  @Test(arguments: [0.0, 0.5, 0.9999], [false, true])
  func limits(decay: Double, warmup: Bool) {
    let still: [Float] = [0.1, -1 / 3, 1e-30, 3e7]
    let weights = list(still)
    var average = WeightAverage(of: weights, decay: decay, warmup: warmup)
    for _ in 0..<4 { average.update(from: weights) }
    #expect(average.tensors[0].scalars(as: Float.self) == still)
    weights.tensors[0].copy(from: Tensor([4, 3, 2, 1] as [Float], shape: [4]))
    average.update(from: weights)
    let found = average.tensors[0].scalars(as: Float.self)
    #expect((found == [4, 3, 2, 1]) == (decay == 0))
    #expect(average.updates == 5)
  }

  /// An average in given tensors changes those; one of a list leaves the list alone.
  @Test func whereItIsKept() {
    let (weights, own) = (list([1, 2]), list([5, 6]))
    var average = WeightAverage(in: own, decay: 0.5, warmup: false)
    average.update(from: weights)
    #expect(own.tensors[0].scalars(as: Float.self) == [1, 2])
    #expect(average.state.map(\.name) == ["average.x"])
    let apart = WeightAverage(of: weights)
    apart.tensors[0].fill(9)
    #expect(weights.tensors[0].scalars(as: Float.self) == [1, 2])
  }

  @Test func aRefusedStateChangesNothing() {
    let two = ParameterList(
      names: ["x", "y"], tensors: [Tensor.ones([2]), Tensor.ones([3])])
    var average = WeightAverage(of: two, decay: 0.5)
    average.update(from: two)
    #expect(throws: OptimizerStateError.shape("average.y", saved: [2], expected: [3])) {
      try average.load(
        ["average.x": Tensor.zeros([2]), "average.y": Tensor.zeros([2])], updates: 12)
    }
    #expect(average.updates == 1)
    #expect(average.tensors[0].scalars(as: Float.self) == [1, 1])
  }
}
