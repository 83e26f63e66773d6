/// A name for a stream of random numbers; immutable, so asking twice gives the same stream twice.
///
/// A run has one key, made from its seed. Everything random in it is drawn from a key folded from
/// that one by purpose, epoch, step and position, so a resumed run needs those numbers and nothing
/// else, and the number of worker threads changes nothing:
///
///     let key = RandomKey(seed: 7).folding("augment").folding(epoch).folding(position)
///     var source = key.source
///
/// Source: the idea is `jax.random.fold_in`; the mixing is SplitMix64's finaliser.
public struct RandomKey: Sendable, Codable, Hashable {
  let word: UInt64

  /// The key of a whole run.
  public init(seed: UInt64) {
    word = SplitMix64.mixed(seed &+ 0x9e37_79b9_7f4a_7c15)
  }

  private init(word: UInt64) { self.word = word }

  /// The key for the `value`-th of something: an epoch, a step, a position.
  ///
  /// - Parameter value: any integer; of one key, different values give different keys, unrelated to look at.
  public func folding(_ value: Int) -> RandomKey {
    folded(UInt64(bitPattern: Int64(value)), tag: 0xd1b5_4a32_d192_ed03)
  }

  /// The key for a purpose, such as `"augment"` or `"sampler"`.
  ///
  /// - Parameter name: compared by a 64-bit hash of its UTF-8 bytes, so two names, or a name and an integer, give
  ///   the same key by chance alone, once in 2⁶⁴.
  public func folding(_ name: String) -> RandomKey {
    // FNV-1a: `hashValue` is salted differently in every process.
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
    return folded(hash, tag: 0x8cb9_2ba7_2f3d_8dd7)
  }

  /// The stream's generator, at its start.
  public var source: RandomSource { RandomSource(seed: word) }

  private func folded(_ value: UInt64, tag: UInt64) -> RandomKey {
    RandomKey(word: SplitMix64.mixed(word &+ SplitMix64.mixed(value ^ tag)))
  }
}
