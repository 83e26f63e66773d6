import Batches
import TestSupport
import Testing
import Torch

@Suite struct TargetTests {
  let first = Target([0, 2, 1])
  let second = Target([0, 1, 0])

  @Test func hardLabels() {
    #expect(first.count == 3)
    #expect(first.massPerClass(3) == [1, 1, 1])
    #expect(first.dense(classes: 3).scalars(as: Float.self) == [1, 0, 0, 0, 0, 1, 0, 1, 0])
  }

  @Test func mixing() {
    let mixed = first.mixed(with: second, weight: 0.25)
    #expect(mixed.terms.map(\.labels) == [[0, 2, 1], [0, 1, 0]])
    #expect(mixed.massPerClass(3) == [1.25, 1, 0.75])
    #expect(
      mixed.dense(classes: 3).scalars(as: Float.self) == [1, 0, 0, 0, 0.25, 0.75, 0.25, 0.75, 0])
  }

  @Test func mixingMixedTargets() {
    let mixed = first.mixed(with: second, weight: 0.25).mixed(with: first, weight: 0.5)
    #expect(mixed.terms.count == 3)
    let rows = mixed.dense(classes: 3)
    #expect(rows.sum(dims: [1]).scalars(as: Float.self) == [1, 1, 1])
    #expect(mixed.massPerClass(3) == [1.125, 1, 0.875])
  }

  @Test func reordering() {
    let mixed = first.mixed(with: second, weight: 0.25)
    let rows = mixed.dense(classes: 3).scalars(as: Float.self)
    let turned = mixed.reordered([2, 0, 1]).dense(classes: 3).scalars(as: Float.self)
    #expect(turned == Array(rows[6..<9] + rows[0..<3] + rows[3..<6]))
  }

  @Test func batchKeepsItsRows() {
    let batch = Batch(inputs: Tensor.zeros([3, 3, 2, 2]), target: first, examples: [7, 8, 9])
    #expect(batch.count == 3)
    #expect(batch.lambda == nil)
  }

  @Test func misuseTraps() async {
    await #expect(processExitsWith: .failure) { _ = Target(terms: []) }
    await #expect(processExitsWith: .failure) { _ = Target.Labelling(labels: [1], weight: []) }
    await #expect(processExitsWith: .failure) { _ = Target([0, 3]).dense(classes: 3) }
    await #expect(processExitsWith: .failure) { _ = Target([-1]).massPerClass(3) }
    await #expect(processExitsWith: .failure) {
      _ = Target([0, 1]).mixed(with: Target([0]), weight: 0.5)
    }
    await #expect(processExitsWith: .failure) {
      _ = Batch(inputs: Tensor.zeros([2, 3]), target: Target([0]))
    }
  }
}
