import Requirements

/// A shuffled order of `0..<count` without a list: the value at a position is computed from a key.
///
/// The ⌈log₂ count⌉ bits of a position are cut into a high and a low half, which differ by one bit at most.
/// Round i of a Feistel network mixes one half into the other, high and low by turns:
///
///     high ^= F(i, low)        F(i, x) = mixed((word + i γ) ^ x A)
///
/// where `mixed` is SplitMix64's finaliser, γ = 9e3779b97f4a7c15 and A = d1b54a32d192ed03 (hexadecimal), and `word` is
/// a word of the key. A result beyond `count` goes through the network again, fewer than two times on average. There
/// are 8 rounds from 16 bits on, and 24 below, where fewer leave orders of five things visibly uneven.
///
/// A network whose halves have two bits or more gives even orders alone, those of an even number of swaps. So the lowest
/// bit of F(0, 0), which no round uses, says whether the values 0 and 1 are swapped at the end.
///
/// It is one of 2⁶⁴ orders, not of all `count!`, and it keeps no secrets. It takes constant memory.
///
/// Source: Black, Rogaway, "Ciphers with Arbitrary Finite Domains", CT-RSA 2002, section 3.
public struct IndexPermutation: Sendable, Equatable {
  /// How many indices there are.
  public let count: Int
  private let word: UInt64
  private let low: UInt64
  private let high: UInt64
  private let rounds: UInt64
  /// 1 where the values 0 and 1 are swapped, else 0.
  private let swap: UInt64

  private static let step: UInt64 = 0x9e37_79b9_7f4a_7c15
  private static let spread: UInt64 = 0xd1b5_4a32_d192_ed03

  /// - Parameters:
  ///   - count: how many indices, in 1…2⁶².
  ///   - key: whose order it is; the same key and count give the same order everywhere.
  /// - Precondition: `count` lies in 1…2⁶².
  public init(count: Int, key: RandomKey) {
    require(
      count >= 1 && count <= 1 << 62,
      "IndexPermutation: expected a count from 1 to 2^62, got \(count)")
    self.count = count
    word = key.folding("permutation").word
    let bits = UInt64.bitWidth - UInt64(count - 1).leadingZeroBitCount
    low = (1 << UInt64(bits / 2)) - 1
    high = (1 << UInt64(bits - bits / 2)) - 1
    rounds = bits < 16 ? 24 : 8
    swap = count < 2 ? 0 : Self.mixture(word, 0, 0) & 1
  }

  /// The index at a position.
  ///
  /// - Parameter position: in `0..<count`.
  /// - Returns: an index in `0..<count`; every one at exactly one position.
  /// - Precondition: `position` lies in `0..<count`.
  public func callAsFunction(_ position: Int) -> Int {
    check(position, "a position")
    var value = UInt64(position)
    repeat { value = forward(value) } while value >= UInt64(count)
    return Int(swapped(value))
  }

  /// The position at which an index stands.
  ///
  /// - Parameter index: in `0..<count`.
  /// - Precondition: `index` lies in `0..<count`.
  public func position(of index: Int) -> Int {
    check(index, "an index")
    var value = swapped(UInt64(index))
    repeat { value = backward(value) } while value >= UInt64(count)
    return Int(value)
  }

  private func check(_ value: Int, _ what: String) {
    require(
      value >= 0 && value < count,
      "IndexPermutation: expected \(what) in 0..<\(count), got \(value)")
  }

  private func swapped(_ value: UInt64) -> UInt64 { value < 2 ? value ^ swap : value }

  private var lowBits: UInt64 { UInt64(low.nonzeroBitCount) }

  private func forward(_ value: UInt64) -> UInt64 {
    var (h, l) = (value >> lowBits, value & low)
    var round: UInt64 = 0
    while round < rounds {
      h ^= Self.mixture(word, round + 1, l) & high
      l ^= Self.mixture(word, round + 2, h) & low
      round += 2
    }
    return h << lowBits | l
  }

  private func backward(_ value: UInt64) -> UInt64 {
    var (h, l) = (value >> lowBits, value & low)
    var round = rounds
    while round > 0 {
      l ^= Self.mixture(word, round, h) & low
      h ^= Self.mixture(word, round - 1, l) & high
      round -= 2
    }
    return h << lowBits | l
  }

  private static func mixture(_ word: UInt64, _ round: UInt64, _ half: UInt64) -> UInt64 {
    SplitMix64.mixed((word &+ round &* step) ^ (half &* spread))
  }
}
