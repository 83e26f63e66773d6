internal import CImaging
import Requirements

/// Portable Network Graphics, written through libvips.
public enum PNG {
  /// A file's bytes.
  ///
  /// - Parameter image: 1 or 3 channels
  /// - Throws: `ImageError.notEncoded` when libvips refuses.
  public static func encode(_ image: Image) throws(ImageError) -> [UInt8] {
    try image.pixels.withUnsafeBufferPointer { pixels throws(ImageError) in
      try encode(UnsafeRawBufferPointer(pixels), image.size, channels: image.channels, bits: 8)
    }
  }

  /// A 16-bit grey file's bytes.
  ///
  /// - Parameters:
  ///   - samples: `[H, W]`, 0…65535
  ///   - size: width and height
  /// - Throws: `ImageError.notEncoded` when libvips refuses.
  /// - Precondition: `samples.count == size.width * size.height`.
  public static func encode(grey samples: [UInt16], size: ImageSize) throws(ImageError) -> [UInt8] {
    require(
      samples.count == size.width * size.height,
      "PNG.encode(grey:size:): expected \(size.width * size.height) samples for \(size), "
        + "got \(samples.count)")
    return try samples.withUnsafeBufferPointer { pixels throws(ImageError) in
      try encode(UnsafeRawBufferPointer(pixels), size, channels: 1, bits: 16)
    }
  }

  private static func encode(
    _ pixels: UnsafeRawBufferPointer, _ size: ImageSize, channels: Int, bits: Int
  ) throws(ImageError) -> [UInt8] {
    var bytes: UnsafeMutablePointer<UInt8>?
    var count = 0
    defer { ci_free(bytes) }
    do throws(ImageError) {
      try LibraryCall.run(name: "", format: .png) { message in
        ci_png_encode(
          pixels.baseAddress, Int32(size.width), Int32(size.height), Int32(channels), Int32(bits),
          &bytes, &count, message)
      }
    } catch {
      if case .unreadable(_, _, let reason) = error { throw .notEncoded(reason: reason) }
      throw error
    }
    return Array(UnsafeBufferPointer(start: bytes, count: count))
  }
}
