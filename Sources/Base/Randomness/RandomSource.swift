/// The generator every draw in a run comes from: xoshiro256**, 256 bits of state, period 2²⁵⁶ − 1.
///
/// Same seed, same words, on every platform. Its state is `Codable`, so a draw can be continued
/// where it stopped:
///
///     var source = RandomKey(seed: 7).folding("sampler").folding(epoch).source
///     let order = source.shuffle(labels.count)
///
/// Not for secrets.
///
/// Source: Blackman, Vigna, "Scrambled Linear Pseudorandom Number Generators", ACM TOMS 2021.
public struct RandomSource: RandomNumberGenerator, Sendable, Codable, Equatable {
  private var s0: UInt64
  private var s1: UInt64
  private var s2: UInt64
  private var s3: UInt64

  /// A generator whose four state words are the first four of SplitMix64 from `seed`.
  public init(seed: UInt64) {
    var seeder = SplitMix64(seed: seed)
    (s0, s1, s2, s3) = (seeder.next(), seeder.next(), seeder.next(), seeder.next())
  }

  /// A generator with this very state, for comparison with published output.
  package init(state: (UInt64, UInt64, UInt64, UInt64)) {
    (s0, s1, s2, s3) = state
  }

  /// The next 64 random bits.
  public mutating func next() -> UInt64 {
    let scrambled = Self.rotated(s1 &* 5, by: 7) &* 9
    let shifted = s1 << 17
    s2 ^= s0
    s3 ^= s1
    s1 ^= s2
    s0 ^= s3
    s2 ^= shifted
    s3 = Self.rotated(s3, by: 45)
    return scrambled
  }

  private static func rotated(_ word: UInt64, by count: UInt64) -> UInt64 {
    (word << count) | (word >> (64 - count))
  }
}
