import Files
import TestSupport
import Testing

/// Texts of every code point in YAML and JSON, and files that begin with words which other files begin with.
@Suite struct OddTextsTests {
  /// Alone, and before and behind a letter: 0 to 0x3000, the marks of Thai and of emoji among them.
  @Test func everyCodePointComesBackFromYAML() {
    let values =
      Array(UInt32(0)..<0x3000) + [0xFE0F, 0xFEFF, 0xFFFD, 0x1_F468, 0xE_0001, 0x10_FFFF]
    var wrong: [UInt32] = []
    for scalar in values.compactMap(Unicode.Scalar.init) {
      let one = String(Character(scalar))
      for text in [one, "x" + one, one + "x", one + one] {
        let (quoted, plain) = (YAMLText.quoted(text), YAMLText.scalar(text))
        let found = [quoted, plain].map { YAMLText.text(of: $0).map { Array($0.utf8) } }
        let isRight = found.allSatisfy { $0 == Array(text.utf8) }
        if !isRight || quoted.utf8.contains(0x0A) || quoted.utf8.contains(0x0D) {
          wrong.append(scalar.value)
        }
      }
    }
    #expect(wrong.isEmpty)
  }

  /// What cannot be seen, or turns the direction of what follows, stands by its number.
  @Test(
    arguments: [
      0, 7, 0x1B, 0x7F, 0x80, 0x9F, 0xAD, 0x61C, 0x200B, 0x200E, 0x200F, 0x2028, 0x202A, 0x202E,
      0x2060, 0x2066,
      0x2069, 0xFEFF,
    ] as [UInt32])
  func hiddenOnesAreWrittenByNumber(value: UInt32) throws {
    let scalar = try #require(Unicode.Scalar(value))
    let digits = String(value, radix: 16, uppercase: true)
    let padded = String(repeating: "0", count: 4 - digits.count) + digits
    #expect(YAMLText.quoted("a\(Character(scalar))") == "\"a\\u\(padded)\"")
  }

  /// An accent that a text begins with is one character with the quote before it.
  @Test(arguments: ["\u{301}x", "\u{FE0F}", "\u{200D}a", "\u{301}\"\u{301}", "x\u{301}"])
  func accentsBesideQuotes(text: String) {
    let found = YAMLText.text(of: YAMLText.quoted(text))
    #expect(found.map { Array($0.unicodeScalars) } == Array(text.unicodeScalars))
  }

  /// Escapes that stand for numbers, and those that end too early or are no character.
  @Test(
    arguments: [
      (#""\u0041\U00000042""#, "AB"), (#""\U0010FFFF""#, "\u{10FFFF}"), (#""\U00110000""#, nil),
      (#""\u004""#, nil), (#""\udc00""#, nil), (#""\xZZ""#, nil), (#""a\""#, nil), ("\"\"", ""),
      ("\"a", nil), ("'a\"", nil), ("a\"", "a\""), ("", ""),
    ] as [(String, String?)])
  func escapes(scalar: String, text: String?) {
    #expect(YAMLText.text(of: scalar) == text)
  }

  // JSON.

  private func parsed(_ text: String) -> JSONValue? { try? JSONParser.parse(Array(text.utf8)[...]) }

  /// Every character of two bytes and more by its escape, pairs of halves above 0xFFFF.
  @Test func everyEscapeOfJSON() {
    let values =
      Array(stride(from: UInt32(1), to: 0x11_0000, by: 37)) + [0xFFFF, 0x1_0000, 0x10_FFFF]
    let wrong = values.compactMap(Unicode.Scalar.init).filter { scalar in
      let escape = String(Character(scalar)).utf16.map { unit in
        let digits = String(unit, radix: 16)
        return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      }.joined()
      guard case .string(let found)? = parsed("\"\(escape)\"") else { return true }
      return Array(found.unicodeScalars) != [scalar]
    }
    #expect(wrong.isEmpty)
  }

  @Test(arguments: [
    "\"\\ud800\\ud800\"", "\"\\udc00\"", "\"\\ud800x\"", "\"\\ud800\\n\"", "\"\\ud800\\u0041\"",
    "01", "-",
    "+1", "1.", ".5", "1e", "0x1", "tru", "[1,]", "{\"a\":1,}", "[1 2]", "'a'", "\"\t\"", "nan",
    "Infinity",
    "\u{FEFF}1", "1 2", "[", "\"", "{\"a\"}", "\u{A0}1",
  ])
  func whatIsNoJSONIsRefused(text: String) { #expect(parsed(text) == nil) }

  @Test(arguments: [
    ("-0", "-0"), ("0.0", "0.0"), ("1E+400", "1E+400"),
    ("12345678901234567890", "12345678901234567890"),
    ("1e-7", "1e-7"), (" 1 \r\n\t", "1"),
  ])
  func numbersKeepTheirDigits(text: String, digits: String) {
    #expect(parsed(text) == .number(digits))
  }

  /// 64 lists in each other are read, 65 are not.
  @Test func nestingIsCountedAlike() {
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    #expect(parsed(nested(64)) != nil && parsed(nested(65)) == nil)
    #expect(parsed(nested(63) + " ") != nil)
  }

  /// Of lists, each item with its place; members that are passed over are checked all the same.
  @Test func listsOfAnObject() throws {
    let text = Array(#"{"n": 1, "a": [{"x": 1, "box": [1, 2]}, 2], "b": [], "o": {"c": [3]}}"#.utf8)
    let lists = try JSONParser.lists(of: text[...], passingOver: ["box"])
    #expect(lists.map(\.key) == ["a", "b"])
    #expect(lists[0].items.map(\.value) == [.object([("x", .number("1"))]), .number("2")])
    #expect(lists[0].items.map(\.offset) == [15, 40])
    let broken = Array(#"{"a": [{"box": [1, ]}]}"#.utf8)
    #expect(throws: JSONParser.Failure.self) {
      _ = try JSONParser.lists(of: broken[...], passingOver: ["box"])
    }
    #expect(throws: JSONParser.Failure.self) {
      _ = try JSONParser.lists(of: Array(#"{"a": [], "a": []}"#.utf8)[...])
    }
  }

  /// An object with more behind it is another text: a line of many.
  @Test(arguments: ["{\"a\": []} x", "{} {}", "{\"a\": [1]}\n{\"a\": [2]}", "{\"a\": []},"])
  func keysOfListsAreThoseOfTheWholeText(text: String) {
    #expect(JSONParser.keysOfLists(of: Array(text.utf8)[...]) == nil)
    #expect(JSONParser.keysOfLists(of: Array("{\"a\": [1]} \r\n\t".utf8)[...]) == ["a"])
  }

  // Kinds of files.

  /// Headers of tables whose first words are those that other files begin with.
  @Test(arguments: [
    "PAR1,PAR2,label\n1,2,a\n", "BZhour,label\n1,a\n", "ARROW1,ARROW2\n1,2\n",
    "patient,AVI score\n1,2\n",
    "RIFF,AVI \n", "BZh9,label\n",
  ])
  func tablesMayBeginWithSuchWords(text: String) throws {
    #expect(FileKind(head: Array(text.utf8)) == nil)
    let reader = try DelimitedReader(bytes: Array(text.utf8), name: "t.csv")
    #expect(reader.columns.count >= 2)
  }

  /// The same words in the files that they are of: bzip2 of Python, an empty one too, Parquet, Arrow, AVI.
  @Test(
    arguments: [
      (Array("BZh91AY&SY".utf8), .archive),
      (Array("BZh9".utf8) + [0x17, 0x72, 0x45, 0x38, 0x50, 0x90], .archive),
      (Array("PAR1".utf8) + [0x15, 4, 0x15], .parquet),
      (Array("ARROW1".utf8) + [0, 0, 0xFF], .arrow),
      (Array("RIFF".utf8) + [1, 2, 3, 4] + Array("AVI LIST".utf8), .video),
      (Array("RIFF".utf8) + [1, 2, 3, 4] + Array("WEBP".utf8), nil),
    ] as [([UInt8], FileKind?)])
  func filesAreKnown(head: [UInt8], kind: FileKind?) { #expect(FileKind(head: head) == kind) }

  // Lists of rows.

  private func rows(_ text: String) throws -> [(line: Int, keys: [String])] {
    try withTemporaryFolder { folder in
      try AtomicFile.write(Array(text.utf8), to: folder + "/t.json")
      return try JSONRows.read(folder + "/t.json").map { ($0.line, $0.members.map(\.key)) }
    }
  }

  @Test func linesOfAListAreThoseOfTheFile() throws {
    let list = try rows("\r\n\t [\r\n{\"a\":\r\n1}, {\"b\": 2}\r\n,{\"c\": 3}]\r\n")
    #expect(list.map(\.line) == [3, 4, 5] && list.map(\.keys) == [["a"], ["b"], ["c"]])
    let lines = try rows("\r\n{\"a\": 1}\r\n \t\r\n{\"b\": 2}")
    #expect(lines.map(\.line) == [2, 4] && lines.map(\.keys) == [["a"], ["b"]])
    #expect(try rows("").isEmpty && rows(" \n").isEmpty)
  }

  @Test func placesAreLinesAndColumns() {
    let bytes = Array("ab\nc\n\nd".utf8)[...]
    let places = (0...bytes.count).map { JSONRows.place(of: $0, in: bytes) }
    #expect(places.map(\.line) == [1, 1, 1, 2, 2, 3, 4, 4])
    #expect(places.map(\.column) == [1, 2, 3, 1, 2, 1, 1, 2])
  }

  /// Numbers that JSON has no form for are refused and not written as something else.
  @Test(arguments: [Double.nan, .infinity, -.infinity])
  func numbersWithoutAFormAreRefused(number: Double) {
    #expect(throws: EncodingError.self) { try JSONFile.encode([number]) }
    #expect(throws: EncodingError.self) { try JSONFile.encodeLine(["a": number]) }
  }
}
