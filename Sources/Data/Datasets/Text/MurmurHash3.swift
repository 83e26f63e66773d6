/// MurmurHash3, the variant of 32 bits for x86: its constants are published, so a term has one slot on every machine and in every
/// programme that uses it.
///
/// Source: Appleby, MurmurHash3, 2011, in the public domain.
package enum MurmurHash3 {
  /// The hash of some bytes.
  ///
  /// - Parameters:
  ///   - bytes: any number of them.
  ///   - seed: which hash of the family; scikit-learn takes 0.
  package static func hash(_ bytes: [UInt8], seed: UInt32 = 0) -> UInt32 {
    var hash = seed
    let blocks = bytes.count / 4
    for block in 0..<blocks {
      hash ^= scrambled(word(bytes[4 * block..<4 * block + 4]))
      hash = rotated(hash, 13) &* 5 &+ 0xe654_6b64
    }
    // What is left is mixed in without a step of its own; no byte left changes nothing.
    hash ^= scrambled(word(bytes[(4 * blocks)...]))
    hash ^= UInt32(truncatingIfNeeded: bytes.count)
    hash = (hash ^ hash >> 16) &* 0x85eb_ca6b
    hash = (hash ^ hash >> 13) &* 0xc2b2_ae35
    return hash ^ hash >> 16
  }

  /// At most four bytes, the first one lowest.
  private static func word(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    var word: UInt32 = 0
    for byte in bytes.reversed() { word = word << 8 | UInt32(byte) }
    return word
  }

  private static func scrambled(_ word: UInt32) -> UInt32 {
    rotated(word &* 0xcc9e_2d51, 15) &* 0x1b87_3593
  }

  private static func rotated(_ word: UInt32, _ bits: UInt32) -> UInt32 {
    word << bits | word >> (32 - bits)
  }
}
