/// What is kept of a picture to find its near copies: a hash to look it up by, and a thumbnail.
public struct Fingerprint: Sendable, Equatable {
  /// Signs of the lowest frequencies; near copies differ in a few bits.
  public let hash: UInt64
  /// `[32, 32]` cell means, 0 the lowest of them and 255 the highest.
  let cells: [UInt8]

  /// The fingerprint of a picture.
  ///
  /// - Returns: nil where the picture shows next to nothing that copies could be told by: cells that do not
  ///   deviate, that deviate by less than 12 % of what pixels do, or, of a picture in 8-bit levels, by less than
  ///   two of them.
  public init?(_ picture: GreyPicture) {
    let thumbnail = picture.averaged(side: CosineHash.side)
    let spread = Moments(thumbnail).deviation
    guard spread > 0, spread > Self.least * Moments(picture.values).deviation,
      spread >= 2 || !picture.isInLevels,
      let low = thumbnail.min(), let high = thumbnail.max(), (high - low).isFinite
    else { return nil }
    hash = CosineHash.whole(thumbnail)
    cells = thumbnail.map { UInt8(((($0 - low) / (high - low)) * 255).rounded()) }
  }

  /// A fingerprint of its parts.
  init(hash: UInt64, cells: [UInt8]) { (self.hash, self.cells) = (hash, cells) }

  /// Part of the pixels' deviation that the cells' must reach. Noise alone leaves a tenth in cells of a hundred
  /// pixels, less in larger and more in smaller ones.
  private static let least: Float = 0.12

  /// The thumbnail, `[32, 32]`, without its unit.
  package var thumbnail: [Float] { cells.map(Float.init) }

  /// The hashes of the picture's inner windows, the whole first, by which crops of it are looked up.
  package var windowHashes: [UInt64] { CosineHash.all(thumbnail) }
}

/// Mean and deviation of some numbers.
struct Moments {
  let mean: Float
  let deviation: Float

  init(_ values: [Float]) {
    var (sum, squares) = (0.0, 0.0)
    for value in values { sum += Double(value) }
    let mean = sum / Double(max(1, values.count))
    for value in values { squares += (Double(value) - mean) * (Double(value) - mean) }
    self.mean = Float(mean)
    deviation = Float((squares / Double(max(1, values.count))).squareRoot())
  }
}
