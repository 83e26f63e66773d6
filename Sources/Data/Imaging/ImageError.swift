/// Why bytes did not become an image, or an image did not become bytes.
public enum ImageError: Error, Equatable, Sendable {
  /// No bytes at all.
  case empty(name: String)
  /// The first bytes are those of no image format that is read here.
  case notAnImage(name: String)
  /// The file ends before its pixels do.
  case truncated(name: String, format: ImageFormat)
  /// The decoder refuses it; `reason` is in the decoder's words.
  case unreadable(name: String, format: ImageFormat, reason: String)
  /// A valid image of a kind that is not read, such as five channels.
  case unsupported(name: String, format: ImageFormat, reason: String)
  /// More pixels than may be decoded.
  case tooLarge(name: String, size: ImageSize, limit: Int)
  /// An image could not be encoded.
  case notEncoded(reason: String)
}

extension ImageError: CustomStringConvertible {
  /// What was found, what was expected, what to do.
  public var description: String {
    switch self {
    case .empty(let name):
      "\(name): the file is empty; copy it again or remove it"
    case .notAnImage(let name):
      "\(name): not an image; expected one of \(ImageFormat.names)"
    case .truncated(let name, let format):
      "\(name): the \(format) file ends before its pixels do; copy it again or remove it"
    case .unreadable(let name, let format, let reason):
      "\(name): the \(format) file is damaged (\(reason)); copy it again or remove it"
    case .unsupported(let name, let format, let reason):
      "\(name): this kind of \(format) is not read (\(reason)); convert it to 8-bit RGB PNG or JPEG"
    case .tooLarge(let name, let size, let limit):
      "\(name): \(size) pixels are more than the limit of \(limit / 1_000_000) million; "
        + "scale it down or cut it into tiles first"
    case .notEncoded(let reason):
      "PNG: expected an image that libvips can encode, got its refusal (\(reason))"
    }
  }
}
