/// What turns a text into K numbers: weights of its hashed terms, projected on the first K directions in which those of the training
/// texts lie.
package struct TermFeatures: Sendable, Equatable {
  /// How many slots terms are hashed into, 2^k.
  package let width: Int
  /// n, training texts.
  package let texts: Int
  /// Slots that a training text has, rising, `[M]`.
  package let slots: [Int]
  /// In how many training texts, `[M]`.
  package let frequencies: [Int]
  /// Vᵀ on these slots, row after row, `[K, M]`.
  package let components: [Float]
  /// Part of the squared weights of the training texts that the K directions hold, in `0...1`.
  package let share: Double

  /// K.
  package var size: Int { slots.isEmpty ? 0 : components.count / slots.count }

  /// - Parameters:
  ///   - texts: of the training part.
  ///   - width: how many slots, at least 1.
  ///   - size: K at most, at least 1.
  /// - Returns: nil where no text has a term.
  package init?(fitting texts: [String], width: Int, size: Int) {
    guard let counts = TermCounts(texts, width: width) else { return nil }
    self.init(counts, size: size)
  }

  /// - Parameters:
  ///   - counts: terms of the training texts.
  ///   - size: K at most, at least 1.
  /// - Returns: nil where the terms of every text cancel, so that there is nothing to learn from.
  init?(_ counts: TermCounts, size: Int) {
    let rows = counts.weights
    let found = TruncatedSVD(rows, size: size)
    guard !found.components.isEmpty else { return nil }
    (width, texts) = (counts.width, counts.hashed.count)
    (slots, frequencies) = (counts.slots, counts.frequencies)
    components = found.components.map(Float.init)
    let all = rows.squares
    share = all > 0 ? found.singularValues.reduce(0) { $0 + $1 * $1 } / all : 0
  }

  init(
    width: Int, texts: Int, slots: [Int], frequencies: [Int], components: [Float], share: Double
  ) {
    (self.width, self.texts, self.slots) = (width, texts, slots)
    (self.frequencies, self.components, self.share) = (frequencies, components, share)
  }

  /// The numbers of some texts.
  ///
  /// - Returns: row after row, `[N, K]`; zeros for a text without a term of the training texts.
  package func values(of texts: [String]) -> [Float] {
    let weights = TermWeights(
      width: width, texts: self.texts, slots: slots, frequencies: frequencies)
    let places = Dictionary(uniqueKeysWithValues: zip(slots, slots.indices))
    // A term reads K numbers that stand together.
    let (size, count) = (size, slots.count)
    let ofSlot = (0..<count).flatMap { place in
      (0..<size).map { components[$0 * count + place] }
    }
    var values: [Float] = []
    values.reserveCapacity(texts.count * size)
    for text in texts {
      let terms = HashedTerms(text, width: width)
      var sums = [Double](repeating: 0, count: size)
      for (slot, weight) in zip(terms.slots, weights(terms)) {
        guard let place = places[slot] else { continue }
        for number in 0..<size { sums[number] += weight * Double(ofSlot[place * size + number]) }
      }
      values += sums.map(Float.init)
    }
    return values
  }
}

extension TermFeatures: Codable {
  private enum CodingKeys: CodingKey { case width, texts, slots, frequencies, components, share }

  /// Decodes.
  ///
  /// - Throws: `DecodingError` where it is no such thing.
  package init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    func numbers(_ key: CodingKeys) throws -> [UInt32] {
      guard let numbers = PackedNumbers.numbers(try fields.decode(String.self, forKey: key)) else {
        throw DecodingError.dataCorruptedError(
          forKey: key, in: fields, debugDescription: "expected numbers of 4 bytes in base 64")
      }
      return numbers
    }
    self.init(
      width: try fields.decode(Int.self, forKey: .width),
      texts: try fields.decode(Int.self, forKey: .texts), slots: try numbers(.slots).map(Int.init),
      frequencies: try numbers(.frequencies).map(Int.init),
      components: try numbers(.components).map(Float.init(bitPattern:)),
      share: try fields.decode(Double.self, forKey: .share))
  }

  /// Encodes.
  ///
  /// - Throws: what the encoder throws.
  package func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(width, forKey: .width)
    try fields.encode(texts, forKey: .texts)
    try fields.encode(PackedNumbers.text(slots.map(UInt32.init)), forKey: .slots)
    try fields.encode(PackedNumbers.text(frequencies.map(UInt32.init)), forKey: .frequencies)
    try fields.encode(PackedNumbers.text(components.map(\.bitPattern)), forKey: .components)
    try fields.encode(share, forKey: .share)
  }
}
