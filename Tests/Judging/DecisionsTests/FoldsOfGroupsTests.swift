import Decisions
import Randomness
import TestSupport
import Testing

/// Groups dealt into folds by strata that a row may be in several of.
@Suite struct FoldsOfGroupsTests {
  /// With one stratum a row it is the dealing of rows.
  @Test func theSameAsThoseOfRows() throws {
    let truths = (0..<120).map { $0 % 7 == 0 ? 1 : 0 }
    let groups = truths.indices.map { "p\($0 / 4)" }
    let members = (0..<30).map { group in
      [0, 1].map { label in (0..<4).count { truths[4 * group + $0] == label } }
    }
    var (first, second) = (RandomKey(seed: 2).source, RandomKey(seed: 2).source)
    let rows = try GroupedFolds(
      truths: truths, classes: 2, groups: groups, count: 5, using: &first)
    let dealt = try GroupedFolds.ofGroups(
      members, sizes: [Int](repeating: 4, count: 30), count: 5, using: &second)
    #expect(truths.indices.map { dealt[$0 / 4] } == rows.fold)
  }

  /// Images of which each has any of three labels, or none: every fold has its part of each label, and of all images.
  @Test func everyLabelIsSpread() throws {
    var source = RandomSource(seed: 5)
    let members = (0..<200).map { _ in
      [2, 5, 10].map { source.below($0) == 0 ? 1 : 0 } + [1]
    }
    let dealt = try GroupedFolds.ofGroups(
      members, sizes: [Int](repeating: 1, count: 200), count: 4, using: &source)
    for stratum in 0..<4 {
      let parts = (0..<4).map { fold in
        members.indices.filter { dealt[$0] == fold }.reduce(0) { $0 + members[$1][stratum] }
      }
      let mean = Double(parts.reduce(0, +)) / 4
      #expect(parts.allSatisfy { abs(Double($0) - mean) <= 3 }, "stratum \(stratum): \(parts)")
    }
  }

  @Test func fewerGroupsThanFoldsAreRefused() throws {
    var source = RandomSource(seed: 5)
    #expect(throws: CalibrationError.tooFewGroups(2, folds: 3)) {
      try GroupedFolds.ofGroups([[1], [1]], sizes: [1, 1], count: 3, using: &source)
    }
  }
}
