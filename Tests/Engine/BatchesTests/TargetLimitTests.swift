import Batches
import Sampling
import TestSupport
import Testing
import Torch

/// Targets at their limits: rows of which nothing is known, weights of rows and of classes.
@Suite("Limits of targets")
struct TargetLimitTests {
  private let some = Target(known: [2, nil, 0])

  /// A row that is not known has no mass, no share in a dense target, and is said to be unknown.
  @Test func unknownRows() {
    #expect(some.known == [true, false, true])
    #expect(some.massPerClass(3) == [1, 0, 1])
    #expect(some.dense(classes: 3).scalars(as: Float.self) == [0, 0, 1, 0, 0, 0, 1, 0, 0])
    let none = Target(unknown: 2)
    #expect(none.count == 2 && none.known == [false, false] && none.terms.isEmpty)
    #expect(none.dense(classes: 2).scalars(as: Float.self) == [0, 0, 0, 0])
    #expect(none.reordered([1, 0, 1]).count == 3)
    #expect(Target(unknown: 0).massPerClass(2) == [0, 0])
  }

  /// A mixture with an unknown row knows as much as the other's share.
  @Test func mixingWithUnknownRows() {
    let mixed = some.mixed(with: Target([1, 1, 1]), weight: 0.25)
    #expect(
      mixed.dense(classes: 3).scalars(as: Float.self)
        == [0, 0.25, 0.75, 0, 0.25, 0, 0.75, 0.25, 0])
    #expect(mixed.known == [true, true, true])
    #expect(mixed.massPerClass(3) == [0.75, 0.75, 0.75])
  }

  /// λ = 0 is the target itself, λ = 1 the other.
  @Test func endsOfAMixture() {
    let (first, second) = (Target([0, 1]), Target([2, 0]))
    func dense(_ target: Target) -> [Float] {
      target.dense(classes: 3).scalars(as: Float.self)
    }
    #expect(dense(first.mixed(with: second, weight: 0)) == dense(first))
    #expect(dense(first.mixed(with: second, weight: 1)) == dense(second))
  }

  /// Each row by its own weight; equal weights are the mixture with one.
  @Test func weightsOfRows() {
    let (first, second) = (Target([0, 0]), Target([1, 1]))
    let own = first.mixed(with: second, own: [0.75, 0.25])
    #expect(own.dense(classes: 2).scalars(as: Float.self) == [0.75, 0.25, 0.25, 0.75])
    #expect(
      first.mixed(with: second, own: [0.75, 0.75]).massPerClass(2)
        == first.mixed(with: second, weight: 0.25).massPerClass(2))
  }

  /// Weights of classes multiply the weight of each labelling by that of its own class.
  @Test func weightsOfClasses() {
    let mixed = Target([0, 1]).mixed(with: Target([1, 1]), weight: 0.5)
    let weighted = mixed.weighted(by: [4, 0.5])
    #expect(weighted.dense(classes: 2).scalars(as: Float.self) == [2, 0.25, 0, 0.5])
    #expect(mixed.weighted(by: [1, 1]) == mixed)
    #expect(some.weighted(by: [0, 5, 5]).known == [true, false, false])
  }

  /// Mass of several labels: weight · value, and what is not known adds nothing.
  @Test func massOfEntries() {
    let table = LabelTable([true, nil, false, true, true, nil], width: 2)
    let entries = Target.Entries(table, rows: [2, 0, 1, 2])
    #expect(entries.values == [1, 0, 1, 0, 0, 1, 1, 0])
    #expect(entries.weights == [1, 0, 1, 0, 1, 1, 1, 0])
    #expect(entries.mass == [3, 1])
    let numbers = Target.Entries([2.5, -1, 0.5], rows: [2, 0])
    #expect(numbers.width == 1 && numbers.values == [0.5, 2.5] && numbers.mass == [3])
  }
}
