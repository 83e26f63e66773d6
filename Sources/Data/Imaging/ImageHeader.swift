/// What a file says of its pixels before any is decoded.
public struct ImageHeader: Sendable, Equatable, Codable {
  /// Columns as stored, before `orientation` is applied.
  public let width: Int
  /// Rows as stored, before `orientation` is applied.
  public let height: Int
  /// Samples a pixel, at least 1, alpha among them where there is one (``alphaBand``).
  public let channels: Int
  /// What a sample is.
  public let type: SampleType
  /// The band that is alpha, from 0; nil when none is. A fourth band of a TIFF is alpha only where the
  /// file says so (ExtraSamples).
  public let alphaBand: Int?
  /// Whether the bands are cyan, magenta, yellow and black.
  public let isCMYK: Bool
  /// Pages, frames or images in the file, at least 1.
  public let pages: Int
  /// Told by the first bytes.
  public let format: ImageFormat
  /// Which way up the camera was held.
  public let orientation: Orientation

  /// Bands that become colours: three, or the one of a grey image.
  package func coloursRead(_ reading: PixelReading) -> Int {
    if let bands = reading.bands { return Set(bands).count }
    return channels - (alphaBand == nil ? 0 : 1) >= 3 ? 3 : 1
  }

  /// Bands that are read neither as colours nor as alpha.
  package func spareBands(_ reading: PixelReading) -> Int {
    if isCMYK { return 0 }
    // Before there was a reading, a second and a fourth band counted as alpha.
    if reading.isPerImage && channels % 2 == 0 && channels <= 4 { return 0 }
    let alpha = alphaBand.map { reading.bands?.contains($0 + 1) == true ? 0 : 1 } ?? 0
    return max(0, channels - alpha - coloursRead(reading))
  }

  /// Bits of a sample of ``type``: 8, 16, 32 or 64. Of FITS files with `BSCALE` or `BLANK` these are the
  /// 64 of the physical numbers, whatever the file stores.
  public var bitsPerChannel: Int { 8 * type.size }

  /// Bytes of all samples.
  var byteCount: Int { width * height * channels * type.size }

  /// The size of the decoded image, which stands upright.
  public var size: ImageSize {
    let stored = ImageSize(width: width, height: height)
    return orientation.swapsAxes ? stored.turned : stored
  }
}
