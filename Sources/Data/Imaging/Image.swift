import Requirements

/// Pixels in memory: 8 bits a channel, rows from the top, channels together.
public struct Image: Sendable, Equatable {
  /// Columns, at least 1.
  public let width: Int
  /// Rows, at least 1.
  public let height: Int
  /// 1 (grey) or 3 (red, green, blue).
  public let channels: Int
  /// `[H, W, C]`, the channel running fastest; 0…255.
  public var pixels: [UInt8]

  /// An image of given pixels.
  ///
  /// - Parameters:
  ///   - width: columns, at least 1
  ///   - height: rows, at least 1
  ///   - channels: 1 or 3
  ///   - pixels: `[H, W, C]`
  /// - Precondition: `pixels.count == width * height * channels`.
  public init(width: Int, height: Int, channels: Int, pixels: [UInt8]) {
    require(
      width > 0 && height > 0 && (channels == 1 || channels == 3),
      "Image.init: expected a positive size and 1 or 3 channels, got \(width)×\(height)×\(channels)"
    )
    require(
      pixels.count == width * height * channels,
      "Image.init: expected \(width)×\(height)×\(channels) = \(width * height * channels) values, "
        + "got \(pixels.count)")
    self.width = width
    self.height = height
    self.channels = channels
    self.pixels = pixels
  }

  /// An image whose pixels a closure writes, every one of them.
  ///
  /// - Parameters:
  ///   - width: columns, at least 1
  ///   - height: rows, at least 1
  ///   - channels: 1 or 3
  ///   - write: receives the uninitialised buffer `[H, W, C]`
  /// - Throws: what `write` throws.
  /// - Precondition: the size is positive and `channels` is 1 or 3.
  public init<Failure: Error>(
    width: Int, height: Int, channels: Int,
    writing write: (UnsafeMutableBufferPointer<UInt8>) throws(Failure) -> Void
  ) throws(Failure) {
    let count = width * height * channels
    var failure: Failure?
    let pixels = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialised in
      do throws(Failure) {
        try write(UnsafeMutableBufferPointer(rebasing: buffer[..<count]))
        initialised = count
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    self.init(width: width, height: height, channels: channels, pixels: pixels)
  }

  /// Width and height together.
  public var size: ImageSize { ImageSize(width: width, height: height) }
}
