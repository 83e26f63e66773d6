public import Randomness

/// Seeded damage to a file: flips, cuts, insertions, repeated and swapped parts, extreme integers.
///
/// A parser must answer every mutant with a value or an error, never with a trap.
public struct Fuzz {
  private let seed: [UInt8]
  private let key: RandomKey

  /// Mutants of `seed`; the same key gives the same mutants.
  public init(_ seed: [UInt8], key: RandomKey) {
    self.seed = seed
    self.key = key
  }

  /// The `index`-th mutant, with one to four pieces of damage.
  public func mutant(_ index: Int) -> [UInt8] {
    var random = key.folding(index).source
    var bytes = seed
    for _ in 0...random.below(4) { damage(&bytes, &random) }
    return bytes
  }

  private func damage(_ bytes: inout [UInt8], _ random: inout RandomSource) {
    guard !bytes.isEmpty else { return bytes.append(UInt8(random.below(256))) }
    let place = random.below(bytes.count)
    let length = min(bytes.count - place, 1 + random.below(16))
    switch random.below(7) {
    case 0: bytes[place] ^= 1 << UInt8(random.below(8))
    case 1: bytes[place] = UInt8(random.below(256))
    case 2: bytes.removeSubrange(place..<place + length)
    case 3: bytes.removeSubrange(place...)
    case 4: bytes.insert(contentsOf: bytes[place..<place + length], at: random.below(bytes.count))
    case 5:
      bytes.insert(contentsOf: Array("\"\n,\r{}[]:\\0\0\u{FEFF}".utf8.prefix(length)), at: place)
    default:
      let extreme: UInt8 = random.below(2) == 0 ? 0xFF : 0
      for index in place..<min(bytes.count, place + (random.below(2) == 0 ? 4 : 8)) {
        bytes[index] = extreme
      }
    }
  }
}
