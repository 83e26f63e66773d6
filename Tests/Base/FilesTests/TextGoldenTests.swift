import Files
import TestSupport
import Testing

/// JSON and decimal numbers as Python's parsers read them (`Goldens/Files/texts.py`).
@Suite struct TextGoldenTests {
  /// What a value says, numbers as written, strings in hexadecimal.
  private func said(_ value: JSONValue) -> String {
    switch value {
    case .null: "z"
    case .bool(let isTrue): isTrue ? "t" : "f"
    case .number(let text): "#" + text
    case .string(let text): said(text)
    case .array(let items): "[" + items.map(said).joined() + "]"
    case .object(let members): "{" + members.map { said($0.key) + said($0.value) }.joined() + "}"
    }
  }

  private func said(_ text: String) -> String {
    "$" + text.utf8.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() + "$"
  }

  @Test func jsonIsWhatPythonReads() throws {
    let texts: [[String?]] = try Golden.load("Files/json.json")
    var (read, refused) = (0, 0)
    for pair in texts {
      let text = try #require(pair[0])
      let found = (try? JSONParser.parse(Array(text.utf8)[...])).map(said)
      #expect(found == pair[1], "\(String(reflecting: text))")
      if pair[1] == nil { refused += 1 } else { read += 1 }
    }
    #expect(read > 150 && refused > 150)
  }

  /// The column is that of the first byte that does not fit, or the one behind it.
  @Test func aFaultIsFoundWhereItIs() throws {
    for (text, column) in [
      ("[1, x]", 5), ("{\"a\": 1, b: 2}", 10), ("[1 2]", 4), ("  \"\u{1}\"", 5), ("[true, nul]", 8),
      ("é!", 1), ("[\"é\", !]", 8), ("1.x", 3), ("[1e]", 4),
    ] {
      let failure = #expect(throws: JSONParser.Failure.self) {
        try JSONParser.parse(Array(text.utf8)[...])
      }
      #expect(failure?.column == column, "\(text): \(failure?.reason ?? "")")
    }
  }

  /// A slice of a file is a text of its own.
  @Test func aSliceIsReadByItself() throws {
    let bytes = Array("xx[1]yy".utf8)
    #expect(try JSONParser.parse(bytes[2..<5]) == .array([.number("1")]))
    let failure = #expect(throws: JSONParser.Failure.self) { try JSONParser.parse(bytes[2..<6]) }
    #expect(failure?.column == 4)
  }

  @Test func numbersAreTheNearestDoubles() throws {
    let texts: [[String?]] = try Golden.load("Files/numbers.json")
    for pair in texts {
      let text = try #require(pair[0])
      let found = Array(text.utf8).withUnsafeBufferPointer(DecimalNumber.parse)
      let bits = found.map { String($0.bitPattern, radix: 16) }
      let padded = bits.map { String(repeating: "0", count: 16 - $0.count) + $0 }
      #expect(padded == pair[1], "\(String(reflecting: text))")
    }
    #expect(texts.count > 2000)
  }
}
