import Decisions
import Randomness
import TestSupport
import Testing

/// Rows dealt into folds by class and group alone, without any probabilities.
@Suite struct FoldsOfRowsTests {
  @Test func theSameAsThoseOfASample() throws {
    let truths = (0..<120).map { $0 % 7 == 0 ? 1 : 0 }
    let groups = truths.indices.map { "p\($0 / 4)" }
    let sample = LabelledProbabilities(
      classes: ["a", "b"], truths: truths, probabilities: truths.flatMap { _ in [0.5, 0.5] },
      groups: groups)
    var (first, second) = (RandomKey(seed: 2).source, RandomKey(seed: 2).source)
    let whole = try GroupedFolds(sample, count: 5, using: &first)
    #expect(
      try GroupedFolds(truths: truths, classes: 2, groups: groups, count: 5, using: &second)
        == whole)
    for row in truths.indices { #expect(whole.fold[row] == whole.fold[row / 4 * 4]) }
  }
}
