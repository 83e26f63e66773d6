/// What a header of pax says of members: those records that matter for reading.
struct TarRecords {
  private(set) var path: String?
  private(set) var size: Int?
  /// Whether a record belongs to a sparse file.
  private(set) var isSparse = false

  /// Nothing.
  init() {}

  var isEmpty: Bool { path == nil && size == nil && !isSparse }

  /// Reads records of the form `LENGTH KEY=VALUE`, each with its own length and a line feed at its end; nil where some
  /// are not so.
  init?(_ bytes: UnsafeRawBufferPointer) {
    var rest = bytes[...]
    while !rest.isEmpty, rest.first != 0 {
      let digits = rest.prefix { $0 != UInt8(ascii: " ") }
      guard digits.count < 10, let length = Int(String(decoding: digits, as: UTF8.self)),
        length > digits.count + 1, length <= rest.count
      else { return nil }
      let record = rest.prefix(length).dropFirst(digits.count + 1)
      guard record.last == UInt8(ascii: "\n"), let mark = record.firstIndex(of: UInt8(ascii: "="))
      else { return nil }
      let key = String(decoding: record[..<mark], as: UTF8.self)
      let value = String(decoding: record[(mark + 1)...].dropLast(), as: UTF8.self)
      guard take(key, value) else { return nil }
      rest = rest.dropFirst(length)
    }
  }

  /// Takes over what other records say.
  mutating func add(_ other: TarRecords) {
    path = other.path ?? path
    size = other.size ?? size
    isSparse = isSparse || other.isSparse
  }

  /// Whether the value is one that the key may have.
  private mutating func take(_ key: String, _ value: String) -> Bool {
    switch key {
    // An empty value takes back what was said for all members; nobody writes such for these keys.
    case "path": path = value.isEmpty ? nil : value
    case "size":
      guard !value.isEmpty else { return true }
      guard let number = Int(value), (0..<TarBlock.limit).contains(number) else { return false }
      size = number
    default: if key.hasPrefix("GNU.sparse.") { isSparse = true }
    }
    return true
  }
}
