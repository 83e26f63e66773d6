public import Randomness

/// Seeded damage to a file: flips, cuts, insertions, repeated and swapped parts, extreme integers.
///
/// A parser must answer every mutant with a value or an error, never with a trap.
public struct Fuzz {
  /// The file.
  public let seed: [UInt8]
  private let key: RandomKey
  private let words: [String]

  /// What formats choke on where they expect a number, a text or a list.
  public static let extremes = [
    "0", "-1", "1E400", "NaN", "-32", "2147483648", "4294967296", "9223372036854775807",
    "-9223372036854775808", "9223372036854775808", "72057594037927936", "null", "true", "[[[[[[",
    "{}", "\"\"", "[]", "'", "\\u", "\r", "\t", "&a *a", "(-1, 8)", "<f8", "|O", "=",
  ]

  /// Mutants of `seed`; the same key gives the same mutants.
  ///
  /// - Parameters:
  ///   - seed: a file.
  ///   - key: what damage is drawn from.
  ///   - words: texts that are put over a place, or in between; none draws no such damage.
  public init(_ seed: [UInt8], key: RandomKey, words: [String] = []) {
    self.seed = seed
    self.key = key
    self.words = words
  }

  /// The `index`-th mutant, with one to four pieces of damage.
  public func mutant(_ index: Int) -> [UInt8] {
    var random = key.folding(index).source
    var bytes = seed
    for _ in 0...random.below(4) {
      if !words.isEmpty && !bytes.isEmpty && random.below(3) == 0 {
        say(words[random.below(words.count)], &bytes, &random)
      } else {
        damage(&bytes, &random)
      }
    }
    return bytes
  }

  /// Puts a word over a place, so that what follows stays where it is, or in between.
  private func say(_ word: String, _ bytes: inout [UInt8], _ random: inout RandomSource) {
    let place = random.below(bytes.count)
    let end = random.below(2) == 0 ? place : min(bytes.count, place + word.utf8.count)
    bytes.replaceSubrange(place..<end, with: word.utf8)
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
