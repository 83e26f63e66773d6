import Datasets
import TestSupport
import Testing

@Suite struct SeriesReaderTests {
  private static let head = "@classLabel true a b\n@data\n"

  /// What opening a single file with this text says.
  private func message(_ text: String, labels: LabelPolicy = .required) throws -> String {
    try withTemporaryFolder { folder in
      try Fixture.file("\(folder)/x.ts", text)
      return Fixture.message(folder, "x.ts", labels: labels)
    }
  }

  private func opened(_ text: String) throws -> Dataset {
    try withTemporaryFolder { folder in
      try Fixture.file("\(folder)/x.ts", text)
      return try Dataset.open("\(folder)/x.ts")
    }
  }

  @Test func aPairAsPythonWroteIt() throws {
    let golden = try RowGolden.load().series
    let data = try Dataset.open(Golden.path("Datasets/Rows/Toy"))
    let rows = try #require(data.rows)
    #expect(data.layout == .series && data.inputKind == .series && data.name == "Toy")
    #expect(rows.width == 3 && rows.count == golden.count)
    for (number, expected) in golden.enumerated() {
      #expect(Array(rows.values(number)) == expected.values)
      #expect(rows.steps(of: number) == expected.steps)
      #expect(data.examples[number].label == expected.label)
      #expect(data.examples[number].split?.rawValue == expected.split)
    }
    #expect(data.examples[5].path == "Toy_TEST.ts#1")
    #expect(data.examples[5].origin.hasSuffix("Toy_TEST.ts:14"))
    #expect(
      data.reading.notes.map(\.description) == [
        "read as series: the folder holds Toy_TEST.ts",
        "the names say the splits: Toy_TRAIN.ts is train, Toy_TEST.ts is test",
        "labels.csv is not read: the .ts files say the labels",
      ])
    // One of the files alone has no split.
    let one = try Dataset.open(Golden.path("Datasets/Rows/Toy/Toy_TRAIN.ts"))
    #expect(one.splits.isEmpty && one.examples.count == 4)
    #expect(one.reading.notes.map(\.description) == ["read as series: the name ends in .ts"])
  }

  @Test(
    .enabled(
      if: RealData.has("timeseries-PLAID") && RealData.has("timeseries-JapaneseVowels"),
      "\(RealData.absent)"),
    arguments: ["PLAID", "JapaneseVowels"])
  func realSetsAsSktimeReadsThem(name: String) throws {
    let folder = "timeseries-\(name)"
    let expected = try #require(try RowGolden.load().real[name])
    let data = try Dataset.open(RealData.path(folder))
    let rows = try #require(data.rows)
    #expect(rows.width == (name == "PLAID" ? 1 : 12))
    var counts: [String: [String: Int]] = [:]
    for example in data.examples {
      counts[example.split?.rawValue ?? "", default: [:]][example.label ?? "", default: 0] += 1
    }
    #expect(counts == expected.counts)
    #expect((0..<rows.count).map(rows.steps) == expected.steps)
    for row in 0..<rows.count {
      let (values, steps) = (Array(rows.values(row)), rows.steps(of: row))
      var sum = 0.0
      var size = 0.0
      for (place, value) in values.enumerated() {
        sum += Double(place / steps + 1) * Double(value)
        size += Double(place / steps + 1) * abs(Double(value))
      }
      #expect(abs(sum - expected.sums[row]) <= 1e-7 * size)
    }
  }

  @Test func commentsMarksAndLineEndsDoNotCount() throws {
    let data = try opened(
      "#\u{FEFF}# ж\r\n@problemName X\r\n@ClassLabel TRUE a b\r\n  \r\n@DATA\r\n# c\r\n 1 , -2e1 :a\r\n\r\n3:b"
    )
    let rows = try #require(data.rows)
    #expect(Array(rows.values(0)) == [1, -20] && Array(rows.values(1)) == [3])
    #expect(data.examples.map(\.label) == ["a", "b"])
    #expect(data.examples.map(\.line) == [7, 9])
    #expect(rows.steps(of: 1) == 1)
  }

  @Test func constantAndEqualSeriesAreFine() throws {
    let data = try opened(Self.head + "1,1,1:a\n0,0,0:b\n1,1,1:b\n")
    let report = LeakageReport(data, Survey(data, threads: 1))
    #expect(report.conflicts.map(\.kind) == [.values])
    #expect(
      report.warnings == [
        "same values, different labels: x.ts#0 (a) = x.ts#2 (b); decide which is right"
      ])
  }

  @Test func everythingWrongWithRowsIsSaidTogether() throws {
    #expect(
      try message(
        "@univariate false\n@dimensions 2\n" + Self.head
          + "1,2:3,4:a\n1,?:3,nan:a\n1,2:3:a\n1,2:a\n1,2:3,4:c\n1,x:3,4:\n1,2:3,1e99:b\n1,:3,-inf:b\n"
      ) == """
        DIR/x.ts:6: the value of step 1 of dimension 0 is missing ('?'); fill it in, or leave the row or the \
        column out
        DIR/x.ts:6: the value of step 1 of dimension 1 is nan, expected a finite number; fill it in, or leave \
        the row or the column out
        DIR/x.ts:7: the dimensions of the series differ in length (2, 1); all dimensions of one series have \
        the same steps
        DIR/x.ts:8: has 1 dimension, expected 2; every series has the same dimensions, divided by colons
        DIR/x.ts:9: the label 'c' is not among those of @classLabel (a, b); add it there, or correct the row, \
        which may be cut off
        DIR/x.ts:10: the value of step 1 of dimension 0 is 'x', expected a number; correct it, or leave the \
        row out
        DIR/x.ts:11: the value of step 1 of dimension 1 is 1e99, too large for a 32-bit number; give the \
        column another unit
        DIR/x.ts:12: the value of step 1 of dimension 0 is missing; fill it in, or leave the row or the \
        column out
        DIR/x.ts:12: the value of step 1 of dimension 1 is -inf, expected a finite number; fill it in, or \
        leave the row or the column out
        """)
  }

  @Test func labels() throws {
    #expect(
      try message(Self.head + "1:a\n2:\n")
        == "DIR/x.ts:4: the label is empty; give it a class or remove the row")
    #expect(
      try message(Self.head + "1:a\n2:?\n", labels: .optional) == "DIR/x.ts:4: "
        + "the label '?' is not among those of @classLabel (a, b); add it there, or correct the row, which may be"
        + " cut off")
    #expect(
      try message("@classLabel true\n@data\n1:?\n2:z\n", labels: .optional)
        == "no error: 2 examples")
    #expect(
      try message("@classLabel false\n@data\n1,2\n")
        == "DIR/x.ts: has no labels; expected a label at the end of each row, and @classLabel true")
    #expect(
      try message("@classLabel false\n@data\n1,2\n3\n", labels: .optional) == "no error: 2 examples"
    )
  }

  @Test(arguments: [
    ("", ": is empty, expected a header and a series a line"),
    ("@problemName X\n@class", ":2: ends without a line @data; the file may be cut off"),
    (
      "@timeStamps true\n@classLabel true\n@data\n(0,1):a",
      ":3: has @timeStamps, which are not read; write values at equal steps of time and false"
    ),
    (
      "@targetLabel true\n@data\n1:0.5",
      ":2: has @targetLabel, numbers to predict; only classes are learned"
    ),
    (
      "@problemName X\n@data\n1:a",
      ":2: no line @classLabel before; write '@classLabel true' and the classes, or false"
    ),
    ("@univariate maybe\n", ":1: @univariate is 'maybe', expected true or false"),
    ("@dimensions 0\n", ":1: @dimensions is '0', expected a whole number of at least 1"),
    ("1,2,3:a\n", ":1: stands before @data and begins neither with @ nor with #"),
    ("@classLabel true a\n@data\n", ": is empty, expected at least one series after @data"),
    (
      "@equalLength true\n@seriesLength 3\n@classLabel true a\n@data\n1,2,3:a\n1,2:a",
      ":6: has 2 steps, but @seriesLength says 3; correct the row, or write @equalLength false"
    ),
    (
      "@classLabel true a\n@data\n1,2,3:a\n1,2",
      ":4: has no label behind a colon, while @classLabel is true; the line may be cut off"
    ),
  ])
  func headersAndCutFiles(text: String, words: String) throws {
    #expect(try message(text) == "DIR/x.ts\(words)")
  }

  @Test func aFileCutAnywhereIsReadShorterOrRefused() throws {
    let text = Array((Self.head + "1,2,3:a\n4,5,6:b\n").utf8)
    try withTemporaryFolder { folder in
      for end in text.indices {
        try Fixture.file("\(folder)/x.ts", Array(text[..<end]))
        let words = Fixture.message(folder, "x.ts")
        let isWhole = end >= text.count - 1
        let isOne =
          text[..<end].count { $0 == UInt8(ascii: "\n") } == 3
          && text[end - 1] == UInt8(ascii: "\n")
        let endsOne = end == text.count - 9
        #expect((words == "no error: 2 examples") == isWhole, "\(end): \(words)")
        #expect((words == "no error: 1 examples") == (isOne || endsOne), "\(end): \(words)")
      }
    }
  }

  @Test func missingMayBeStatedWhereNothingIs() throws {
    #expect(try message("@missing true\n" + Self.head + "1:a\n2:b\n") == "no error: 2 examples")
    let data = try opened("@frequency 7\n" + Self.head + "1:a\n2:b\n")
    #expect(
      data.reading.notes.map(\.description).last == "not read: the header line @frequency")
  }

  @Test func aFolderHoldsOneSet() throws {
    try withTemporaryFolder { folder in
      for name in ["a_train.ts", "A_TEST.TS"] {
        try Fixture.file("\(folder)/\(name)", Self.head + "1:a\n2:b\n")
      }
      #expect(Fixture.message(folder) == "no error: 4 examples")
      // A film, and a program.
      try Fixture.file("\(folder)/film.ts", [0x47, 0x40, 0x11, 0x10])
      try Fixture.file("\(folder)/main.ts", "import x\n")
      #expect(Fixture.message(folder) == "no error: 4 examples")
      try Fixture.file("\(folder)/B_TRAIN.ts", Self.head + "1:a\n")
      #expect(
        Fixture.message(folder)
          == "DIR: holds A_TEST.TS, B_TRAIN.ts, a_train.ts, expected one set, NAME_TRAIN.ts and NAME_TEST.ts;"
          + " put each set into a folder of its own, or name one file")
    }
  }

  @Test func bothFilesHaveTheSameDimensions() throws {
    try withTemporaryFolder { folder in
      try Fixture.file("\(folder)/X_TRAIN.ts", Self.head + "1:2:a\n1:2:b\n")
      try Fixture.file("\(folder)/X_TEST.ts", Self.head + "1:a\n")
      #expect(
        Fixture.message(folder)
          == "DIR/X_TEST.ts:3: has 1 dimension, expected 2; every series has the same"
          + " dimensions, divided by colons")
    }
  }
}
