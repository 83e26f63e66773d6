import Files

extension Image {
  /// The SHA-256 of width, height, channels and pixels, to tell whether two pictures are the same: a
  /// picture stored in two lossless formats has one digest.
  ///
  /// 64 lower-case hexadecimal digits.
  public var digest: String {
    SHA256.hexadecimal(Array("\(width) \(height) \(channels)\n".utf8), pixels)
  }
}
