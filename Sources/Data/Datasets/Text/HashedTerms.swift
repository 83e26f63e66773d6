/// How often the terms of a text fall into each of 2^k slots, with a sign each: signed feature hashing.
///
/// Slot and sign of a term are |h| mod 2^k and the sign of h, the 32-bit hash of its UTF-8 bytes. Terms that share a slot add up or
/// cancel; in the mean over signs, products of two texts are those without hashing.
///
/// Source: Weinberger et al., "Feature Hashing for Large Scale Multitask Learning", ICML 2009.
package struct HashedTerms: Equatable {
  /// The slots into which a term falls, rising, `[T]`.
  package let slots: [Int]
  /// Sum of the signs in each, `[T]`; 0 where terms cancel.
  package let counts: [Double]

  /// - Parameters:
  ///   - text: any text.
  ///   - width: how many slots there are, at least 1.
  package init(_ text: String, width: Int) {
    var sums: [Int: Double] = [:]
    for term in TextWords(text).terms {
      let (slot, sign) = Self.place(of: term, width: width)
      sums[slot, default: 0] += sign
    }
    slots = sums.keys.sorted()
    counts = slots.map { sums[$0] ?? 0 }
  }

  /// Slot and sign of a term.
  package static func place(of term: String, width: Int) -> (slot: Int, sign: Double) {
    let hash = Int32(bitPattern: MurmurHash3.hash(Array(term.utf8)))
    return (Int(hash.magnitude) % width, hash >= 0 ? 1 : -1)
  }
}
