internal import CImaging

/// Image files in memory: bytes in, upright 8-bit RGB out.
///
/// | stored as | becomes |
/// |---|---|
/// | grey | the same value in red, green and blue |
/// | 16-bit integers | `round(v / 257)`: the type's range onto 0…255, whatever values occur |
/// | floating point, 32-bit integers, FITS | the image's own lowest…highest finite value onto 0…255; NaN is 0 |
/// | alpha | composed onto black |
/// | CMYK | `255 (1 − C)(1 − K)` and so on, without a colour profile |
/// | several pages or frames | the first |
/// | EXIF orientation | applied, in every format |
/// | ICC profile | ignored, in every format |
///
/// JPEG goes through TurboJPEG, FITS is read here, everything else goes through libvips. The same bytes
/// give the same pixels on any thread and for any number of threads.
public enum ImageFile {
  /// Most pixels that are decoded: 768 MB of RGB. A few bytes of PNG can claim far more.
  public static let pixelLimit = 256_000_000

  /// Size and kind, without decoding pixels.
  ///
  /// - Parameters:
  ///   - bytes: the whole file
  ///   - name: what errors call it
  /// - Throws: `ImageError` when the bytes are not an image, or one that is damaged or too large.
  public static func header(of bytes: [UInt8], name: String) throws(ImageError) -> ImageHeader {
    let format = try format(of: bytes, name: name)
    let header =
      switch format {
      case .jpeg: try JPEGFile.header(of: bytes, name: name)
      case .fits: try FITSFile(bytes, name: name).header
      default: try VipsFile.header(of: bytes, format: format, name: name)
      }
    guard header.width > 0, header.height > 0 else {
      throw .unreadable(
        name: name, format: format, reason: "its size is \(header.width)×\(header.height)")
    }
    guard header.width <= pixelLimit / header.height else {
      throw .tooLarge(name: name, size: header.size, limit: pixelLimit)
    }
    return header
  }

  /// The upright picture as RGB.
  ///
  /// - Parameters:
  ///   - bytes: the whole file
  ///   - name: what errors call it
  ///   - least: a JPEG may come back at 1/2, 1/4 or 1/8 of its size, the smallest that is at least this
  ///     wide and high: several times faster, and slightly different pixels, so use the same value at
  ///     training and at prediction. Nil decodes at full size. Other formats ignore it.
  /// - Returns: three channels.
  /// - Throws: `ImageError` when the bytes are not an image, or one that is damaged, truncated, too large
  ///   or of an unknown kind. A damaged file is never completed with grey.
  public static func decode(
    _ bytes: [UInt8], name: String, atLeast least: ImageSize? = nil
  ) throws(ImageError) -> Image {
    let header = try header(of: bytes, name: name)
    let stored =
      switch header.format {
      case .jpeg: try JPEGFile.decode(bytes, header: header, atLeast: least, name: name)
      case .fits: try FITSFile(bytes, name: name).image()
      default: try VipsFile.decode(bytes, header: header, name: name)
      }
    return header.orientation.uprighted(stored)
  }

  private static func format(of bytes: [UInt8], name: String) throws(ImageError) -> ImageFormat {
    if bytes.isEmpty { throw .empty(name: name) }
    guard let format = ImageFormat(signatureOf: bytes) else { throw .notAnImage(name: name) }
    return format
  }
}
