internal import CImaging

/// One call into the C layer, its status and message turned into an `ImageError`.
enum LibraryCall {
  static func run(
    name: String, format: ImageFormat,
    _ call: (UnsafeMutablePointer<CChar>) -> ci_status
  ) throws(ImageError) {
    var message = [CChar](repeating: 0, count: Int(CI_MESSAGE))
    let status = message.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.map(call) ?? CI_NO_MEMORY
    }
    let reason = String(
      decoding: message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    switch status {
    case CI_OK: return
    case CI_TRUNCATED: throw .truncated(name: name, format: format)
    case CI_UNSUPPORTED:
      throw .unsupported(name: name, format: format, reason: "expected 1 to 4 channels")
    case CI_NO_MEMORY:
      throw .unreadable(name: name, format: format, reason: "no memory for its pixels")
    default: throw .unreadable(name: name, format: format, reason: reason)
    }
  }
}
