/// The image formats that are read, told apart by their first bytes and never by a file's name.
public enum ImageFormat: String, Sendable, Codable, CaseIterable, CustomStringConvertible {
  /// Joint Photographic Experts Group; read by TurboJPEG, CMYK by libvips.
  case jpeg = "JPEG"
  /// Portable Network Graphics, 1 to 16 bits.
  case png = "PNG"
  /// Tagged Image File Format, of one page or several.
  case tiff = "TIFF"
  /// WebP, of one frame or several.
  case webp = "WebP"
  /// Graphics Interchange Format, of one frame or several.
  case gif = "GIF"
  /// Windows bitmap.
  case bmp = "BMP"
  /// Flexible Image Transport System, of one image or several.
  case fits = "FITS"
  /// NumPy's `.npy`: one image as an array.
  case numpy = "NumPy"
  /// JPEG 2000.
  case jpeg2000 = "JPEG 2000"
  /// JPEG XL.
  case jpegXL = "JPEG XL"
  /// High Efficiency Image Format, AVIF among them.
  case heif = "HEIF"
  /// Netpbm: PBM, PGM, PPM, PFM.
  case netpbm = "Netpbm"

  /// The name people use.
  public var description: String { rawValue }

  /// The libvips operation that reads the format, or nil where libvips is not asked.
  var operation: String? {
    switch self {
    case .jpeg, .fits, .numpy: nil
    case .png: "pngload_buffer"
    case .tiff: "tiffload_buffer"
    case .webp: "webpload_buffer"
    case .gif: "gifload_buffer"
    case .bmp: "magickload_buffer"
    case .jpeg2000: "jp2kload_buffer"
    case .jpegXL: "jxlload_buffer"
    case .heif: "heifload_buffer"
    case .netpbm: "ppmload_source"
    }
  }

  package static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }

  /// The format that `bytes` begin as, or nil. Only these reach a decoder: libvips would also take plain
  /// text, PDF and what ImageMagick knows, and few people mean those to be training images.
  package init?(signatureOf bytes: [UInt8]) {
    func has(_ signature: [UInt8], at offset: Int = 0) -> Bool {
      bytes.count >= offset + signature.count && bytes[offset...].starts(with: signature)
    }
    func says(_ text: StaticString, at offset: Int = 0) -> Bool {
      text.withUTF8Buffer { has(Array($0), at: offset) }
    }
    if has([0xFF, 0xD8, 0xFF]) {
      self = .jpeg
    } else if has([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
      self = .png
    } else if has([0x49, 0x49, 0x2A, 0]) || has([0x4D, 0x4D, 0, 0x2A])
      || has([0x49, 0x49, 0x2B, 0]) || has([0x4D, 0x4D, 0, 0x2B])
    {
      self = .tiff
    } else if says("RIFF") && says("WEBP", at: 8) {
      self = .webp
    } else if says("GIF8") {
      self = .gif
    } else if says("BM") && bytes.count > 26 && has([0, 0, 0, 0], at: 6) {
      self = .bmp
    } else if says("SIMPLE  =") {
      self = .fits
    } else if has([0x93]) && says("NUMPY", at: 1) {
      self = .numpy
    } else if has([0xFF, 0x4F, 0xFF, 0x51]) || has([0, 0, 0, 12]) && says("jP  ", at: 4) {
      self = .jpeg2000
    } else if has([0xFF, 0x0A]) || has([0, 0, 0, 12]) && says("JXL ", at: 4) {
      self = .jpegXL
    } else if says("ftyp", at: 4) {
      self = .heif
    } else if bytes.count > 2, bytes[0] == 0x50, "1234567Ff".utf8.contains(bytes[1]),
      bytes[2] == 0x0A || bytes[2] == 0x20 || bytes[2] == 0x0D
    {
      self = .netpbm
    } else {
      return nil
    }
  }
}
