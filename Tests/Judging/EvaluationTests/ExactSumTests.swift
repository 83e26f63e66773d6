import Evaluation
import Randomness
import Testing

@Suite("Exact sum")
struct ExactSumTests {
  @Test("the same bits in any order and any grouping")
  func order() {
    var random = RandomKey(seed: 7).source
    let terms = (0..<1000).map { _ in random.normal() * 100 }
    var whole = ExactSum.zero
    for term in terms { whole.add(term) }
    for _ in 0..<20 {
      var parts = [ExactSum.zero, .zero, .zero]
      for index in random.shuffle(terms.count) { parts[random.below(3)].add(terms[index]) }
      parts[2].merge(parts[0])
      parts[2].merge(parts[1])
      #expect(parts[2].value.bitPattern == whole.value.bitPattern)
    }
    #expect(abs(whole.value - terms.reduce(0, +)) < 1e-10)
  }

  @Test("large and small terms, signs, and terms just below zero")
  func extremes() {
    var sum = ExactSum.zero
    for term in [1e15, 0.25, -1e15, -0x1p-70, 0x1p-60] { sum.add(term) }
    #expect(sum.value == 0.25 + 0x1p-60)
    sum.add(-0.25)
    sum.add(-0x1p-60)
    #expect(sum.value == 0)
  }

  @Test("a term that is not finite traps")
  func notFinite() async {
    await #expect(processExitsWith: .failure) {
      var sum = ExactSum.zero
      sum.add(.nan)
    }
  }
}
