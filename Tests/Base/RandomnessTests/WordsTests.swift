import Randomness
import Testing

/// How many words a draw uses, and what it makes of the least and the greatest of them.
@Suite struct WordsTests {
  /// Gives out words in turn, again and again, and counts them.
  private struct Words: RandomNumberGenerator {
    let words: [UInt64]
    private(set) var used = 0

    init(_ words: [UInt64]) { self.words = words }

    mutating func next() -> UInt64 {
      defer { used += 1 }
      return words[used % words.count]
    }
  }

  /// What a draw makes of some words, and how many it used.
  private func drawn<R>(_ words: [UInt64], _ draw: (inout Words) -> R) -> (value: R, used: Int) {
    var source = Words(words)
    let value = draw(&source)
    return (value, source.used)
  }

  @Test func uniformAtItsEnds() {
    let uniform = { (word: UInt64) in self.drawn([word]) { $0.uniform() } }
    #expect(uniform(0).value == 0 && uniform(0).used == 1)
    #expect(uniform(.max).value == 1 - 0x1p-53 && uniform(.max).used == 1)
    // The last eleven bits do not count.
    #expect(uniform(2047).value == 0 && uniform(2048).value == 0x1p-53)
    let wide = drawn([.max]) { $0.uniform(in: -1e300...1e300) }
    #expect(wide.value <= 1e300 && wide.value > 0.99e300 && wide.used == 1)
    #expect(drawn([0]) { $0.uniform(in: -2...7) }.value == -2)
  }

  /// √(−2 ln 2⁻⁵³) = 8.57 is as far as it gets; two words, also where the first says 0.
  @Test func normalIsFinite() {
    let most = drawn([.max, 0]) { $0.normal() }
    #expect(abs(most.value - 8.571674348652905) < 1e-12 && most.used == 2)
    let none = drawn([0, .max]) { $0.normal() }
    #expect(none.value == 0 && none.used == 2)
  }

  /// 2⁶⁴ = 3 · 6148914691236517205 + 1: the word 0 would make 0 likelier than 1 and 2, and is drawn again.
  @Test func whatWouldBeUnevenIsDrawnAgain() {
    let three = drawn([0, 1 << 63]) { $0.below(3) }
    #expect(three.value == 1 && three.used == 2)
    // A power of two divides 2⁶⁴, so that nothing is.
    let four = drawn([0]) { $0.below(4) }
    #expect(four.value == 0 && four.used == 1)
    #expect(drawn([.max]) { $0.below(1) }.value == 0)
    #expect(drawn([.max]) { $0.below(.max) }.value == Int.max - 1)
  }

  /// Of all words of a small number of bits: with the upper eight bits alone each of n values comes ⌊256 / n⌋ or one more times.
  @Test(arguments: [2, 3, 5, 7, 10, 100, 255]) func theUpperBitsDecide(bound: Int) {
    var counts = [Int](repeating: 0, count: bound)
    for upper in UInt64(0)..<256 {
      counts[drawn([upper << 56 | 1 << 55]) { $0.below(bound) }.value] += 1
    }
    #expect(counts.reduce(0, +) == 256)
    #expect((counts.max() ?? 0) - (counts.min() ?? 0) <= 1)
  }

  @Test func ordersOfFewThings() {
    let none = drawn([.max]) { [$0.shuffle(0), $0.shuffle(1)] }
    #expect(none.value == [[], [0]] && none.used == 0)
    // The greatest word takes each thing itself, a small one the first of those that are left.
    #expect(drawn([.max]) { $0.shuffle(4) }.value == [0, 1, 2, 3])
    #expect(drawn([1]) { $0.shuffle(4) }.value == [1, 2, 3, 0])
  }

  /// λ ~ Beta(1, 1) is uniform, and its mirror image that of Beta(1, β).
  @Test func theSimplestDistributions() {
    let distribution = BetaDistribution(1, 1)
    #expect(distribution.mean == 0.5 && distribution.variance == 1.0 / 12)
    var (a, b) = (RandomSource(seed: 4), RandomSource(seed: 4))
    for _ in 0..<100 {
      let (left, right) = (
        BetaDistribution(3, 1).sample(using: &a), BetaDistribution(1, 3).sample(using: &b)
      )
      #expect(abs(left + right - 1) < 1e-15)
    }
  }
}
