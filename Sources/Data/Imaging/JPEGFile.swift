internal import CImaging

/// JPEG through TurboJPEG; CMYK, which it cannot turn into RGB, through libvips.
enum JPEGFile {
  static func header(of bytes: [UInt8], name: String) throws(ImageError) -> ImageHeader {
    let header = try stored(bytes, name: name)
    return ImageHeader(
      width: Int(header.width), height: Int(header.height), channels: Int(header.channels),
      type: .uint8, alphaBand: nil, isCMYK: header.is_cmyk != 0, pages: 1, format: .jpeg,
      orientation: Orientation(ofJPEG: bytes))
  }

  /// Whether the picture is coded arithmetically, frames 9 to 11 of the standard, and not by Huffman's codes.
  static func isArithmetic(_ bytes: [UInt8]) -> Bool {
    var place = 2
    while place + 4 <= bytes.count, bytes[place] == 0xFF {
      switch bytes[place + 1] {
      case 0xC9...0xCB, 0xCD...0xCF: return true
      case 0xC0...0xC3, 0xC5...0xC7, 0xDA: return false
      // Filling, and markers without a length.
      case 0xFF: place += 1
      case 0x01, 0xD0...0xD7: place += 2
      default: place += 2 + (Int(bytes[place + 2]) << 8 | Int(bytes[place + 3]))
      }
    }
    return false
  }

  static func decode(
    _ bytes: [UInt8], header: ImageHeader, atLeast least: ImageSize?, name: String
  ) throws(ImageError) -> Image {
    if header.isCMYK { return try VipsFile.decode(bytes, header: header, name: name) }
    let size = scaledSize(of: header, atLeast: least)
    return try Image(width: size.width, height: size.height, channels: 3) {
      pixels throws(ImageError) in
      try LibraryCall.run(name: name, format: .jpeg) { message in
        ci_jpeg_decode(
          bytes, bytes.count, pixels.baseAddress, Int32(size.width), Int32(size.height), message)
      }
    }
  }

  /// Powers of two only: those are the scales with vectorised transforms.
  static func scaledSize(of header: ImageHeader, atLeast least: ImageSize?) -> ImageSize {
    let full = ImageSize(width: header.width, height: header.height)
    guard let least else { return full }
    let wanted = header.orientation.swapsAxes ? least.turned : least
    for denominator: Int32 in [8, 4, 2] {
      let width = Int(ci_jpeg_scaled(Int32(full.width), denominator))
      let height = Int(ci_jpeg_scaled(Int32(full.height), denominator))
      if width >= wanted.width && height >= wanted.height {
        return ImageSize(width: width, height: height)
      }
    }
    return full
  }

  private static func stored(_ bytes: [UInt8], name: String) throws(ImageError) -> ci_header {
    var header = ci_header()
    try LibraryCall.run(name: name, format: .jpeg) { message in
      ci_jpeg_header(bytes, bytes.count, &header, message)
    }
    return header
  }
}
