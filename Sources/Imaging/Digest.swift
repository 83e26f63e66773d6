internal import CImaging

/// SHA-256, to tell whether two files or two pictures are the same.
public enum Digest {
  /// The digest of bytes.
  ///
  /// - Parameter bytes: any number
  /// - Returns: 64 lower-case hexadecimal digits.
  public static func sha256(_ bytes: [UInt8]) -> String { sha256([], bytes) }

  /// The digest of a picture: of its width, height, channels and pixels. The same picture stored in two
  /// lossless formats has one digest.
  ///
  /// - Parameter image: decoded at full size
  /// - Returns: 64 lower-case hexadecimal digits.
  public static func sha256(of image: Image) -> String {
    let shape = "\(image.width) \(image.height) \(image.channels)\n"
    return sha256(Array(shape.utf8), image.pixels)
  }

  private static func sha256(_ first: [UInt8], _ second: [UInt8]) -> String {
    String(unsafeUninitializedCapacity: 65) { digits in
      digits.withMemoryRebound(to: CChar.self) {
        ci_sha256(first, first.count, second, second.count, $0.baseAddress)
      }
      return 64
    }
  }
}
