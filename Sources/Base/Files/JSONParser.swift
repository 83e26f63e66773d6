/// Parses one JSON text (RFC 8259) from bytes, strictly, to a nesting of 64.
package struct JSONParser {
  /// What is wrong, and at which byte (from 1) of the text.
  package struct Failure: Error {
    package let reason: String
    package let column: Int
  }

  private let bytes: ArraySlice<UInt8>
  private var position: Int
  /// Keys of members that are read and not kept.
  private var passedOver: Set<String> = []

  package static func parse(_ bytes: ArraySlice<UInt8>) throws(Failure) -> JSONValue {
    var parser = JSONParser(bytes: bytes, position: bytes.startIndex)
    let value = try parser.value(depth: 0)
    parser.skipSpace()
    guard parser.position == bytes.endIndex else {
      throw parser.failure("text after the end of the value")
    }
    return value
  }

  /// The items of a list that is the whole text, each with the offset at which it begins.
  package static func items(
    of bytes: ArraySlice<UInt8>
  ) throws(Failure) -> [(offset: Int, value: JSONValue)] {
    var parser = JSONParser(bytes: bytes, position: bytes.startIndex)
    parser.skipSpace()
    let items = try parser.items(depth: 1)
    parser.skipSpace()
    guard parser.position == bytes.endIndex else {
      throw parser.failure("text after the end of the value")
    }
    return items
  }

  /// The lists of an object that is the whole text, in file order; its other members are not kept.
  ///
  /// - Parameter passedOver: keys of members of the items, at any depth, that are checked and not kept, so that a list of
  ///   outlines takes no memory.
  package static func lists(
    of bytes: ArraySlice<UInt8>, passingOver passedOver: Set<String> = []
  ) throws(Failure) -> [(key: String, items: [(offset: Int, value: JSONValue)])] {
    var parser = JSONParser(
      bytes: bytes, position: bytes.startIndex, passedOver: passedOver)
    var lists: [(key: String, items: [(offset: Int, value: JSONValue)])] = []
    var keys: Set<String> = []
    parser.skipSpace()
    guard parser.take("{") else { throw parser.failure("expected an object, {") }
    parser.skipSpace()
    var isOpen = !parser.take("}")
    while isOpen {
      parser.skipSpace()
      guard parser.peek == UInt8(ascii: "\"") else {
        throw parser.failure("expected a key in quotes")
      }
      let key = try parser.string()
      guard keys.insert(key).inserted else {
        throw parser.failure("the key '\(key)' stands twice")
      }
      parser.skipSpace()
      guard parser.take(":") else { throw parser.failure("expected ':' after the key '\(key)'") }
      parser.skipSpace()
      if parser.peek == UInt8(ascii: "[") {
        lists.append((key, try parser.items(depth: 2)))
      } else {
        _ = try parser.value(depth: 1)
      }
      parser.skipSpace()
      isOpen = parser.take(",")
      guard isOpen || parser.take("}") else { throw parser.failure("expected ',' or '}'") }
    }
    parser.skipSpace()
    guard parser.position == bytes.endIndex else {
      throw parser.failure("text after the end of the value")
    }
    return lists
  }

  /// Keys of the lists of an object that is the whole text, in file order; what is in them is passed by and not checked. `nil` for
  /// another text.
  package static func keysOfLists(of bytes: ArraySlice<UInt8>) -> [String]? {
    var parser = JSONParser(bytes: bytes, position: bytes.startIndex)
    var keys: [String] = []
    parser.skipSpace()
    guard parser.take("{") else { return nil }
    parser.skipSpace()
    if parser.take("}") { return parser.isAtEnd ? keys : nil }
    repeat {
      parser.skipSpace()
      guard parser.peek == UInt8(ascii: "\""), let key = try? parser.string() else { return nil }
      parser.skipSpace()
      guard parser.take(":") else { return nil }
      parser.skipSpace()
      if parser.peek == UInt8(ascii: "[") { keys.append(key) }
      guard parser.passBy() else { return nil }
      parser.skipSpace()
    } while parser.take(",")
    return parser.take("}") && parser.isAtEnd ? keys : nil
  }

  /// Goes to the end of the value that begins here, a comma or bracket of what it is in; whether there is one.
  private mutating func passBy() -> Bool {
    var depth = 0
    var isText = false
    while let byte = peek {
      if isText {
        if byte == UInt8(ascii: "\\") { position += 1 }
        if byte == UInt8(ascii: "\"") { isText = false }
      } else {
        switch byte {
        case UInt8(ascii: "\""): isText = true
        case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
        case UInt8(ascii: ",") where depth == 0: return true
        case UInt8(ascii: "}"), UInt8(ascii: "]"):
          if depth == 0 { return true }
          depth -= 1
        default: break
        }
      }
      position += 1
    }
    return false
  }

  /// The items of the list that begins here.
  private mutating func items(
    depth: Int
  ) throws(Failure) -> [(offset: Int, value: JSONValue)] {
    var items: [(offset: Int, value: JSONValue)] = []
    guard take("[") else { throw failure("expected a list, [") }
    skipSpace()
    var isOpen = !take("]")
    while isOpen {
      skipSpace()
      let offset = position - bytes.startIndex
      items.append((offset, try value(depth: depth)))
      skipSpace()
      isOpen = take(",")
      guard isOpen || take("]") else { throw failure("expected ',' or ']'") }
    }
    return items
  }

  private mutating func value(depth: Int) throws(Failure) -> JSONValue {
    guard depth < 64 else { throw failure("nesting deeper than 64") }
    skipSpace()
    switch peek {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try array(depth: depth)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: return try number()
    }
  }

  private mutating func object(depth: Int) throws(Failure) -> JSONValue {
    var members: [(key: String, value: JSONValue)] = []
    var keys: Set<String> = []
    position += 1
    skipSpace()
    if take("}") { return .object([]) }
    while true {
      skipSpace()
      guard peek == UInt8(ascii: "\"") else { throw failure("expected a key in quotes") }
      let key = try string()
      guard keys.insert(key).inserted else {
        throw failure("the key '\(key)' stands twice")
      }
      skipSpace()
      guard take(":") else { throw failure("expected ':' after the key '\(key)'") }
      let member = try value(depth: depth + 1)
      if !passedOver.contains(key) { members.append((key, member)) }
      skipSpace()
      if take("}") { return .object(members) }
      guard take(",") else { throw failure("expected ',' or '}'") }
    }
  }

  private mutating func array(depth: Int) throws(Failure) -> JSONValue {
    var items: [JSONValue] = []
    position += 1
    skipSpace()
    if take("]") { return .array([]) }
    while true {
      items.append(try value(depth: depth + 1))
      skipSpace()
      if take("]") { return .array(items) }
      guard take(",") else { throw failure("expected ',' or ']'") }
    }
  }

  private mutating func word(_ text: StaticString, _ value: JSONValue) throws(Failure) -> JSONValue
  {
    let word = text.description.utf8
    guard bytes[position...].starts(with: word) else { throw failure("expected a value") }
    position += word.count
    return value
  }

  private mutating func number() throws(Failure) -> JSONValue {
    let start = position
    _ = take("-")
    let whole = digits()
    guard whole > 0 else { throw failure("expected a value") }
    if whole > 1 && bytes[position - whole] == UInt8(ascii: "0") {
      throw failure("a number with a leading zero; put it in quotes to keep it")
    }
    if take(".") && digits() == 0 { throw failure("expected digits after '.'") }
    if take("e") || take("E") {
      if !take("+") { _ = take("-") }
      if digits() == 0 { throw failure("expected digits in the exponent") }
    }
    return .number(String(decoding: bytes[start..<position], as: UTF8.self))
  }

  private mutating func digits() -> Int {
    let start = position
    while let byte = peek, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { position += 1 }
    return position - start
  }

  private mutating func string() throws(Failure) -> String {
    var text: [UInt8] = []
    position += 1
    while let byte = peek {
      position += 1
      switch byte {
      case UInt8(ascii: "\""):
        guard let string = String(validating: text, as: UTF8.self) else {
          throw failure(NotUTF8.reason(text))
        }
        return string
      case UInt8(ascii: "\\"): text += try escape()
      case 0..<0x20: throw failure("a control character in a string")
      default: text.append(byte)
      }
    }
    throw failure("a string that is never closed")
  }

  private mutating func escape() throws(Failure) -> [UInt8] {
    guard let byte = peek else { throw failure("a string that is never closed") }
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
    case UInt8(ascii: "b"): return [8]
    case UInt8(ascii: "f"): return [12]
    case UInt8(ascii: "n"): return [10]
    case UInt8(ascii: "r"): return [13]
    case UInt8(ascii: "t"): return [9]
    case UInt8(ascii: "u"):
      var code = try hexadecimal()
      if (0xD800..<0xDC00).contains(code), take("\\"), take("u") {
        let low = try hexadecimal()
        guard (0xDC00..<0xE000).contains(low) else { throw failure("half a surrogate pair") }
        code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
      }
      guard let scalar = Unicode.Scalar(code) else { throw failure("half a surrogate pair") }
      return Array(String(Character(scalar)).utf8)
    default: throw failure("an unknown escape in a string")
    }
  }

  private mutating func hexadecimal() throws(Failure) -> UInt32 {
    let digits = bytes[position...].prefix(4).compactMap {
      Character(Unicode.Scalar($0)).hexDigitValue
    }
    guard digits.count == 4 else { throw failure("expected four hexadecimal digits after \\u") }
    position += 4
    return digits.reduce(0) { $0 << 4 | UInt32($1) }
  }

  /// Whether nothing but space follows.
  private var isAtEnd: Bool {
    bytes[min(position, bytes.endIndex)...].allSatisfy { [0x20, 0x09, 0x0A, 0x0D].contains($0) }
  }

  private var peek: UInt8? { position < bytes.endIndex ? bytes[position] : nil }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard let byte = peek, UInt32(byte) == character.value else { return false }
    position += 1
    return true
  }

  private mutating func skipSpace() {
    while let byte = peek, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { position += 1 }
  }

  private func failure(_ reason: String) -> Failure {
    Failure(reason: reason, column: position - bytes.startIndex + 1)
  }
}
