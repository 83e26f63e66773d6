/// The first image of a FITS file, uncompressed: galaxies, spectra, microscopes.
///
/// Source: FITS standard 4.0 (2018), sections 3 to 5.
struct FITSFile {
  private let bytes: [UInt8]
  private let name: String
  private let cards: FITSCards
  private let start: Int

  /// - Throws: `ImageError` when no header unit holds an image of one or three planes.
  init(_ bytes: [UInt8], name: String) throws(ImageError) {
    var at = 0
    while true {
      guard let cards = FITSCards(bytes, from: at) else {
        throw .truncated(name: name, format: .fits)
      }
      let data = cards.end
      if cards.isImage && cards.axes.count >= 2 {
        self.bytes = bytes
        self.name = name
        self.cards = cards
        start = data
        break
      }
      let next = data + cards.paddedDataCount
      guard next < bytes.count else {
        throw .unsupported(
          name: name, format: .fits, reason: "no uncompressed image of two axes in it")
      }
      at = next
    }
    try check()
  }

  private func check() throws(ImageError) {
    guard [8, 16, 32, 64, -32, -64].contains(cards.bits), cards.axes.allSatisfy({ $0 > 0 }) else {
      throw .unreadable(
        name: name, format: .fits, reason: "BITPIX \(cards.bits), axes \(cards.axes)")
    }
    guard planes == 1 || planes == 3 else {
      throw .unsupported(
        name: name, format: .fits, reason: "expected 1 or 3 planes, got \(planes)")
    }
  }

  private var planes: Int { cards.axes.dropFirst(2).reduce(1, *) }

  var header: ImageHeader {
    ImageHeader(
      width: cards.axes[0], height: cards.axes[1], channels: planes,
      bitsPerChannel: abs(cards.bits), format: .fits, orientation: .upright)
  }

  /// RGB, stretched from the lowest finite value to the highest; the file's first row is the bottom one.
  func image() throws(ImageError) -> Image {
    let (width, height) = (cards.axes[0], cards.axes[1])
    let plane = width * height
    guard start + plane * planes * abs(cards.bits) / 8 <= bytes.count else {
      throw .truncated(name: name, format: .fits)
    }
    let samples = samples(count: plane * planes)
    let finite = samples.lazy.filter(\.isFinite)
    let low = finite.min() ?? 0
    let high = finite.max() ?? 0
    let scale = high > low ? 255 / (high - low) : 0
    let third = planes == 3 ? plane : 0
    return Image(width: width, height: height, channels: 3) { pixels in
      for y in 0..<height {
        for x in 0..<width {
          let from = (height - 1 - y) * width + x
          for channel in 0..<3 {
            let value = (samples[from + channel * third] - low) * scale
            pixels[(y * width + x) * 3 + channel] =
              value >= 255 ? 255 : value > 0 ? UInt8(value + 0.5) : 0
          }
        }
      }
    }
  }

  private func samples(count: Int) -> [Double] {
    let size = abs(cards.bits) / 8
    let physical = cards.calibration
    let start = start
    return bytes.withUnsafeBytes { raw in
      func load<T: FixedWidthInteger>(_ i: Int, _: T.Type) -> T {
        T(bigEndian: raw.loadUnaligned(fromByteOffset: start + i * size, as: T.self))
      }
      let indices = 0..<count
      return switch cards.bits {
      case 8: indices.map { physical(Int(load($0, UInt8.self))) }
      case 16: indices.map { physical(Int(load($0, Int16.self))) }
      case 32: indices.map { physical(Int(load($0, Int32.self))) }
      case 64: indices.map { physical(Int(load($0, Int64.self))) }
      case -32: indices.map { physical(Double(Float(bitPattern: load($0, UInt32.self)))) }
      default: indices.map { physical(Double(bitPattern: load($0, UInt64.self))) }
      }
    }
  }
}
