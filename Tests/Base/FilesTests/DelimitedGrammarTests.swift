import Files
import TestSupport
import Testing

/// Delimited text against a second reading of the same rules, and what a writer must do so that it comes back.
@Suite struct DelimitedGrammarTests {
  /// The rows of two fields below a header, or nil where the text breaks a rule: written from the rules alone, field by field.
  private func expected(_ text: [Character]) -> [[String]]? {
    var (rows, at): ([[String]], Int) = ([], 0)
    while at < text.count {
      var fields: [String] = []
      repeat {
        if !fields.isEmpty { at += 1 }
        guard let field = field(text, &at) else { return nil }
        fields.append(field)
      } while at < text.count && text[at] == ","
      at += 1
      if fields.count == 1 && fields[0].allSatisfy({ $0 == " " }) { continue }
      guard fields.count == 2 else { return nil }
      rows.append(fields)
    }
    return rows
  }

  /// A field, up to the comma or line feed behind it.
  private func field(_ text: [Character], _ at: inout Int) -> String? {
    let start = at
    while at < text.count, text[at] == " " { at += 1 }
    guard at < text.count, text[at] == "\"" else {
      at = start
      while at < text.count, text[at] != ",", text[at] != "\n" { at += 1 }
      let plain = String(text[start..<at])
      return plain.contains("\"") ? nil : plain
    }
    var value = ""
    at += 1
    while true {
      guard at < text.count else { return nil }
      if text[at] != "\"" {
        value.append(text[at])
        at += 1
      } else if at + 1 < text.count, text[at + 1] == "\"" {
        value.append("\"")
        at += 2
      } else {
        at += 1
        break
      }
    }
    while at < text.count, text[at] == " " { at += 1 }
    return at == text.count || text[at] == "," || text[at] == "\n" ? value : nil
  }

  private func found(_ text: [Character]) -> [[String]]? {
    do throws(FileError) {
      var reader = try DelimitedReader(bytes: Array("x,y\n".utf8) + String(text).utf8, name: "t")
      var rows: [[String]] = []
      while let row = try reader.next() { rows.append(row.fields) }
      return rows
    } catch { return nil }
  }

  /// All 19,530 texts of up to six of these characters.
  @Test func everyShortTextIsReadByTheRules() {
    let alphabet: [Character] = ["a", ",", "\"", " ", "\n"]
    var texts: [[Character]] = [[]]
    var (read, refused) = (0, 0)
    for _ in 0..<6 {
      texts = texts.flatMap { text in alphabet.map { text + [$0] } }
      for text in texts {
        let (own, rules) = (found(text), expected(text))
        if own != rules {
          Issue.record(
            "\(String(reflecting: String(text))): \(own ?? [["error"]]), expected \(rules ?? [["error"]])"
          )
        }
        if rules == nil { refused += 1 } else { read += 1 }
      }
    }
    #expect(read > 500 && refused > 10_000)
  }

  /// A second text in quotes behind a first one is no doubled quote.
  @Test(arguments: ["\"x\" \"y\",1", "\"x\"  \"\",1", "1,\"x\" \"y\"", "\"x\" y,1"])
  func textBehindAClosingQuoteIsNamed(line: String) {
    let failure = #expect(throws: FileError.self) {
      var reader = try DelimitedReader(bytes: Array("a,b\n\(line)\n".utf8), name: "t.csv")
      _ = try reader.next()
    }
    #expect(
      failure?.description
        == "t.csv:2: text after a closing quote; double a quote that belongs to the field")
  }

  /// What a reader would take for something else is put in quotes.
  @Test(arguments: [
    ["\u{FEFF}id", "b"], ["a\0b", "\0"], ["\u{FEFF}", "x\u{FEFF}y"], [" a ", "\t"],
    ["'", "\u{2028}"],
    ["#", "=1+1"],
  ])
  func oddFieldsComeBackByTheirBytes(fields: [String]) throws {
    let text = DelimitedWriter.line(fields) + DelimitedWriter.line(fields)
    var reader = try DelimitedReader(bytes: Array(text.utf8), name: "t.csv")
    let row = try #require(try reader.next())
    for (found, field) in zip(reader.columns + row.fields, fields + fields) {
      #expect(Array(found.utf8) == Array(field.utf8), "\(String(reflecting: field))")
    }
    #expect(try reader.next() == nil)
  }

  /// A last line without a line feed counts where the file is known to end there.
  @Test(
    arguments: [
      ("a;b,c\n1;2", [["a", "b,c"], ["1", "2"]]), ("a,b;c\n1,2", [["a", "b;c"], ["1", "2"]]),
      ("a|b,c\n\n1|2", [["a", "b,c"], ["1", "2"]]), ("a;b", [["a", "b"]]),
      // Nothing is steady, so the most frequent in the header is taken.
      ("a;b;c,d\n1;2", nil),
    ] as [(String, [[String]]?)])
  func theLastLineSaysTheSeparatorToo(text: String, expected: [[String]]?) throws {
    func rows(_ reader: consuming DelimitedReader) throws -> [[String]] {
      var reader = reader
      var all = [reader.columns]
      while let row = try reader.next() { all.append(row.fields) }
      return all
    }
    let bytes = Array(text.utf8)
    try withTemporaryFolder { folder in
      try AtomicFile.write(bytes, to: folder + "/t.csv")
      let inFile = try? rows(DelimitedReader(detecting: folder + "/t.csv"))
      #expect(inFile == expected)
      let inMemory = try? rows(DelimitedReader(detecting: bytes, name: "t.csv"))
      #expect(inMemory == expected)
    }
  }

  /// A part of a file may end within a line, which then says nothing.
  @Test func aLineThatIsCutOffSaysNothing() throws {
    let text = Array("a;b,c\n1;2".utf8)
    let cut = try DelimitedReader(detecting: text, name: "", isCut: true)
    #expect(cut.columns == ["a;b", "c"])
    let whole = try DelimitedReader(detecting: text, name: "")
    #expect(whole.columns == ["a", "b,c"])
  }

  /// All bytes from 128 on as Windows-1252 has them: Python's `bytes([b]).decode("cp1252")`, five of which are nothing.
  @Test func everyByteOfWindows1252() {
    let upper = Array("€�‚ƒ„…†‡ˆ‰Š‹Œ�Ž��‘’“”•–—˜™š›œ�žŸ".unicodeScalars)
    #expect(upper.count == 32)
    for byte in UInt8(128)...255 {
      let failure = #expect(throws: FileError.self) {
        var reader = try DelimitedReader(bytes: Array("a\nx".utf8) + [byte, 0x0A], name: "t")
        _ = try reader.next()
      }
      let scalar = byte < 160 ? upper[Int(byte) - 128] : Unicode.Scalar(byte)
      let expected =
        scalar == "\u{FFFD}"
        ? "t:2: bytes that are not UTF-8; save the file as UTF-8"
        : "t:2: bytes that are not UTF-8; as Latin-1 (Windows-1252) they say 'x\(Character(scalar))'; save the file as"
          + " UTF-8, for example with: iconv -f WINDOWS-1252 -t UTF-8"
      #expect(failure?.description == expected)
    }
  }

  /// Of a long field its first 60 bytes are shown.
  @Test func aLongFieldIsShownInPart() {
    let failure = #expect(throws: FileError.self) {
      let field = [UInt8](repeating: 0x61, count: 59) + [0xE9, 0x62]
      var reader = try DelimitedReader(bytes: Array("a\n".utf8) + field, name: "t")
      _ = try reader.next()
    }
    let shown = String(repeating: "a", count: 59) + "é…"
    #expect(failure?.description.contains("they say '\(shown)';") == true)
  }
}
