/// What a file says of its pixels before any is decoded.
public struct ImageHeader: Sendable, Equatable, Codable {
  /// Columns as stored, before `orientation` is applied.
  public let width: Int
  /// Rows as stored, before `orientation` is applied.
  public let height: Int
  /// Samples a pixel: 1 grey, 2 grey and alpha, 3 RGB, 4 RGB and alpha or CMYK.
  public let channels: Int
  /// Bits a sample as decoded: 8, 16, 32 or 64.
  public let bitsPerChannel: Int
  /// Told by the first bytes.
  public let format: ImageFormat
  /// Which way up the camera was held.
  public let orientation: Orientation

  /// The size of the decoded image, which stands upright.
  public var size: ImageSize {
    let stored = ImageSize(width: width, height: height)
    return orientation.swapsAxes ? stored.turned : stored
  }
}
