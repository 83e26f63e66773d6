import Files
import Randomness
import Runs
import TestSupport
import Testing

@Suite struct ConfigRecordTests {
  private func parse(_ text: String) throws -> ConfigRecord {
    try ConfigRecord(parsing: text, name: "r/config.yaml")
  }

  @Test func aFileOfVersion01() throws {
    let record = try ConfigRecord.read(OldRun.path("run/config.yaml"))
    #expect(record.entries.count == 44)
    #expect(record["data-dir"] == "images.csv" && record["method"] == "balanced-mixup")
    #expect(record["set.alpha"] == "0.2" && record["pretrained"] == nil && record["none"] == nil)
    let device = record.entries.first { $0.name == "device" }
    #expect(device?.text == "cpu" && device?.origin == "default: auto")
    let text = String(decoding: try OldRun.bytes("run/config.yaml"), as: UTF8.self)
    let lines = text.split(separator: "\n").dropFirst().joined(separator: "\n") + "\n"
    #expect(record.text() == lines, "what was read is what is written")
  }

  @Test func whatIsWrittenIsReadBack() throws {
    let values = [
      "0.5", "null", "[]", "[a, \"b # c\"]", "{}", "'it''s'",
      YAMLText.quoted("a \"b\" \\ # c: d\n\u{7}"),
    ]
    var entries = values.enumerated().map {
      ConfigRecord.Entry("name-\($0)", yaml: $1, origin: $0 % 2 == 0 ? "flag" : "a # b.yaml:3")
    }
    entries.append(.init("set.alpha", yaml: "0.2", origin: "default: 0.1"))
    entries.append(.init("set.a b: \"c\"", yaml: "1", origin: "flag"))
    entries.append(.init("last", yaml: "x"))
    let text = ConfigRecord(entries).text(header: ["steelyard: every option"])
    #expect(text.hasPrefix("# steelyard: every option\n# format: 1\nname-0: 0.5 "))
    #expect(
      text.contains("\nset:\n  alpha: 0.2" + String(repeating: " ", count: 28) + "# default: 0.1\n")
    )
    #expect(try parse(text) == ConfigRecord(entries))
    #expect(try parse(text).entries[6].text == "a \"b\" \\ # c: d\n\u{7}")
    #expect(try parse(text).entries[5].text == "it's")
  }

  @Test func aFileThatAPersonWroteIsReadToo() throws {
    let record = try parse(
      """
      ---
      # mine
      lr:   0.1
      drop-class:   # rare ones
      - a
      - "b c"
      set:
        # the mixing
        alpha: 0.3
      url: http://x:3/y#z
      seed:

      """)
    #expect(record["lr"] == "0.1" && record["drop-class"] == "[a, \"b c\"]")
    #expect(record["set.alpha"] == "0.3" && record["set"] == nil)
    #expect(record["url"] == "http://x:3/y#z" && record["seed"] == nil)
    #expect(record.entries.map(\.name) == ["lr", "drop-class", "set.alpha", "url", "seed"])
  }

  static let wrong = [
    ("lr 0.1", "1: expected 'option: value', got 'lr 0.1'"),
    ("lr: 1\nlr: 2", "2: 'lr' stands twice"),
    ("set:\n  a: 1\n  a: 2", "3: 'set.a' stands twice"),
    ("lr: 1\n  a: 2", "2: expected 'option: value' without blanks before it, got '  a: 2'"),
    ("\"lr: 1", "1: expected 'option: value', got '\"lr: 1'"),
    ("{lr}", "1: expected 'option: value', got '{lr}'"),
  ]

  @Test(arguments: wrong) func aLineThatIsNoOptionIsNamed(text: String, words: String) {
    let error = #expect(throws: RunFileError.self) { try parse(text) }
    #expect(
      error?.description
        == "r/config.yaml:\(words); write one 'option: value' a line, as training did,"
        + " or restore it from a copy")
  }

  @Test func aNewerFormIsRefused() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/config.yaml"
      try AtomicFile.write("# steelyard 9\n# format: 2\n- what this one cannot read\n", to: path)
      for read in [{ _ = try ConfigRecord.read(path) }, { try ConfigRecord.checkFormat(of: path) }]
      {
        let error = #expect(throws: RunFileError.newer(path: path, format: 2, known: 1)) {
          try read()
        }
        #expect(error?.description.hasSuffix("; use a newer steelyard") == true)
      }
      // Only the head of the file speaks of its form.
      try AtomicFile.write("# format: 1\nlr: 1\n# format: 2\n", to: path)
      #expect(try ConfigRecord.read(path)["lr"] == "1")
      try AtomicFile.write("# format: new\n", to: path)
      let error = #expect(throws: RunFileError.self) { try ConfigRecord.checkFormat(of: path) }
      #expect(
        error?.description.contains("'# format: new' is no format, expected a whole number") == true
      )
      try AtomicFile.write([0x61, 0xFF, 0x0A], to: path)
      let bytes = #expect(throws: RunFileError.self) { try ConfigRecord.read(path) }
      #expect(bytes?.description.hasPrefix("\(path): is not UTF-8 text; ") == true)
    }
  }

  /// Names and values of any characters come back: accents that begin a text, marks of comments and options, quotes, blanks.
  @Test func anyTextComesBack() throws {
    let parts = [
      "\u{301}", "\u{345}", "a", " # ", "#", ": ", ":", "\"", "'", "\\", " ", "\t", "\n", "\r\n",
      "é", "🦠", "[", "{",
      ",", "]", "- ", "null", "~", "\u{200D}", "\u{2028}", "0.5", "👨\u{200D}👩",
    ]
    for seed in 0..<300 {
      var random = RandomKey(seed: UInt64(seed)).folding("texts").source
      func text() -> String {
        (0..<random.below(6)).map { _ in parts[random.below(parts.count)] }.joined()
      }
      var (entries, names): ([ConfigRecord.Entry], Set<String>) = ([], [])
      var values: [String] = []
      for number in 0..<1 + random.below(5) {
        let name = random.below(2) == 0 ? "option-\(number)" : "set.\(number < 3 ? text() : "k")"
        // Options of one list stand together.
        guard names.insert(name).inserted, number > 0 || name.hasPrefix("option") else { continue }
        let value = text()
        values.append(value)
        entries.append(
          .init(
            name, yaml: YAMLText.scalar(value),
            origin: random.below(2) == 0 ? nil : "a.yaml:\(seed) # x"))
      }
      entries.sort { $0.name.hasPrefix("option") && !$1.name.hasPrefix("option") }
      let record = ConfigRecord(entries)
      let found = try parse(record.text(header: ["of \(seed)"]))
      #expect(found.entries.map { Array($0.name.utf8) } == entries.map { Array($0.name.utf8) })
      #expect(found == record, "seed \(seed)")
      let texts = found.entries.map { Array($0.text.utf8) }
      #expect(Set(texts) == Set(values.map { Array($0.utf8) }), "seed \(seed)")
    }
  }

  /// A line break in where a value came from does not end its comment.
  @Test func anOriginOfSeveralLines() throws {
    for lineBreak in ["\n", "\r\n", "\r", "\u{2028}"] {
      let record = ConfigRecord([
        .init("lr", yaml: "1", origin: "a\(lineBreak)b: 2"), .init("seed", yaml: "3"),
      ])
      let found = try parse(record.text())
      #expect(found.entries.map(\.name) == ["lr", "seed"])
      // A blank for each code point.
      let gap = lineBreak == "\r\n" ? "  " : " "
      #expect(found.entries.first?.origin == "a\(gap)b: 2")
    }
  }

  @Test func damageIsAnError() throws {
    let fuzz = Fuzz(try OldRun.bytes("run/config.yaml"), key: .init(seed: 5))
    for index in 0..<300 {
      let text = String(decoding: fuzz.mutant(index), as: UTF8.self)
      guard let record = try? parse(text) else { continue }
      #expect(Set(record.entries.map(\.name)).count == record.entries.count)
    }
  }
}
