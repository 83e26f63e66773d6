internal import CDigest

/// SHA-256, to tell whether two files are the same.
public enum SHA256 {
  /// The digest of bytes.
  ///
  /// - Parameters:
  ///   - bytes: any number.
  ///   - more: bytes that follow them.
  /// - Returns: 64 lower-case hexadecimal digits.
  public static func hexadecimal(_ bytes: [UInt8], _ more: [UInt8] = []) -> String {
    String(unsafeUninitializedCapacity: 65) { digits in
      digits.withMemoryRebound(to: CChar.self) {
        cd_sha256(bytes, bytes.count, more, more.count, $0.baseAddress)
      }
      return 64
    }
  }
}
