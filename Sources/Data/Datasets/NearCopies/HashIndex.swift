/// Finds 64-bit hashes that differ from a given one in at most seven bits, without a look at all of them.
///
/// The hash is cut into four parts of 16 bits. Two hashes that differ in seven bits or fewer have a part
/// that differs in at most one bit, so looking up each part, as it is and with each bit turned, meets all
/// of them.
///
/// Source: Norouzi, Punjani and Fleet, Fast search in Hamming space with multi-index hashing, CVPR 2012.
struct HashIndex: Sendable {
  /// Greatest distance that is found for certain.
  static let radius = 7
  /// Most entries of one part that are looked at. Where thousands of images share a part, those nearest in
  /// the order of the data are looked at, and the others are met through their own neighbours.
  private static let most = 512

  private let hashes: [UInt64]
  /// For each part: where the entries of a value begin, `[65,537]`, and the entries by value.
  private let parts: [(starts: [Int32], entries: [Int32])]

  init(_ hashes: [UInt64]) {
    self.hashes = hashes
    parts = (0..<4).map { part in
      var starts = [Int32](repeating: 0, count: 65_537)
      for hash in hashes { starts[Self.value(hash, part) + 1] += 1 }
      for value in 1...65_536 { starts[value] += starts[value - 1] }
      var next = starts
      var entries = [Int32](repeating: 0, count: hashes.count)
      for (number, hash) in hashes.enumerated() {
        let value = Self.value(hash, part)
        entries[Int(next[value])] = Int32(number)
        next[value] += 1
      }
      return (starts, entries)
    }
  }

  private static func value(_ hash: UInt64, _ part: Int) -> Int {
    Int(truncatingIfNeeded: hash >> UInt64(16 * part) & 0xFFFF)
  }

  /// Calls `body` with every entry within ``radius`` of `hash`, once or more, and its distance.
  ///
  /// - Parameters:
  ///   - hash: what to look for.
  ///   - home: which entry asks: where there are too many, its neighbours in the order of the data count.
  func forEach(near hash: UInt64, from home: Int, _ body: (_ entry: Int, _ distance: Int) -> Void) {
    for part in 0..<4 {
      let value = Self.value(hash, part)
      for flip in 0...16 {
        let wanted = flip == 0 ? value : value ^ 1 << (flip - 1)
        let all = Int(parts[part].starts[wanted])..<Int(parts[part].starts[wanted + 1])
        for place in limited(all, part, home) {
          let entry = Int(parts[part].entries[place])
          let distance = (hashes[entry] ^ hash).nonzeroBitCount
          if distance <= Self.radius { body(entry, distance) }
        }
      }
    }
  }

  /// At most ``most`` of the places, those about where `home` stands or would stand.
  private func limited(_ places: Range<Int>, _ part: Int, _ home: Int) -> Range<Int> {
    guard places.count > Self.most else { return places }
    var (low, high) = (places.lowerBound, places.upperBound)
    while low < high {
      let middle = (low + high) / 2
      if Int(parts[part].entries[middle]) < home { low = middle + 1 } else { high = middle }
    }
    let start = min(max(low - Self.most / 2, places.lowerBound), places.upperBound - Self.most)
    return start..<(start + Self.most)
  }
}
