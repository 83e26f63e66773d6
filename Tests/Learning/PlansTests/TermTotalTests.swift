import Batches
import Losses
import Plans
import TestSupport
import Testing
import Torch

/// What several losses come to, and who gets which place.
@Suite("Totals of terms")
struct TermTotalTests {
  private func terms() -> Terms {
    Terms(
      [
        .init("a", RowValues(Tensor([1.0, 3], shape: [2]), denominator: 2)),
        .init("b", RowValues(Tensor([10.0, 20, 0], shape: [3]), denominator: 4), isOfBatch: false),
      ], of: Batch(inputs: Tensor.zeros([2, 1]), target: Target([0, 1])))
  }

  /// The sum of means, 2 + 7.5; with others' denominators the sums over those; where none counts, nothing.
  @Test func sumsOfMeans() {
    #expect(terms().total.item() == 9.5)
    #expect(terms().total(over: [8, 60]).item() == 1)
    #expect(terms().total(over: [0, 30]).item() == 1)
    #expect(terms().total(over: [0, 0]).item() == 0)
  }

  /// Of equal scores each gets the place that is met first; a constant of a row or of a place changes no choice.
  @Test func placesOfEqualScores() {
    #expect(Assignment.best([7], count: 1) == [0])
    #expect(Assignment.best([Double](repeating: -2, count: 9), count: 3) == [0, 1, 2])
    let scores = [3.0, 9, 1, 8, 7, 2, 4, 6, 5]
    // 9 + 8 + 5 is more than any other sum of one a row and column.
    #expect(Assignment.best(scores, count: 3) == [1, 0, 2])
    let moved = scores.enumerated().map { place, score in
      score + [100.0, -50, 0][place / 3] + [7.0, 1e6, -3][place % 3]
    }
    #expect(Assignment.best(moved, count: 3) == [1, 0, 2])
  }
}
