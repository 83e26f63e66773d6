public import Files

/// Why bytes did not become an image, or an image did not become bytes.
public enum ImageError: Error, Equatable, Sendable {
  /// No bytes at all.
  case empty(name: String)
  /// The first bytes are those of no image format that is read here.
  case notAnImage(name: String)
  /// The file is something else than an image, which its first bytes say.
  case foreign(name: String, kind: FileKind)
  /// The file ends before its pixels do.
  case truncated(name: String, format: ImageFormat)
  /// The decoder refuses it; `reason` is in the decoder's words.
  case unreadable(name: String, format: ImageFormat, reason: String)
  /// A valid image of a kind that is not read, such as five channels.
  case unsupported(name: String, format: ImageFormat, reason: String)
  /// More pixels than may be decoded.
  case tooLarge(name: String, size: ImageSize, limit: Int)
  /// More bytes of samples than may be decoded; `pixel` is the bytes of one pixel.
  case tooHeavy(name: String, size: ImageSize, pixel: Int, limit: Int)
  /// The file has fewer pages than asked for.
  case noSuchPage(name: String, page: Int, pages: Int)
  /// The file lacks a band that is asked for, or has so many that some must be asked for; nil is that
  /// none was.
  case bands(name: String, found: Int, asked: [Int]?)
  /// Samples of a type that does not say what is black and white, and no scale that does.
  case noScale(name: String, type: SampleType)
  /// An image could not be encoded.
  case notEncoded(reason: String)
}

extension ImageError: CustomStringConvertible {
  /// How the message of ``bands(name:found:asked:)`` ends where none were asked for.
  package static let bandsAdvice =
    "say which one is grey, or which three are red, green and blue"
  /// How the message of ``noScale(name:type:)`` ends.
  package static let scaleAdvice = "state the two values"

  /// What was found, what was expected, what to do.
  public var description: String {
    switch self {
    case .empty(let name):
      "\(name): the file is empty; copy it again or remove it"
    case .notAnImage(let name):
      "\(name): not an image; expected one of \(ImageFormat.names)"
    case .foreign(let name, let kind):
      "\(name): is \(kind), not an image; \(kind.advice)"
    case .truncated(let name, let format):
      "\(name): the \(format) file ends before its pixels do; copy it again or remove it"
    case .unreadable(let name, let format, let reason):
      "\(name): the \(format) file is damaged (\(reason)); copy it again or remove it"
    case .unsupported(let name, let format, let reason):
      "\(name): this kind of \(format) is not read (\(reason)); convert it to 8-bit RGB PNG or JPEG"
    case .tooLarge(let name, let size, let limit):
      "\(name): \(size) pixels are more than the limit of \(limit / 1_000_000) million; "
        + "scale it down or cut it into tiles first"
    case .tooHeavy(let name, let size, let pixel, let limit):
      "\(name): \(size) pixels of \(pixel) bytes are more than the limit of \(limit / 1_000_000) MB; "
        + "scale it down or cut it into tiles first"
    case .noSuchPage(let name, let page, let pages):
      "\(name): page \(page) was asked for, and the file has \(pages)"
    case .bands(let name, let found, let asked):
      asked.map {
        "\(name): the bands \($0.map(String.init).joined(separator: ", ")) were asked for, "
          + "and the file has \(found)"
      }
        ?? "\(name): has \(found) bands, expected 1 to 4; \(Self.bandsAdvice)"
    case .noScale(let name, let type):
      "\(name): \(type) samples do not say which values are black and white, and no scale for them is "
        + "known; \(Self.scaleAdvice)"
    case .notEncoded(let reason):
      "PNG: expected an image that libvips can encode, got its refusal (\(reason))"
    }
  }
}
