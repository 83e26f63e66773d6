import Datasets
import Files
import Foundation
import TestSupport
import Testing

@Suite struct TextFeaturesTests {
  private static let table = """
    id,age,essay,note,label,split
    a,61,The wound is clean.,calm,1.5,train
    b,45,The wound is not clean!,,2.5,train
    c,70,Pain and more pain,"calm, now",4,train
    d,33,,pain,3,train
    e,52,A clean wound,calm again,2,val
    f,48,Pain in the wound,pain,4.5,test

    """

  private func opened(_ text: String = Self.table, texts: [String] = ["essay", "note"]) throws
    -> Dataset
  {
    try withTemporaryFolder { folder in
      try Fixture.file("\(folder)/t.csv", text)
      return try Dataset.open(
        "\(folder)/t.csv", labels: .number, columns: ColumnNames(texts: texts), input: .features)
    }
  }

  private let settings = TextSettings(columns: ["essay", "note"], size: 3, slots: 4096)
  private let lexicons = [Lexicon(name: "mood", scores: ["calm": 1, "pain": -1])]

  @Test func columnsOfTextStandBesideTheNumbersAndAreSaid() throws {
    let data = try opened()
    let rows = try #require(data.rows)
    #expect(rows.names == ["age"] && rows.width == 1)
    #expect(rows.texts?.names == ["essay", "note"])
    #expect(rows.texts.map { Array($0.texts(ofRow: 2)) } == ["Pain and more pain", "calm, now"])
    #expect(data.examples[0].attributes.isEmpty)
    #expect(
      data.reading.tables.map(\.usedText) == [
        "id as path, label as label, split as split, 1 column as features, essay as text, note as text; no group"
      ])
    #expect(data.reading.tables[0].leftAlone.isEmpty)
    // Text alone is enough; what is not named is no text.
    let alone = try opened("essay,label\none,1\ntwo,2\n", texts: ["Essay"])
    #expect(alone.rows?.width == 0 && alone.rows?.steps(of: 1) == 1 && alone.rows?.count == 2)
  }

  @Test func aRowIsEqualByItsNumbersAndItsTexts() throws {
    let plain = RowStore(features: [1, 2, 3, 4], width: 2)
    let same = RowStore(
      features: [1, 2, 1, 2, 1, 2], width: 2,
      texts: RowTexts(names: ["a", "b"], cells: ["x", "y", "x", "z", "x", "y"]))
    #expect(same.digest(0) == same.digest(2) && same.digest(0) != same.digest(1))
    #expect(same.digest(0) != plain.digest(0))
    let shifted = RowStore(
      features: [1, 2], width: 2, texts: RowTexts(names: ["a", "b"], cells: ["xy", ""]))
    #expect(shifted.digest(0) != same.digest(0))
    let text = try TextFeatures(
      fitting: same, members: [0, 1], TextSettings(columns: ["b"], size: 2, slots: 64))
    let made = try text.applied(to: same)
    #expect(made.width == 2 + text.names.count)
    #expect((0..<3).allSatisfy { made.digest($0) == same.digest($0) })
  }

  /// Texts of rows outside the training part are changed: no number of a training row changes, and nothing that was fitted.
  @Test func noTestRowChangesATrainingNumber() throws {
    let data = try opened()
    let other = try opened(
      Self.table.replacingOccurrences(of: "A clean wound", with: "Entirely other words pain pain")
        .replacingOccurrences(of: "Pain in the wound,pain", with: "calm,calm"))
    let (first, second) = (
      try data.fittedText(settings, lexicons: lexicons),
      try other.fittedText(settings, lexicons: lexicons)
    )
    #expect(try JSONFile.encode(first) == JSONFile.encode(second))
    let rows = try #require(try data.taking(first).rows)
    let changed = try #require(try other.taking(second).rows)
    for row in 0..<4 { #expect(rows.bytes(row) == changed.bytes(row)) }
    for row in 4..<6 { #expect(rows.bytes(row) != changed.bytes(row)) }
    // The direction: a training row changes what was fitted.
    let third = try opened(Self.table.replacingOccurrences(of: "more pain", with: "some pain"))
      .fittedText(settings, lexicons: lexicons)
    #expect(try JSONFile.encode(first) != JSONFile.encode(third))
  }

  @Test func whatWasFittedIsReadBackAndGivesTheSameBytes() throws {
    let data = try opened()
    let text = try data.fittedText(settings, lexicons: lexicons)
    let read = try JSONFile.decode(TextFeatures.self, from: JSONFile.encode(text), name: "text")
    #expect(read == text && read.problem == nil)
    let rows = try #require(data.rows)
    #expect(try read.applied(to: rows) == text.applied(to: rows))
    #expect(try text.applied(to: rows).names.prefix(2) == ["age", "essay: component 1"])
  }

  @Test func damagedFilesAreRefused() throws {
    let text = try opened().fittedText(settings, lexicons: lexicons)
    let json = String(decoding: try JSONFile.encode(text), as: UTF8.self)
    func problem(_ changed: String) throws -> String? {
      try JSONFile.decode(TextFeatures.self, from: Array(changed.utf8), name: "text").problem
    }
    #expect(
      try problem(json.replacingOccurrences(of: "\"width\" : 4096", with: "\"width\" : 2")) != nil)
    #expect(
      try problem(json.replacingOccurrences(of: "\"texts\" : 4", with: "\"texts\" : 0")) != nil)
    #expect(throws: FileError.self) {
      try problem(json.replacingOccurrences(of: "\"slots\" : \"", with: "\"slots\" : \"!"))
    }
  }

  private func message(_ text: String, _ texts: [String], input: InputKind? = .features) throws
    -> String
  {
    try withTemporaryFolder { folder in
      try Fixture.file("\(folder)/t.csv", text)
      return Fixture.message(folder, "t.csv", columns: ColumnNames(texts: texts), input: input)
    }
  }

  @Test func columnsThatAreNotThereOrMeanSomethingElseAreRefused() throws {
    #expect(
      try message("a,essay,label\n1,x,p\n2,y,q\n", ["essy"])
        == "DIR/t.csv:1: no column 'essy' for the text; did you mean 'essay'? found: a, essay, label"
    )
    #expect(
      try message("a,essay,label\n1,x,p\n2,y,q\n", ["essay", "Essay"])
        == "DIR/t.csv:1: the column 'essay' is asked for as text and as text; name another for one of them"
    )
    #expect(
      try message("a,essay,split,label\n1,x,train,p\n2,y,test,q\n", ["split"])
        == "DIR/t.csv:1: the column 'split' is asked for as split and as text; name another for one of them"
    )
    #expect(
      try message("path,essay,label\na.png,x,p\n", ["essay"], input: nil)
        == "DIR/t.csv: columns of text (essay) are read in tables of features (.csv, .tsv), and this is read as something"
        + " else; name such a table as features, name another table that has the texts of these features by their"
        + " names, or leave the columns of text out")
  }

  @Test func textsThatGiveNothingAreRefused() throws {
    let rows = RowStore(
      features: [], width: 0, texts: RowTexts(names: ["essay"], cells: ["", "?!", "later"]))
    #expect(throws: TextError.noWord(column: "essay")) {
      try TextFeatures(fitting: rows, members: [0, 1], TextSettings(columns: ["essay"]))
    }
    #expect(throws: TextError.missingColumn("note", found: ["essay"])) {
      try TextFeatures(fitting: rows, members: [2], TextSettings(columns: ["note"]))
    }
    #expect(
      TextError.noWord(column: "essay").description
        == "the text column 'essay': no training row has a word in it; leave the column out"
    )
    #expect(
      TextError.missingColumn("note", found: ["essay"]).description
        == "no column of texts 'note', which the model was trained on; found: essay; give it a table with the columns of"
        + " its training")
    #expect(
      TextError.tooLarge(slots: 300_000, size: 256, bytes: 300 << 20, most: 64 << 20).description
        == "text columns: 256 components of 300000 slots take 300 MiB in the model, at most 64 are written; take"
        + " fewer components or fewer slots")
  }
}
