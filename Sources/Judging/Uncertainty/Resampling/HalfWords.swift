import Randomness

/// Two draws from each word of a generator.
struct HalfWords {
  var source: RandomSource
  private var spare: UInt32?

  init(_ source: RandomSource) { self.source = source }

  private mutating func next() -> UInt32 {
    if let half = spare {
      spare = nil
      return half
    }
    let word = source.next()
    spare = UInt32(truncatingIfNeeded: word)
    return UInt32(truncatingIfNeeded: word >> 32)
  }

  /// A number in `0..<bound`, every one equally likely (Lemire, ACM TOMACS 2019).
  mutating func below(_ bound: UInt32) -> Int {
    var product = next().multipliedFullWidth(by: bound)
    if product.low < bound {
      let threshold = (0 &- bound) % bound
      while product.low < threshold { product = next().multipliedFullWidth(by: bound) }
    }
    return Int(product.high)
  }
}
