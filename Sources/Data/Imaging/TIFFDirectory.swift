/// What a page of a TIFF says of its bands: libvips does not tell.
///
/// Source: TIFF 6.0 (1992), sections 2 and 18 (ExtraSamples); BigTIFF by its magic number 43.
struct TIFFDirectory: Equatable {
  private(set) var samplesPerPixel = 1
  /// 0 unspecified, 1 alpha with colours multiplied by it, 2 alpha apart; empty when the tag is absent.
  private(set) var extraSamples: [Int] = []

  /// The directory of a page.
  ///
  /// - Parameters:
  ///   - bytes: the whole file.
  ///   - page: from 1.
  /// - Returns: nil when the bytes are no TIFF, or end before that page does.
  init?(of bytes: [UInt8], page: Int) {
    let found = bytes.withUnsafeBufferPointer { buffer -> TIFFDirectory? in
      guard let tiff = TIFFReader(buffer) else { return nil }
      var at = tiff.isBig ? tiff.integer(at: 8, bytes: 8) : tiff.integer(at: 4, bytes: 4)
      // A chain may lead back to itself; it is walked no further than the page that is asked for.
      for _ in 1..<max(page, 1) { at = at.flatMap { Self.next(after: $0, in: tiff) } }
      return at.flatMap { TIFFDirectory(at: $0, in: tiff) }
    }
    guard let found else { return nil }
    self = found
  }

  /// The first band that is alpha, from 0.
  var alphaBand: Int? {
    extraSamples.firstIndex { $0 == 1 || $0 == 2 }
      .map { samplesPerPixel - extraSamples.count + $0 }
      .flatMap { $0 > 0 ? $0 : nil }
  }

  private init?(at directory: Int, in tiff: TIFFReader) {
    guard directory > 0, let entries = Self.entries(of: directory, in: tiff) else { return nil }
    for entry in 0..<entries.count {
      let at = entries.start + entry * entries.size
      guard let tag = tiff.integer(at: at, bytes: 2) else { return nil }
      if tag == 277 { samplesPerPixel = Self.shorts(at: at, in: tiff)?.first ?? 1 }
      if tag == 338 { extraSamples = Self.shorts(at: at, in: tiff) ?? [] }
    }
  }

  private static func entries(
    of directory: Int, in tiff: TIFFReader
  ) -> (start: Int, count: Int, size: Int)? {
    let width = tiff.isBig ? 8 : 2
    guard directory < tiff.bytes.count, let count = tiff.integer(at: directory, bytes: width),
      count <= 65_535
    else { return nil }
    return (directory + width, count, tiff.isBig ? 20 : 12)
  }

  private static func next(after directory: Int, in tiff: TIFFReader) -> Int? {
    guard let entries = entries(of: directory, in: tiff) else { return nil }
    let next = tiff.integer(
      at: entries.start + entries.count * entries.size, bytes: tiff.isBig ? 8 : 4)
    return next == 0 ? nil : next
  }

  /// The 16-bit values of an entry, in the entry itself or where it points to.
  private static func shorts(at entry: Int, in tiff: TIFFReader) -> [Int]? {
    let offsetWidth = tiff.isBig ? 8 : 4
    guard tiff.integer(at: entry + 2, bytes: 2) == 3,
      let count = tiff.integer(at: entry + 4, bytes: offsetWidth), (1...1024).contains(count)
    else { return nil }
    let value = entry + 4 + offsetWidth
    let start = 2 * count <= offsetWidth ? value : tiff.integer(at: value, bytes: offsetWidth)
    // An offset of BigTIFF may be any number, and so near the greatest that nothing can be added.
    guard let start, start < tiff.bytes.count else { return nil }
    let values = (0..<count).compactMap { tiff.integer(at: start + 2 * $0, bytes: 2) }
    return values.count == count ? values : nil
  }
}
