/// An image of a FITS file, uncompressed: galaxies, spectra, microscopes.
///
/// Source: FITS standard 4.0 (2018), sections 3 to 5.
struct FITSFile {
  private let bytes: [UInt8]
  private let name: String
  private let unit: Unit
  /// Images in the file, at least 1.
  private let pages: Int

  /// A header unit with an image, and where the image begins.
  private struct Unit {
    let cards: FITSCards
    let axes: [Int]
    let start: Int
  }

  /// - Parameters:
  ///   - bytes: the whole file.
  ///   - page: which image of the file, from 1.
  ///   - name: what errors call it.
  /// - Throws: `ImageError` when no header unit holds an image of two or three axes, or fewer do than
  ///   asked for.
  init(_ bytes: [UInt8], page: Int, name: String) throws(ImageError) {
    let units = try Self.units(of: bytes, name: name)
    guard !units.isEmpty else {
      throw .unsupported(
        name: name, format: .fits, reason: "no uncompressed image of two axes in it")
    }
    guard units.indices.contains(page - 1) else {
      throw .noSuchPage(name: name, page: page, pages: units.count)
    }
    (self.bytes, self.name) = (bytes, name)
    (unit, pages) = (units[page - 1], units.count)
    guard Self.product(unit.axes) != nil, unit.axes.allSatisfy({ $0 <= Int32.max }) else {
      throw .unreadable(name: name, format: .fits, reason: "axes \(unit.axes)")
    }
  }

  /// The units that hold an image, in the order of the file. Damage behind an image ends the list; before
  /// one, its place is not known.
  private static func units(of bytes: [UInt8], name: String) throws(ImageError) -> [Unit] {
    var units: [Unit] = []
    var at = 0
    while at < bytes.count {
      guard let cards = FITSCards(bytes, from: at) else {
        if !units.isEmpty { return units }
        throw .truncated(name: name, format: .fits)
      }
      guard let axes = cards.axes, let count = cards.paddedDataCount else {
        if !units.isEmpty { return units }
        throw .unreadable(
          name: name, format: .fits,
          reason: "BITPIX, NAXIS, PCOUNT and GCOUNT of the header at byte \(at) are no size of data"
        )
      }
      if cards.isImage, axes.count >= 2, axes.allSatisfy({ $0 > 0 }) {
        units.append(Unit(cards: cards, axes: axes, start: cards.end))
      }
      // Both terms are at least 0 and end at the next unit: the file is walked once.
      at = cards.end + count
    }
    return units
  }

  private static func product(_ axes: [Int]) -> Int? { FITSCards.product(axes) }

  /// Planes along the third axis and all after it: the bands.
  private var planes: Int { Self.product(Array(unit.axes.dropFirst(2))) ?? 1 }

  var header: ImageHeader {
    ImageHeader(
      width: unit.axes[0], height: unit.axes[1], channels: planes,
      type: unit.cards.calibration.type(bits: unit.cards.bits), alphaBand: nil, isCMYK: false,
      pages: pages, format: .fits, orientation: .upright)
  }

  /// The physical numbers, the file's last row first: its first is the bottom one.
  func stored() throws(ImageError) -> StoredImage {
    let header = header
    let size = abs(unit.cards.bits) / 8
    guard let count = FITSCards.product(unit.axes + [size]), unit.start <= bytes.count - count
    else {
      throw .truncated(name: name, format: .fits)
    }
    let samples = [UInt8](unsafeUninitializedCapacity: header.byteCount) { out, initialised in
      write(header, into: UnsafeMutableRawBufferPointer(out))
      initialised = header.byteCount
    }
    return StoredImage(
      width: header.width, height: header.height, bands: planes, type: header.type, bytes: samples)
  }

  private func write(_ header: ImageHeader, into out: UnsafeMutableRawBufferPointer) {
    let physical = unit.cards.calibration
    bytes.withUnsafeBytes { raw in
      func load<T: FixedWidthInteger>(_ i: Int, _: T.Type) -> T {
        T(
          bigEndian: raw.loadUnaligned(
            fromByteOffset: unit.start + i * MemoryLayout<T>.size, as: T.self))
      }
      /// Stores what `value` gives for each place of the file.
      func fill<T>(_ value: (Int) -> T) {
        let (width, height) = (header.width, header.height)
        for y in 0..<height {
          for x in 0..<width {
            for band in 0..<planes {
              let from = (band * height + height - 1 - y) * width + x
              let to = ((y * width + x) * planes + band) * MemoryLayout<T>.size
              out.storeBytes(of: value(from), toByteOffset: to, as: T.self)
            }
          }
        }
      }
      switch (header.type, unit.cards.bits) {
      case (.uint8, _): fill { load($0, UInt8.self) }
      case (.int8, _): fill { Int8(bitPattern: load($0, UInt8.self) ^ 0x80) }
      case (.int16, _): fill { load($0, Int16.self) }
      case (.uint16, _): fill { load($0, UInt16.self) ^ 0x8000 }
      case (.int32, _): fill { load($0, Int32.self) }
      case (.uint32, _): fill { load($0, UInt32.self) ^ 0x8000_0000 }
      case (.int64, _): fill { load($0, Int64.self) }
      case (.float32, _): fill { Float(bitPattern: load($0, UInt32.self)) }
      case (_, 8): fill { physical(Int(load($0, UInt8.self))) }
      case (_, 16): fill { physical(Int(load($0, Int16.self))) }
      case (_, 32): fill { physical(Int(load($0, Int32.self))) }
      case (_, 64): fill { physical(Int(load($0, Int64.self))) }
      case (_, -32): fill { physical(Double(Float(bitPattern: load($0, UInt32.self)))) }
      default: fill { physical(Double(bitPattern: load($0, UInt64.self))) }
      }
    }
  }
}
