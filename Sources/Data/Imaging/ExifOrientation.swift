extension Orientation {
  /// The orientation that a JPEG file's EXIF block states; upright when there is none or it is damaged.
  ///
  /// - Parameter bytes: the whole file
  init(ofJPEG bytes: [UInt8]) {
    self = bytes.withUnsafeBufferPointer { Self.exif(in: $0) } ?? .upright
  }

  /// Walks the segments up to the first scan.
  private static func exif(in bytes: UnsafeBufferPointer<UInt8>) -> Orientation? {
    var at = 2
    while at + 4 <= bytes.count, bytes[at] == 0xFF {
      let marker = bytes[at + 1]
      if marker == 0xFF {
        at += 1
        continue
      }
      if marker == 0xDA || marker == 0xD9 { return nil }
      let length = Int(bytes[at + 2]) << 8 | Int(bytes[at + 3])
      let end = at + 2 + length
      guard length >= 2, end <= bytes.count else { return nil }
      if marker == 0xE1,
        let found = inSegment(UnsafeBufferPointer(rebasing: bytes[(at + 4)..<end]))
      {
        return found
      }
      at = end
    }
    return nil
  }

  private static func inSegment(_ segment: UnsafeBufferPointer<UInt8>) -> Orientation? {
    guard segment.starts(with: "Exif\0\0".utf8) else { return nil }
    return inDirectory(TIFFReader(UnsafeBufferPointer(rebasing: segment[6...])))
  }

  private static func inDirectory(_ tiff: TIFFReader?) -> Orientation? {
    guard let tiff, let directory = tiff.integer(at: 4, bytes: 4),
      let entries = tiff.integer(at: directory, bytes: 2)
    else { return nil }
    for entry in 0..<entries {
      let at = directory + 2 + 12 * entry
      guard let tag = tiff.integer(at: at, bytes: 2) else { return nil }
      guard tag == 0x0112 else { continue }
      // The standard says 16 bits; some cameras write 32, whose first half is 0 in big-endian files.
      let isLong = tiff.integer(at: at + 2, bytes: 2) == 4
      return tiff.integer(at: at + 8, bytes: isLong ? 4 : 2).flatMap(Orientation.init)
    }
    return nil
  }
}
