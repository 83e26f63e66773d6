import Evaluation
import Testing

@Suite("Total variation")
struct TotalVariationTests {
  @Test("is 0 for equal shares, 1 without a common class, symmetric, undefined for nothing")
  func limits() {
    #expect(totalVariation([1, 3], [10, 30]) == 0)
    #expect(totalVariation([5, 0], [0, 2]) == 1)
    #expect(totalVariation([3, 1], [1, 1]) == 0.25)
    #expect(totalVariation([1, 1], [3, 1]) == 0.25)
    #expect(totalVariation([0, 0], [3, 1]) == nil)
  }
}
