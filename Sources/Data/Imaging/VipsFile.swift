internal import CImaging

/// Everything that libvips reads.
enum VipsFile {
  static func header(
    of bytes: [UInt8], format: ImageFormat, name: String
  ) throws(ImageError) -> ImageHeader {
    try requireReader(of: format, name: name)
    var header = ci_header()
    try complaining(of: bytes, format: format, name: name) { message in
      ci_vips_header(bytes, bytes.count, &header, message)
    }
    let orientation = Orientation(rawValue: Int(header.orientation)) ?? .upright
    return ImageHeader(header, format: format, orientation: orientation)
  }

  static func decode(
    _ bytes: [UInt8], header: ImageHeader, name: String
  ) throws(ImageError) -> Image {
    try requireChecksums(of: bytes, format: header.format, name: name)
    return try Image(width: header.width, height: header.height, channels: 3) {
      pixels throws(ImageError) in
      try complaining(of: bytes, format: header.format, name: name) { message in
        ci_vips_decode(
          bytes, bytes.count, pixels.baseAddress, Int32(header.width), Int32(header.height), message
        )
      }
    }
  }

  private static func requireChecksums(
    of bytes: [UInt8], format: ImageFormat, name: String
  ) throws(ImageError) {
    guard format == .png, let chunk = PNGChunks(bytes).damaged else { return }
    throw .unreadable(name: name, format: .png, reason: "\(chunk): wrong checksum")
  }

  private static func requireReader(of format: ImageFormat, name: String) throws(ImageError) {
    guard let operation = format.operation, ci_vips_has(operation) == 0 else { return }
    throw .unsupported(
      name: name, format: format, reason: "this machine's libvips is built without it")
  }

  private static func complaining(
    of bytes: [UInt8], format: ImageFormat, name: String,
    _ call: (UnsafeMutablePointer<CChar>) -> ci_status
  ) throws(ImageError) {
    do throws(ImageError) {
      try LibraryCall.run(name: name, format: format, call)
    } catch {
      // libvips words a missing end differently from version to version, and has none for some damage.
      guard case .unreadable = error, format == .png else { throw error }
      guard PNGChunks(bytes).haveEnd else { throw .truncated(name: name, format: format) }
      try requireChecksums(of: bytes, format: format, name: name)
      throw error
    }
  }
}
