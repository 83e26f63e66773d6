/// The hashed terms of the training texts, and which slots they have.
struct TermCounts {
  /// How many slots there are.
  let width: Int
  /// Of each text, `[n]`.
  let hashed: [HashedTerms]
  /// Slots that a text has, rising, `[M]`.
  let slots: [Int]
  /// In how many texts, `[M]`.
  let frequencies: [Int]

  /// - Parameters:
  ///   - texts: of the training part.
  ///   - width: how many slots, at least 1.
  /// - Returns: nil where no text has a term.
  init?(_ texts: [String], width: Int) {
    hashed = texts.map { HashedTerms($0, width: width) }
    var counts: [Int: Int] = [:]
    for terms in hashed { for slot in terms.slots { counts[slot, default: 0] += 1 } }
    guard !counts.isEmpty else { return nil }
    self.width = width
    slots = counts.keys.sorted()
    frequencies = slots.map { counts[$0] ?? 0 }
  }

  /// Bytes that K components, or as many as there can be, slots and frequencies take.
  func bytes(size: Int) -> Int { 4 * slots.count * (min(size, hashed.count, slots.count) + 2) }

  /// The weights of the terms of each text, `[n, M]`.
  var weights: SparseRows {
    let weights = TermWeights(
      width: width, texts: hashed.count, slots: slots, frequencies: frequencies)
    let places = Dictionary(uniqueKeysWithValues: zip(slots, slots.indices))
    var rows = SparseRows(width: slots.count)
    for terms in hashed { rows.append(terms.slots.map { places[$0] ?? 0 }, weights(terms)) }
    return rows
  }
}
