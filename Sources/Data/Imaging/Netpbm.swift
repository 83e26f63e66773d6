/// 8-bit grey and RGB images as binary PGM (`P5`) and PPM (`P6`): a line of text, then the pixels as they are in memory.
package enum Netpbm {
  /// The file of an image.
  package static func bytes(of image: Image) -> [UInt8] {
    let kind = image.channels == 1 ? 5 : 6
    return Array("P\(kind)\n\(image.width) \(image.height)\n255\n".utf8) + image.pixels
  }

  /// The image of a file that ``bytes(of:)`` wrote; nil of any other.
  package static func image(_ bytes: UnsafeRawBufferPointer) -> Image? {
    guard let form = Form(bytes) else { return nil }
    return Image(width: form.width, height: form.height, channels: form.channels) { pixels in
      UnsafeMutableRawBufferPointer(pixels).copyMemory(from: .init(rebasing: bytes[form.start...]))
    }
  }

  /// What a file that ``bytes(of:)`` wrote says of itself; nil of any other.
  static func header(_ bytes: [UInt8]) -> ImageHeader? {
    guard let form = bytes.withUnsafeBytes({ Form($0) }) else { return nil }
    return ImageHeader(
      width: form.width, height: form.height, channels: form.channels, type: .uint8, alphaBand: nil,
      isCMYK: false, pages: 1, format: .netpbm, orientation: .upright)
  }

  /// The first lines, as ``bytes(of:)`` writes them.
  private struct Form {
    let width: Int
    let height: Int
    let channels: Int
    /// Where the pixels begin.
    let start: Int

    init?(_ bytes: UnsafeRawBufferPointer) {
      var place = 0
      func word() -> Substring? {
        let start = place
        while place < bytes.count, place - start < 12, bytes[place] > 0x20 { place += 1 }
        guard place > start, place < bytes.count else { return nil }
        defer { place += 1 }
        return Substring(decoding: bytes[start..<place], as: UTF8.self)
      }
      guard let kind = word(), kind == "P5" || kind == "P6",
        let width = word().flatMap({ Int($0) }),
        let height = word().flatMap({ Int($0) }), word() == "255", width > 0, height > 0,
        width <= 1 << 20, height <= 1 << 20
      else { return nil }
      (self.width, self.height, channels, start) = (width, height, kind == "P5" ? 1 : 3, place)
      guard bytes.count - place == width * height * channels else { return nil }
    }
  }
}
