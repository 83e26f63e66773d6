import Batches
import TestSupport
import Testing
import Torch

/// Several labels or numbers a row.
@Suite struct EntriesTests {
  private let first = Target(Target.Entries([1, nil, 0, 2, nil, nil], width: 3))
  private let second = Target(Target.Entries([0, 4, nil, 6, nil, 1], width: 3))

  @Test func rows() {
    #expect(first.count == 2 && first.entries?.width == 3)
    #expect(first.entries?.values == [1, 0, 0, 2, 0, 0])
    #expect(first.entries?.weights == [1, 0, 1, 1, 0, 0])
    #expect(first.known == [true, true])
    let unknown = Target(Target.Entries([nil, 1, nil, nil], width: 2))
    #expect(unknown.known == [true, false])
    // They have no class, and no mass.
    #expect(first.terms.isEmpty && first.massPerClass(4) == [0, 0, 0, 0])
  }

  /// Both known: the weighted mean. One of them: its value, and its share as weight. None: nothing.
  @Test func mixing() throws {
    let mixed = try #require(first.mixed(with: second, weight: 0.25).entries)
    #expect(mixed.values == [0.75, 4, 0, 3, 0, 1])
    #expect(mixed.weights == [1, 0.25, 0.75, 1, 0, 0.25])
    for λ in [0.1, 1 / 3.0, 0.7, 1e-9] {
      let whole = try #require(first.mixed(with: first, weight: λ).entries)
      #expect(whole == first.entries, "a target with itself, λ \(λ)")
    }
    #expect(first.mixed(with: second, weight: 0).entries == first.entries)
    #expect(first.mixed(with: second, weight: 1).entries == second.entries)
  }

  /// What is mixed twice weighs what it weighs.
  @Test func mixingMixedEntries() throws {
    let twice = try #require(
      first.mixed(with: second, weight: 0.5).mixed(with: first, weight: 0.5).entries)
    #expect(twice.values == [0.75, 4, 0, 3, 0, 1])
    #expect(twice.weights == [1, 0.25, 0.75, 1, 0, 0.25])
  }

  @Test func reordering() throws {
    let turned = try #require(first.reordered([1, 0, 1]).entries)
    #expect(turned.values == [2, 0, 0, 1, 0, 0, 2, 0, 0])
    #expect(turned.weights == [1, 0, 0, 1, 0, 1, 1, 0, 0])
    #expect(turned.count == 3)
  }

  @Test func tensors() throws {
    let (values, weights) = try #require(first.entries).tensors(.float64, on: .cpu)
    #expect(values.shape == [2, 3] && values.dtype == .float64)
    #expect(weights.scalars(as: Double.self) == [1, 0, 1, 1, 0, 0])
  }

  @Test func misuseTraps() async {
    await #expect(processExitsWith: .failure) { _ = Target.Entries([1, 2, 3], width: 2) }
    await #expect(processExitsWith: .failure) { _ = Target.Entries([], width: 0) }
    await #expect(processExitsWith: .failure) { _ = Target.Entries([.nan], width: 1) }
    await #expect(processExitsWith: .failure) {
      _ = Target([0]).mixed(with: Target(Target.Entries([1], width: 1)), weight: 0.5)
    }
    await #expect(processExitsWith: .failure) {
      _ = Target(Target.Entries([1, 2], width: 2))
        .mixed(with: Target(Target.Entries([1, 2], width: 1)), weight: 0.5)
    }
  }

  /// Row i by its own share: what both know is their weighted mean, what one knows keeps its value and its share.
  @Test func rowsAreMixedByAShareEach() throws {
    let first = Target(Target.Entries([1, nil, 0, 4], width: 2))
    let second = Target(Target.Entries([3, 5, nil, 8], width: 2))
    let mixed = try #require(first.mixed(with: second, own: [0.25, 0.75]).entries)
    #expect(mixed.values == [2.5, 5, 0, 5])
    #expect(mixed.weights == [1, 0.75, 0.75, 1])
    // With one share for all it is the blend by λ = 1 − w, and at the ends one of the two.
    #expect(
      first.mixed(with: second, own: [0.75, 0.75]) == first.mixed(with: second, weight: 0.25))
    #expect(first.mixed(with: second, own: [1, 1]).entries == first.entries)
    #expect(first.mixed(with: second, own: [0, 0]).entries == second.entries)
  }
}
