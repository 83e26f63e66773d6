import Datasets
import Files
import Foundation
import TestSupport
import Testing

/// What texts, settings and files of strangers may be at most.
@Suite struct TextLimitsTests {
  /// Composed at once, these 3 MB would take minutes, for that time grows with the square.
  @Test(.timeLimit(.minutes(1))) func aLongTextIsReadInTimeThatGrowsWithItsLength() {
    let words = TextWords(String(repeating: "Cafe\u{301} nai\u{308}ve ", count: 250_000)).words
    #expect(words.count == 500_000)
    #expect(words.last == "na\u{ef}ve" && words[0].unicodeScalars.count == 4)
    // Letters of Hangul are composed, a row of marks without end is not.
    #expect(TextWords("\u{1112}\u{1161}\u{11ab}").words[0].unicodeScalars.count == 1)
    let marks = "e" + String(repeating: "\u{301}", count: 100_000)
    #expect(TextWords(marks).words[0].unicodeScalars.count == 100_001)
    #expect(TextWords("a\u{0}b").words == ["a", "b"])
  }

  @Test func aColumnIsFoundAsAnyColumnIs() throws {
    func rows(_ names: [String]) -> RowStore {
      let cells = ["good dog", "bad dog"].flatMap { text in names.map { _ in text } }
      return RowStore(features: [], width: 0, texts: RowTexts(names: names, cells: cells))
    }
    let text = try TextFeatures(
      fitting: rows(["essay"]), members: [0, 1],
      TextSettings(columns: ["Essay"], size: 1, slots: 256))
    #expect(text.names == ["Essay: component 1"])
    #expect(
      try text.applied(to: rows(["ESSAY"])).values(0) == text.applied(to: rows(["essay"])).values(0)
    )
    #expect(throws: TextError.missingColumn("Essay", found: ["ESSAY", "es say"])) {
      try text.applied(to: rows(["ESSAY", "es say"]))
    }
  }

  @Test func tooMuchForAModelsFileIsRefused() throws {
    let texts = (0..<256).map { text in
      (0..<300).map { "w\(text)x\($0)" }.joined(separator: " ")
    }
    let rows = RowStore(
      features: [], width: 0, texts: RowTexts(names: ["essay"], cells: texts))
    let error = #expect(throws: TextError.self) {
      try TextFeatures(
        fitting: rows, members: Array(texts.indices),
        TextSettings(columns: ["essay"], size: 256, slots: TextSettings.mostSlots))
    }
    guard case .tooLarge(let slots, 256, let bytes, let most) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(slots > 80_000 && bytes == 4 * slots * 258 && most == 64 << 20)
    let words = Dictionary(uniqueKeysWithValues: (0..<300_000).map { ("w\($0)", 1.0) })
    #expect(
      throws: TextError.lexiconsTooLarge(words: 300_000, bytes: 10_988_890, most: 6 << 20)
    ) {
      try TextFeatures(
        fitting: rows, members: [0], TextSettings(columns: ["essay"], size: 1, slots: 256),
        lexicons: [Lexicon(name: "large", scores: words)])
    }
    #expect(
      TextError.lexiconsTooLarge(words: 300_000, bytes: 10 << 20, most: 6 << 20).description
        == "lexicons: 300000 words take 10 MiB in the model, at most 6 are written; leave words out"
    )
  }

  private func packed(_ numbers: [UInt32]) -> String {
    numbers.map(\.littleEndian).withUnsafeBytes { Data($0) }.base64EncodedString()
  }

  /// What a stranger may have written: said, and not used.
  @Test(arguments: [
    (0, 0, 0.5, "expected 1 to 256 numbers for each of 1 slots, got 0 in all"),
    (257, 0, 0.5, "expected 1 to 256 numbers for each of 1 slots, got 257 in all"),
    (
      1, Float.nan.bitPattern, 0.5,
      "expected vectors of length 1, got an entry that is larger or no number"
    ),
    (
      1, Float(2).bitPattern, 0.5,
      "expected vectors of length 1, got an entry that is larger or no number"
    ),
    (1, 0, 1e300, "expected a share in 0...1, got 1e+300"),
  ])
  func whatWasFittedIsCheckedWhenRead(
    _ count: Int, _ entry: UInt32, _ share: Double, _ problem: String
  ) throws {
    let json = """
      {"columns":[{"name":"essay","lexicons":[],"terms":{"width":256,"texts":1,"slots":"\(packed([0]))",
      "frequencies":"\(packed([1]))","components":"\(packed([UInt32](repeating: entry, count: count)))",
      "share":\(share)}}],"lexicons":[]}
      """
    let text = try JSONFile.decode(TextFeatures.self, from: Array(json.utf8), name: "text")
    #expect(text.problem == "essay: \(problem)")
  }

  @Test func rowsWithoutAnEntryAndColumnsOfNumbersAreSaid() throws {
    try withTemporaryFolder { folder in
      try Fixture.file(
        "\(folder)/t.csv", "essay,code,label\none,1,1\n,,\ntwo,2,2\n,2.5,1\n")
      let data = try Dataset.open(
        "\(folder)/t.csv", labels: .number, columns: ColumnNames(texts: ["essay", "code"]),
        input: .features)
      #expect(data.rows?.count == 3 && data.reading.notes.contains(.emptyRows(1)))
      #expect(data.hasNumbersAlone(in: "code") && !data.hasNumbersAlone(in: "essay"))
      #expect(data.rowsWithoutWord(in: "essay") == 1)
    }
  }
}
