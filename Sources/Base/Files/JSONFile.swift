#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// JSON as every file of this project is written: indented, keys sorted, slashes plain, one line
/// feed at the end; so equal values give equal bytes.
public enum JSONFile {
  /// The bytes for `value`.
  ///
  /// - Throws: `EncodingError`, for example for a number that is not finite.
  public static func encode(_ value: some Encodable) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return [UInt8](try encoder.encode(value)) + [UInt8(ascii: "\n")]
  }

  /// `value` on one line with its line feed, keys sorted: a line of a `.jsonl` file.
  ///
  /// - Throws: `EncodingError`, for example for a number that is not finite.
  public static func encodeLine(_ value: some Encodable) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return [UInt8](try encoder.encode(value)) + [UInt8(ascii: "\n")]
  }

  /// Writes `value` to `path` atomically.
  ///
  /// - Throws: ``FileError`` as ``AtomicFile``; `EncodingError` when `value` has no JSON form.
  public static func write(_ value: some Encodable, to path: String) throws {
    try AtomicFile.write(encode(value), to: path)
  }

  /// Decodes a value from bytes.
  ///
  /// - Throws: ``FileError/malformed(path:reason:)``, which says at which key it went wrong.
  public static func decode<Value: Decodable>(
    _ type: Value.Type, from bytes: [UInt8], name: String
  ) throws(FileError) -> Value {
    do {
      return try JSONDecoder().decode(type, from: Data(bytes))
    } catch {
      throw .malformed(path: name, reason: reason(error))
    }
  }

  /// Reads a value from a file.
  ///
  /// - Throws: ``FileError`` when the file cannot be read, is not JSON, or lacks a key.
  public static func read<Value: Decodable>(
    _ type: Value.Type, from path: String
  ) throws(FileError) -> Value {
    try decode(type, from: FileBytes.read(path), name: path)
  }

  private static func reason(_ error: any Error) -> String {
    // A type's own words for a value that it refuses.
    guard let error = error as? DecodingError else { return "\(error)" }
    switch error {
    case .keyNotFound(let key, let context):
      return "lacks the key '\(key.stringValue)'\(place(context.codingPath))"
    case .typeMismatch(let type, let context), .valueNotFound(let type, let context):
      return "expected \(type)\(place(context.codingPath))"
    case .dataCorrupted(let context):
      // Foundation's words when the text is no JSON at all; other cases say what they miss.
      return context.debugDescription.hasPrefix("The given data was not valid JSON")
        ? "is not JSON" : "\(context.debugDescription)\(place(context.codingPath))"
    @unknown default:
      return "is not JSON of the expected form"
    }
  }

  private static func place(_ path: [any CodingKey]) -> String {
    path.isEmpty ? "" : " at " + path.map(\.stringValue).joined(separator: ".")
  }
}
