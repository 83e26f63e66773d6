import Files
import Torch

/// The header of a safetensors file, checked: every tensor inside the file, none over another, no gap.
struct SafetensorsHeader {
  /// One tensor.
  struct Entry {
    let name: String
    let dtype: DType
    let shape: [Int]
    /// Its bytes in the whole file.
    let range: Range<Int>
  }

  /// In header order.
  let entries: [Entry]
  let metadata: [String: String]

  /// The reference implementation's limit: 100 MB of header.
  static let limit = 100_000_000

  /// The key of the metadata, which no tensor can have.
  static let metadataName = "__metadata__"

  /// - Throws: ``WeightsError`` naming `name` and what is wrong.
  init(parsing bytes: UnsafeRawBufferPointer, name: String) throws(WeightsError) {
    let length = try Self.length(bytes, name: name)
    let text = ArraySlice(UnsafeRawBufferPointer(rebasing: bytes[8..<8 + length]))
    let object = try Self.object(text, name: name)
    let start = 8 + length
    let parser = SafetensorsEntryParser(path: name, start: start, size: bytes.count - start)
    var entries: [Entry] = []
    var metadata: [String: String] = [:]
    for (key, value) in object {
      if key == Self.metadataName {
        metadata = try parser.metadata(value)
      } else {
        entries.append(try parser.entry(key, value))
      }
    }
    try parser.checkTiling(entries)
    self.entries = entries
    self.metadata = metadata
  }

  private static func length(
    _ bytes: UnsafeRawBufferPointer, name: String
  ) throws(WeightsError) -> Int {
    guard bytes.count >= 8 else {
      throw malformed(name, "it has \(bytes.count) bytes, the header's length alone takes 8")
    }
    let length = UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self))
    guard length <= UInt64(limit) else {
      throw malformed(name, "a header of \(length) bytes is announced, at most \(limit) are read")
    }
    guard Int(length) <= bytes.count - 8 else {
      throw malformed(
        name, "a header of \(length) bytes is announced, \(bytes.count - 8) follow; cut short?")
    }
    return Int(length)
  }

  private static func object(
    _ text: ArraySlice<UInt8>, name: String
  ) throws(WeightsError) -> [(key: String, value: JSONValue)] {
    let value: JSONValue
    do throws(JSONParser.Failure) {
      value = try JSONParser.parse(text)
    } catch {
      throw malformed(name, "its header has \(error.reason) at byte \(error.column)")
    }
    guard case .object(let members) = value else {
      throw malformed(name, "its header is not a JSON object")
    }
    return members
  }

  private static func malformed(_ name: String, _ reason: String) -> WeightsError {
    .malformed(path: name, format: .safetensors, reason: reason)
  }
}
