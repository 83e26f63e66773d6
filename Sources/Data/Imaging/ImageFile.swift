internal import CImaging
import Files

/// Image files in memory: bytes in, upright 8-bit RGB out.
///
/// | stored as | becomes |
/// |---|---|
/// | grey | the same value in red, green and blue |
/// | 16-bit unsigned | `round(v / 257)`: the type's range onto 0…255, unless the scale covers it |
/// | signed, 32-bit, floating point | by the scale of the reading, one for the whole set; NaN is 0 |
/// | alpha | composed onto black, or as the reading says |
/// | a second or fourth band that is no alpha | left out, unless the reading asks for it |
/// | CMYK | `255 (1 − C)(1 − K)` and so on, without a colour profile |
/// | several pages or frames | the first, or the one that the reading asks for |
/// | EXIF orientation | applied, in every format |
/// | ICC profile | ignored, in every format |
///
/// JPEG goes through TurboJPEG, FITS, NumPy's arrays and plain PPM are read here, everything else, JPEG in
/// CMYK among it, goes through libvips. The same bytes give the same pixels on any thread and for
/// any number of threads. Images that are decoded at the same time share one ``DecodeRoom``.
public enum ImageFile {
  /// Most pixels that are decoded. A few bytes of PNG can claim far more.
  public static let pixelLimit = 256_000_000
  /// Most bytes of samples that are decoded: 256 million pixels of 8-bit RGB, or 32 million of
  /// double-precision RGB.
  public static let byteLimit = 768_000_000

  /// Size and kind, without decoding pixels.
  ///
  /// - Parameters:
  ///   - bytes: the whole file
  ///   - name: what errors call it
  ///   - reading: which page is meant
  /// - Throws: `ImageError` when the bytes are not an image, or one that is damaged or too large.
  public static func header(
    of bytes: [UInt8], name: String, reading: PixelReading = PixelReading()
  ) throws(ImageError) -> ImageHeader {
    let format = try format(of: bytes, name: name)
    let header = try stated(by: bytes, format, page: reading.page, name: name)
    guard reading.page <= header.pages else {
      throw .noSuchPage(name: name, page: reading.page, pages: header.pages)
    }
    guard header.width > 0, header.height > 0 else {
      throw .unreadable(
        name: name, format: format, reason: "its size is \(header.width)×\(header.height)")
    }
    try requireRoom(for: header, name: name)
    if format != .jpeg || !JPEGFile.isArithmetic(bytes) {
      try requireContent(for: header, in: bytes.count, name: name)
    }
    return header
  }

  private static func stated(
    by bytes: [UInt8], _ format: ImageFormat, page: Int, name: String
  ) throws(ImageError) -> ImageHeader {
    if format == .netpbm, let plain = Netpbm.header(bytes) { return plain }
    return
      switch format
    {
    case .jpeg: try JPEGFile.header(of: bytes, name: name)
    case .fits: try FITSFile(bytes, page: page, name: name).header
    case .numpy: try NumpyFile(bytes, name: name).header
    default: try VipsFile.header(of: bytes, format: format, page: page, name: name)
    }
  }

  /// Pixels that a byte of a file can stand for at most, so that a few bytes which claim a large picture are refused before
  /// its memory is asked for; `nil` where no useful bound is known, as of WebP and of JPEG's arithmetic codes.
  ///
  /// JPEG by Huffman's codes: a block of 64 pixels takes a bit at least. PNG: deflate makes at most 1,032 bytes of one, of
  /// eight pixels each. GIF: a code of 12 bits stands for at most 4,096 pixels; a picture of a few bytes in a corner of a
  /// large empty canvas may be refused, too.
  private static func mostPixelsOfByte(_ format: ImageFormat) -> Int? {
    switch format {
    case .jpeg: 512
    case .gif: 4096
    case .png: 8 * 1032
    default: nil
    }
  }

  private static func requireContent(
    for header: ImageHeader, in bytes: Int, name: String
  ) throws(ImageError) {
    guard let most = mostPixelsOfByte(header.format),
      header.width * header.height / most > bytes
    else { return }
    throw .unreadable(
      name: name, format: header.format,
      reason: "its \(bytes) bytes cannot hold the \(header.width)×\(header.height) pixels that it"
        + " claims")
  }

  /// Before anything is allocated, with the true size of a sample.
  private static func requireRoom(for header: ImageHeader, name: String) throws(ImageError) {
    guard header.width <= pixelLimit / header.height else {
      throw .tooLarge(name: name, size: header.size, limit: pixelLimit)
    }
    let (pixel, overflow) = header.channels.multipliedReportingOverflow(by: header.type.size)
    guard !overflow, pixel <= byteLimit, header.width * header.height <= byteLimit / max(pixel, 1)
    else {
      throw .tooHeavy(
        name: name, size: header.size, pixel: overflow ? .max : pixel, limit: byteLimit)
    }
  }

  /// The upright picture as RGB.
  ///
  /// - Parameters:
  ///   - bytes: the whole file
  ///   - name: what errors call it
  ///   - least: a JPEG may come back at 1/2, 1/4 or 1/8 of its size, the smallest that is at least this
  ///     wide and high: several times faster, and slightly different pixels, so use the same value at
  ///     training and at prediction. Nil decodes at full size. Other formats ignore it.
  ///   - reading: what is chosen where the file leaves a choice
  /// - Returns: three channels.
  /// - Throws: `ImageError` when the bytes are not an image, or one that is damaged, truncated, too large
  ///   or of an unknown kind, or when the reading lacks a scale for it. A damaged file is never completed
  ///   with grey.
  public static func decode(
    _ bytes: [UInt8], name: String, atLeast least: ImageSize? = nil,
    reading: PixelReading = PixelReading()
  ) throws(ImageError) -> Image {
    try rendered(bytes, name: name, atLeast: least, reading: reading).image
  }

  /// The same with what was found on the way.
  package static func rendered(
    _ bytes: [UInt8], name: String, atLeast least: ImageSize?, reading: PixelReading
  ) throws(ImageError) -> RenderedFile {
    let header = try header(of: bytes, name: name, reading: reading)
    return try DecodeRoom.with(header.decodedBytes(atLeast: least)) { () throws(ImageError) in
      if let plain = try plain(
        bytes, header, keepsSamples: false, atLeast: least, reading: reading, name: name)
      {
        return RenderedFile(image: plain, header: header, clipped: 0)
      }
      let result = try stored(bytes, header, reading: reading, name: name)
        .rgb(reading, name: name, stretches: header.format == .fits)
      return RenderedFile(image: result.image, header: header, clipped: result.clipped)
    }
  }

  /// A picture of samples that stand in no file of their own.
  package static func rendered(
    _ image: StoredImage, name: String, reading: PixelReading
  ) throws(ImageError) -> RenderedFile {
    guard reading.page == 1 else { throw .noSuchPage(name: name, page: reading.page, pages: 1) }
    let result = try image.rgb(reading, name: name)
    return RenderedFile(
      image: result.image, header: ImageHeader(image), clipped: result.clipped)
  }

  /// The pixels before anything is scaled, composed or left out.
  ///
  /// - Parameters:
  ///   - bytes: the whole file
  ///   - header: what ``header(of:name:reading:)`` said of it for the same reading
  ///   - name: what errors call it
  ///   - reading: which page is meant
  /// - Throws: `ImageError` as ``decode(_:name:atLeast:reading:)``, but never for lack of a scale.
  public static func pixels(
    of bytes: [UInt8], _ header: ImageHeader, name: String, reading: PixelReading
  ) throws(ImageError) -> FilePixels {
    try DecodeRoom.with(header.decodedBytes(atLeast: nil)) { () throws(ImageError) in
      if let plain = try plain(
        bytes, header, keepsSamples: true, atLeast: nil, reading: reading, name: name)
      {
        return .levels(plain)
      }
      let image = try stored(bytes, header, reading: reading, name: name)
      return try pixels(
        of: image, name: name, reading: reading, stretches: header.format == .fits)
    }
  }

  /// The same of samples that stand in no file of their own.
  package static func pixels(
    of image: StoredImage, name: String, reading: PixelReading, stretches: Bool = false
  ) throws(ImageError) -> FilePixels {
    if reading.isPerImage {
      return .levels(try image.rgb(reading, name: name, stretches: stretches).image)
    }
    guard image.picked(reading) != nil else {
      throw .bands(name: name, found: image.bands, asked: reading.bands)
    }
    return .stored(image)
  }

  /// The picture where it takes no choice: 8-bit grey and RGB and all JPEG, and, unless samples are to be
  /// kept, also what a C loop composes onto black or brings down from 16 bits. Nil where it takes one.
  private static func plain(
    _ bytes: [UInt8], _ header: ImageHeader, keepsSamples: Bool, atLeast least: ImageSize?,
    reading: PixelReading, name: String
  ) throws(ImageError) -> Image? {
    guard header.isPlain(reading, keepsSamples: keepsSamples) else { return nil }
    // What ``Netpbm`` wrote is copied, where libvips takes milliseconds.
    if header.format == .netpbm, header.channels == 3,
      let image = bytes.withUnsafeBytes({ Netpbm.image($0) })
    {
      return image
    }
    let stored =
      header.format == .jpeg
      ? try JPEGFile.decode(bytes, header: header, atLeast: least, name: name)
      : try VipsFile.decode(bytes, header: header, name: name)
    return header.orientation.uprighted(stored)
  }

  private static func stored(
    _ bytes: [UInt8], _ header: ImageHeader, reading: PixelReading, name: String
  ) throws(ImageError) -> StoredImage {
    let image =
      switch header.format {
      case .jpeg: StoredImage(try JPEGFile.decode(bytes, header: header, atLeast: nil, name: name))
      case .fits: try FITSFile(bytes, page: reading.page, name: name).stored()
      case .numpy: try NumpyFile(bytes, name: name).stored()
      default: try VipsFile.stored(bytes, header: header, page: reading.page, name: name)
      }
    return header.orientation.uprighted(image)
  }

  private static func format(of bytes: [UInt8], name: String) throws(ImageError) -> ImageFormat {
    if bytes.isEmpty { throw .empty(name: name) }
    guard let format = ImageFormat(signatureOf: bytes) else {
      throw FileKind(head: bytes).map { .foreign(name: name, kind: $0) } ?? .notAnImage(name: name)
    }
    return format
  }
}

/// The pixels of a file before anything is scaled, composed or left out.
public enum FilePixels: Sendable {
  /// 8-bit RGB, which is what the file has, or all that is known of it.
  case levels(Image)
  /// Anything else.
  case stored(StoredImage)
}

/// A picture with what was found on the way to it.
package struct RenderedFile: Sendable {
  package let image: Image
  package let header: ImageHeader
  /// Colour samples beyond the scale.
  package let clipped: Int
}

extension ImageHeader {
  /// Bytes that decoding takes: samples as they are stored, and the picture made of them.
  fileprivate func decodedBytes(atLeast least: ImageSize?) -> Int {
    if format == .jpeg && !isCMYK {
      let size = JPEGFile.scaledSize(of: self, atLeast: least)
      return 3 * size.width * size.height
    }
    return byteCount + 3 * width * height
  }

  /// Whether the picture takes no choice.
  fileprivate func isPlain(_ reading: PixelReading, keepsSamples: Bool) -> Bool {
    guard format != .fits, format != .numpy, reading.page == 1, reading.bands == nil,
      type.hasRange, channels <= 4 || isCMYK
    else { return false }
    if format == .jpeg || isCMYK { return true }
    if reading.isPerImage { return true }
    if type == .uint16 && (keepsSamples || reading.scale?.coversUnsigned16 == true) { return false }
    guard let alphaBand else { return channels == 1 || channels == 3 }
    // The C loop takes the last band of two or four for alpha, and knows no other background.
    return !keepsSamples && reading.alpha == .black && alphaBand == channels - 1
      && (channels == 2 || channels == 4)
  }
}

extension ImageHeader {
  /// Of samples that stand in no file of their own.
  package init(_ image: StoredImage) {
    self.init(
      width: image.width, height: image.height, channels: image.bands, type: image.type,
      alphaBand: image.alphaBand, isCMYK: false, pages: 1, format: .numpy, orientation: .upright)
  }
}

extension StoredImage {
  /// An 8-bit picture as stored samples.
  init(_ image: Image) {
    self.init(
      width: image.width, height: image.height, bands: image.channels, type: .uint8,
      bytes: image.pixels)
  }
}
