import Datasets
import Files
import Foundation
import Randomness
import TestSupport
import Testing

/// Data in which an image may have several labels: every way in, and what is refused.
@Suite struct LabelDataTests {
  private func lists(_ cells: [String], in folder: String) throws -> Dataset {
    try Fixture.images(cells.indices.map { "\($0).png" }, in: folder)
    let rows =
      [["path", "finding"]] + cells.enumerated().map { ["\($0).png", $1] }
    try Fixture.file("\(folder)/t.csv", rows.map { DelimitedWriter.line($0) }.joined())
    return try Dataset.open("\(folder)/t.csv", labels: .several)
  }

  private func npy(_ type: NpyArray.Scalar, _ shape: [Int], _ bytes: [UInt8]) -> [UInt8] {
    NpyArray(dtype: type, shape: shape, bytes: bytes).encoded()
  }

  private func marks(_ data: Dataset) -> [String] {
    data.examples.map { example in
      (example.labels ?? []).map { $0 == nil ? "?" : $0 == true ? "1" : "0" }.joined()
    }
  }

  @Test func columnsOfLists() throws {
    try withTemporaryFolder { folder in
      let data = try lists(
        ["b|a", "", "a ; c", "[\"c\", \"a\"]", "['b']", "No Finding", "b"], in: folder)
      #expect(data.labelNames == ["a", "b", "c"])
      #expect(marks(data) == ["110", "000", "101", "101", "010", "000", "010"])
      #expect(data.examples.allSatisfy { $0.label == nil })
      #expect(data.labelText(of: 0) == "a|b" && data.labelText(of: 1) == "")
      #expect(data.reading.notes.map(\.description).contains("'No Finding' is read as no label"))
      #expect(data.reading.tables[0].usedText.hasPrefix("path as path, finding as lists of labels"))
    }
  }

  @Test func aColumnForEachLabelWithBlanksAndMinusOne() throws {
    try withTemporaryFolder { folder in
      try Fixture.images(["0.png", "1.png", "2.png"], in: folder)
      try Fixture.file(
        folder + "/t.csv",
        "path,find_a,find_b,age\n0.png,1,-1,40\n1.png,1.0,1,50\n2.png,,0,60\n")
      for columns in [["find_*"], ["find_a", "find_b"]] {
        let data = try Dataset.open(
          folder + "/t.csv", labels: .several, columns: ColumnNames(labelColumns: columns))
        #expect(data.labelNames == ["find_a", "find_b"])
        #expect(marks(data) == ["1?", "11", "?0"])
        #expect(data.examples[0].attributes == ["age": "40"])
        #expect(data.labelText(of: 0) == "find_a|find_b?")
        #expect(marks(data.taking(unknown: false)) == ["10", "11", "00"])
        #expect(marks(data.taking(unknown: true)) == ["11", "11", "10"])
      }
      let strange = Fixture.message(
        folder, "t.csv", labels: .several, columns: ColumnNames(labelColumns: ["found_*"]))
      #expect(strange.contains("no column") || strange.contains("found_*"), "\(strange)")
      let single = Fixture.message(
        folder, "t.csv", labels: .several, columns: ColumnNames(labelColumns: ["*_a"]))
      #expect(single.contains("got *_a, which matches 'find_a' alone"), "\(single)")
    }
  }

  @Test func medMNISTOfSeveralLabels() throws {
    try withTemporaryFolder { folder in
      var entries: [(name: String, bytes: [UInt8])] = []
      for split in ["train", "val", "test"] {
        entries.append(
          ("\(split)_images.npy", npy(.uint8, [3, 2, 2], (0..<12).map { UInt8($0) })))
        entries.append(
          ("\(split)_labels.npy", npy(.int8, [3, 2], [1, 0, 255, 1, 0, 0])))
      }
      try Fixture.file(folder + "/chest.npz", zipped(entries))
      let path = folder + "/chest.npz"
      let data = try Dataset.open(path, labels: .several)
      #expect(data.labelNames == ["0", "1"])
      #expect(marks(data) == ["10", "?1", "00", "10", "?1", "00", "10", "?1", "00"])
      #expect(data.splits == [.train, .val, .test])
      #expect(LabelSign.found(at: path)?.sign == "the array 'train_labels' has 2 columns")
      // Classes alone are read from [N, 1], and pictures to predict on need none.
      #expect(Fixture.message(path).contains("expected 3 whole numbers, one class per image"))
      #expect(try Dataset.unlabelled([path]).examples.count == 9)
    }
  }

  @Test func featuresOfSeveralLabels() throws {
    try withTemporaryFolder { folder in
      try Fixture.file(
        folder + "/f.npz",
        zipped([
          ("features.npy", npy(.uint8, [3, 2], [1, 2, 3, 4, 5, 6])),
          ("labels.npy", npy(.uint8, [3, 2], [1, 1, 0, 0, 0, 1])),
        ]))
      let data = try Dataset.open(folder + "/f.npz", labels: .several)
      #expect(data.labelNames == ["0", "1"] && marks(data) == ["11", "00", "01"])
      try Fixture.file(
        folder + "/t.csv", "feature_0,feature_1,labels\n1,2,a|b\n3,4,\n5,6,b\n")
      let table = try Dataset.open(folder + "/t.csv", labels: .several)
      #expect(table.labelNames == ["a", "b"] && marks(table) == ["11", "00", "01"])
      // Beside the array, joined in order.
      try Fixture.file(folder + "/own/x.npy", npy(.uint8, [2, 1], [1, 2]))
      try Fixture.file(folder + "/own/labels.csv", "label\na|b\nb\n")
      let joined = try Dataset.open(folder + "/own/x.npy", labels: .several)
      #expect(joined.labelNames == ["a", "b"] && marks(joined) == ["11", "01"])
      #expect(
        LabelSign.found(at: folder + "/own/x.npy")?.sign
          == "the column 'label' holds lists such as 'a|b'")
    }
  }

  @Test func tablesInSplitFolders() throws {
    try withTemporaryFolder { folder in
      for (split, cells) in [("train", ["a|b", "b"]), ("test", ["a|c", ""])] {
        try Fixture.images(["0.png", "1.png"], in: "\(folder)/\(split)")
        try Fixture.file(
          "\(folder)/\(split)/metadata.csv",
          "file_name,label\n0.png,\(cells[0])\n1.png,\(cells[1])\n")
      }
      let data = try Dataset.open(folder, labels: .several)
      #expect(data.labelNames == ["a", "b", "c"])
      let byPath = Dictionary(uniqueKeysWithValues: zip(data.examples.map(\.path), marks(data)))
      #expect(
        byPath == [
          "train/0.png": "110", "train/1.png": "010", "test/0.png": "101", "test/1.png": "000",
        ])
    }
  }

  @Test func mistakesAreNamedTogether() throws {
    try withTemporaryFolder { folder in
      try Fixture.images(["0.png", "1.png", "2.png"], in: folder)
      try Fixture.file(folder + "/t.csv", "path,a,b\n0.png,1,2\n1.png,maybe,0\n2.png,0,1\n")
      let columns = ColumnNames(labelColumns: ["a", "b"])
      #expect(
        Fixture.message(folder, "t.csv", labels: .several, columns: columns) == """
          DIR/t.csv:2: the cell of 'b' is '2', expected 1, 0, or blank or -1 where the label is not known
          DIR/t.csv:3: the cell of 'a' is 'maybe', expected 1, 0, or blank or -1 where the label is not known
          """)
      try Fixture.file(folder + "/l.csv", "path,label\n0.png,\"[\"\"a\"\", \"\n1.png,b\n")
      #expect(
        Fixture.message(folder, "l.csv", labels: .several).contains(
          "l.csv:2: the labels '[\"a\",' are no list; write a|b, a;b or [\"a\", \"b\"], and nothing where there"
            + " is none"))
      try Fixture.file(folder + "/n.csv", "path,age,sex\n0.png,1,0\n")
      #expect(
        Fixture.message(folder, "n.csv", labels: .several).contains("label"), "no column of labels")
    }
    try withTemporaryFolder { folder in
      try Fixture.images(["cat/0.png", "dog/1.png"], in: folder)
      #expect(
        Fixture.message(folder, labels: .several)
          == "DIR: class folders say one class an image; several labels stand in a table (a column of lists, or"
          + " --label-columns), in a MedMNIST .npz, or in features")
    }
  }

  @Test func aLabelIsShownBothWaysByTheTrainingPart() throws {
    try withTemporaryFolder { folder in
      try Fixture.images((0..<3).map { "\($0).png" }, in: folder)
      try Fixture.file(
        folder + "/t.csv",
        "path,a,b,c,d,split\n0.png,1,,1,0,train\n1.png,0,-1,1,0,train\n2.png,1,1,0,1,test\n")
      let data = try Dataset.open(
        folder + "/t.csv", labels: .several,
        columns: ColumnNames(labelColumns: ["a", "b", "c", "d"]))
      let error = #expect(throws: DatasetError.self) { try data.trainingLabels() }
      let file = "\(folder)/t.csv"
      #expect(
        error?.description == """
          \(file): the label 'b' is known of no training image; leave it out with --drop-class 'b'
          \(file): each of the 2 training images of which 'c' is known has it, so there is nothing to learn; leave it out \
          with --drop-class 'c'
          \(file): none of the 2 training images of which 'd' is known has it, so there is nothing to learn; leave it out \
          with --drop-class 'd'
          """, "\(error?.description ?? "")")
      let rest = try data.dropping(labels: ["b", "c", "d"])
      #expect(rest.examples.count == 3 && rest.labelNames == ["a"])
      #expect(try rest.trainingLabels().names == ["a"])
      #expect(throws: DatasetError.unknownClasses(["e"], known: ["a", "b", "c", "d"])) {
        try data.dropping(labels: ["e"])
      }
    }
  }

  @Test func signs() throws {
    try withTemporaryFolder { folder in
      func sign(_ text: String, _ columns: [String] = []) throws -> String? {
        try Fixture.file(folder + "/t.csv", text)
        return LabelSign.found(
          at: folder + "/t.csv", columns: ColumnNames(labelColumns: columns))?.sign
      }
      let ofClasses = try sign("path,label\n0.png,a\n1.png,b\n")
      #expect(ofClasses == nil)
      #expect(
        try sign("path,label\n0.png,a\n1.png,a|b\n")
          == "the column 'label' holds lists such as 'a|b'")
      #expect(try sign("path,a,b\n0.png,1,0\n1.png,0,1\n", ["a", "b"]) == nil)
      #expect(
        try sign("path,a,b\n0.png,1,1\n1.png,0,1\n", ["a", "b"])
          == "rows have a 1 in several of the columns of labels")
      #expect(
        try sign("path,a,b\n0.png,1,\n1.png,0,1\n", ["a", "b"])
          == "rows are blank or -1 in some of the columns of labels")
      #expect(
        try sign("path,f_a,f_b\n0.png,1,\n1.png,0,1\n", ["f_*"])
          == "rows are blank or -1 in some of the columns of labels")
      // A cell that is no mark in a table of labels is for their reader to refuse; in one of classes it says nothing of labels.
      #expect(
        try sign("path,a,b\n0.png,1,1\n1.png,0,1\n2.png,u,1\n", ["a", "b"])
          == "rows have a 1 in several of the columns of labels")
      #expect(try sign("path,a,b\n0.png,1,1\n1.png,2,1\n", ["a", "b"]) == nil)
      #expect(try sign("path,a,b\n0.png,1,\n1.png,u,1\n2.png,0,1\n", ["a", "b"]) == nil)
      // One row of 200 with two ones is a slip of the pen in a table of classes.
      let rows = (0..<200).map { "\($0).png,\($0 == 7 ? "1,1" : "1,0")\n" }.joined()
      #expect(try sign("path,a,b\n" + rows, ["a", "b"]) == nil)
    }
  }

  @Test func classNamesOrderAndRenameLabels() throws {
    try withTemporaryFolder { folder in
      let data = try lists(["1|0", "", "2"], in: folder)
      try Fixture.file(folder + "/names.csv", "class,name\n2,two\n0,zero\n1,one\n")
      let named = try data.naming(ClassNames.read(folder + "/names.csv"))
      #expect(named.labelNames == ["two", "zero", "one"])
      #expect(marks(named) == ["011", "000", "100"])
      #expect(named.classNames?.entries.map(\.label) == ["2", "0", "1"])
      let ordered = try data.choosing(labels: ["2", "0", "1"])
      #expect(named.digest == ordered.digest)
      // A label that is left out needs none, and may stand in the list.
      let rest = try data.dropping(labels: ["2"])
      let names = try ClassNames.read(folder + "/names.csv")
      let few = try rest.naming(names, leftOut: ["2"])
      #expect(few.labelNames == ["zero", "one"])
      #expect(throws: DatasetError.self) { try rest.naming(names) }
      // Other data are renamed as far as the list knows them.
      #expect(rest.renaming(names).labelNames == ["zero", "one"])
      try Fixture.file(folder + "/list.txt", "zero\none\ntwo\n")
      #expect(
        try data.naming(ClassNames.read(folder + "/list.txt")).labelNames == ["zero", "one", "two"])
      try Fixture.file(folder + "/short.csv", "class,name\n0,zero\n1,one\n")
      #expect(throws: DatasetError.self) {
        try data.naming(ClassNames.read(folder + "/short.csv"))
      }
    }
  }

  /// Other data than a model's own: a list that does not name a label says that no image has it, a missing column says
  /// nothing, and what the model does not know is said.
  @Test func labelsAsAModelHasThem() throws {
    try withTemporaryFolder { folder in
      let data = try lists(["b|z", "", "a"], in: folder)
      let judged = try data.choosing(labels: ["a", "hernia", "b"])
      #expect(judged.labelNames == ["a", "hernia", "b"])
      #expect(marks(judged) == ["001", "000", "100"])
      let notes = judged.reading.notes.map(\.description)
      #expect(notes.contains("no image has 'hernia', which the lists of labels do not name"))
      #expect(notes.contains("not judged, as the model does not know them: 'z'"))
      try Fixture.file(folder + "/c.csv", "path,f_a,f_b\n0.png,1,1\n1.png,0,1\n")
      let columns = try Dataset.open(
        folder + "/c.csv", labels: .several, columns: ColumnNames(labelColumns: ["f_*"]))
      #expect(throws: DatasetError.unknownClasses(["hernia"], known: ["f_a", "f_b"])) {
        try columns.choosing(labels: ["f_a", "hernia"])
      }
    }
  }

  /// A class spelled in columns of an array is no sign of labels, a word for a missing value is warned of, and an array of
  /// classes beside features is not read as labels.
  @Test func whatIsNotTakenForLabels() throws {
    try withTemporaryFolder { folder in
      func archive(_ labels: [UInt8]) throws -> LabelSign? {
        try Fixture.file(
          folder + "/f.npz",
          zipped([
            ("features.npy", npy(.uint8, [3, 1], [1, 2, 3])),
            ("y.npy", npy(.uint8, [3, 2], labels)),
          ]))
        return LabelSign.found(at: folder + "/f.npz")
      }
      let oneHot = try archive([1, 0, 0, 1, 1, 0])
      let several = try archive([1, 0, 0, 1, 1, 1])
      let none = try archive([1, 0, 0, 1, 0, 0])
      #expect(oneHot == nil && several != nil && none != nil)
      let data = try lists(["a|NaN", "NaN", "a"], in: folder)
      #expect(
        data.reading.warnings.contains(.missingValueWord("NaN", role: .label, rows: 2)))
      try Fixture.file(folder + "/own/x.npy", npy(.uint8, [2, 1], [1, 2]))
      try Fixture.file(folder + "/own/labels.npy", npy(.uint8, [2], [0, 1]))
      #expect(
        Fixture.message(folder, "own/x.npy", labels: .several)
          == "DIR/own/labels.npy: says one class a row; several labels stand in an array 'labels' [N, L] of an .npz,"
          + " or in labels.csv")
    }
  }

  /// 2,000 images of 600 patients with labels of 40 % to 1 %, some not known: no patient in two parts, and every
  /// label's share within a fifth of what was wanted, of the rarest within two images.
  @Test func splitsAreEvenInEveryLabel() throws {
    var source = RandomSource(seed: 3)
    let shares = [0.4, 0.2, 0.05, 0.01]
    var data = Dataset(name: "made", layout: .manifest, examples: [])
    data.labelNames = ["a", "b", "c", "d"]
    for row in 0..<2000 {
      data.examples.append(
        Example(
          path: "\(row)", source: .pixels(0),
          labels: shares.enumerated().map { label, share in
            label == 1 && source.uniform() < 0.3 ? nil : source.uniform() < share
          }, group: "p\(source.below(600))", file: "t.csv", line: row + 2))
    }
    let result = try Splitter(key: RandomKey(seed: 4)).split(data)
    let parts = Dictionary(grouping: result.dataset.examples, by: { $0.split })
    for (split, wanted) in [(Split.train, 0.7), (.val, 0.15), (.test, 0.15)] {
      let examples = parts[split] ?? []
      #expect(abs(Double(examples.count) / 2000 - wanted) < 0.02)
      for label in 0..<4 {
        let own = examples.count { $0.labels?[label] == true }
        let all = data.examples.count { $0.labels?[label] == true }
        let goal = wanted * Double(all)
        #expect(abs(Double(own) - goal) <= max(2, 0.1 * goal), "\(split) \(label)")
      }
      let known = examples.count { $0.labels?[1] != nil }
      let all = data.examples.count { $0.labels?[1] != nil }
      #expect(abs(Double(known) / Double(all) - wanted) < 0.03)
    }
    var places: [String: Set<Split>] = [:]
    for example in result.dataset.examples {
      if let group = example.group, let split = example.split {
        places[group, default: []].insert(split)
      }
    }
    #expect(places.values.allSatisfy { $0.count == 1 })
    #expect(
      result.statements[0].text(of: "label")
        == "split into train, val, test, stratified by label; \(places.count) groups, each in one split only"
    )
    let again = try Splitter(key: RandomKey(seed: 4)).split(data).dataset
    #expect(again.digest == result.dataset.digest)
  }

  @Test func theDigestKnowsWhatIsNotKnown() throws {
    var data = Dataset(
      name: "made", layout: .manifest,
      examples: [Example(path: "0", source: .pixels(0), labels: [true, nil], file: "t.csv")])
    data.labelNames = ["a", "b"]
    let digest = data.digest
    data.examples[0].labels = [true, false]
    #expect(data.digest != digest)
  }
}
