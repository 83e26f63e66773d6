internal import CImaging

/// Everything that libvips reads.
enum VipsFile {
  static func header(
    of bytes: [UInt8], format: ImageFormat, page: Int, name: String
  ) throws(ImageError) -> ImageHeader {
    try requireReader(of: format, name: name)
    let first = try read(bytes, format: format, page: 1, name: name)
    guard page > 1 else { return try first.header(bytes, format: format, page: 1, name: name) }
    let pages = max(1, Int(first.pages))
    guard page <= pages else { throw .noSuchPage(name: name, page: page, pages: pages) }
    let chosen = try read(bytes, format: format, page: page, name: name)
    return try chosen.header(bytes, format: format, page: page, pages: pages, name: name)
  }

  private static func read(
    _ bytes: [UInt8], format: ImageFormat, page: Int, name: String
  ) throws(ImageError) -> ci_header {
    var header = ci_header()
    try complaining(of: bytes, format: format, name: name) { message in
      ci_vips_header(bytes, bytes.count, Int32(page - 1), &header, message)
    }
    return header
  }

  /// RGB of the first page: 8 and 16 unsigned bits, a second or fourth band being alpha on black.
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

  /// The samples of a page, as the file has them.
  static func stored(
    _ bytes: [UInt8], header: ImageHeader, page: Int, name: String
  ) throws(ImageError) -> StoredImage {
    try requireChecksums(of: bytes, format: header.format, name: name)
    let count = header.byteCount
    var failure: ImageError?
    let samples = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialised in
      do throws(ImageError) {
        try complaining(of: bytes, format: header.format, name: name) { message in
          ci_vips_samples(
            bytes, bytes.count, Int32(page - 1), buffer.baseAddress, count, message)
        }
        initialised = count
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return StoredImage(
      width: header.width, height: header.height, bands: header.channels,
      alphaBand: header.alphaBand, type: header.type, bytes: samples)
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
      if case .unreadable(_, .tiff, let reason) = error, reason.contains("samples out of range") {
        throw .unsupported(
          name: name, format: format, reason: "libvips reads at most 32 bits a sample")
      }
      // libvips words a missing end differently from version to version, and has none for some damage.
      guard case .unreadable = error, format == .png else { throw error }
      guard PNGChunks(bytes).haveEnd else { throw .truncated(name: name, format: format) }
      try requireChecksums(of: bytes, format: format, name: name)
      throw error
    }
  }
}

extension ci_header {
  fileprivate func header(
    _ bytes: [UInt8], format: ImageFormat, page: Int, pages: Int? = nil, name: String
  ) throws(ImageError) -> ImageHeader {
    guard let sample = SampleType(ci_type(rawValue: UInt32(bitPattern: type))) else {
      throw .unsupported(name: name, format: format, reason: "its samples are complex numbers")
    }
    return ImageHeader(
      width: Int(width), height: Int(height), channels: Int(channels), type: sample,
      alphaBand: alphaBand(bytes, format: format, page: page), isCMYK: is_cmyk != 0,
      pages: pages ?? max(1, Int(self.pages)), format: format,
      orientation: Orientation(rawValue: Int(orientation)) ?? .upright)
  }

  /// libvips goes by the number of bands; a TIFF says what its further bands are.
  private func alphaBand(_ bytes: [UInt8], format: ImageFormat, page: Int) -> Int? {
    guard is_cmyk == 0, channels > 1 else { return nil }
    if format == .tiff, let directory = TIFFDirectory(of: bytes, page: page) {
      return directory.alphaBand.flatMap { $0 < Int(channels) ? $0 : nil }
    }
    return has_alpha != 0 ? Int(channels) - 1 : nil
  }
}

extension SampleType {
  /// Nil for complex numbers.
  fileprivate init?(_ type: ci_type) {
    switch type {
    case CI_UINT8: self = .uint8
    case CI_INT8: self = .int8
    case CI_UINT16: self = .uint16
    case CI_INT16: self = .int16
    case CI_UINT32: self = .uint32
    case CI_INT32: self = .int32
    case CI_FLOAT: self = .float32
    case CI_DOUBLE: self = .float64
    default: return nil
    }
  }
}
