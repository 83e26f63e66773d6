import Datasets
import Files
import TestSupport
import Testing

@Suite struct FeatureArrayTests {
  /// A `.npy` file of 64-bit numbers.
  private func npy(_ shape: [Int], _ values: [Double]) -> [UInt8] {
    NpyArray(
      dtype: .float64, shape: shape,
      bytes: values.flatMap { value in
        withUnsafeBytes(of: value.bitPattern.littleEndian) { Array($0) }
      }
    ).encoded()
  }

  private func npz(_ arrays: [(String, [UInt8])], to path: String) throws {
    try NpzWriter.write(arrays.map { (name: $0.0, npy: $0.1) }, to: path)
  }

  @Test(arguments: ["float16", "float32", "float64", "int16", "fortran"])
  func archivesAsNumpyWroteThem(name: String) throws {
    let golden = try RowGolden.load()
    let data = try Dataset.open(Golden.path("Datasets/Rows/\(name).npz"))
    let rows = try #require(data.rows)
    #expect(data.layout == .features && data.name == name && rows.width == 5)
    #expect((0..<6).flatMap { rows.values($0) } == golden.features[name])
    #expect(data.examples.map(\.path) == golden.ids)
    #expect(data.examples.map(\.label) == golden.labels)
    #expect(data.examples.map(\.split?.rawValue) == golden.splits)
    #expect(data.examples.map(\.group) == ["7", "7", "8", "9", "9", "9"])
    #expect(
      data.reading.notes.map(\.description) == [
        "read as features: it has an array 'features'", "not read: the array logits",
      ])
  }

  @Test func numbersAndBytesAreClassesToo() throws {
    let numbers = try Dataset.open(Golden.path("Datasets/Rows/numbers.npz"))
    #expect(numbers.examples.map(\.label) == ["2", "0", "2", "1", "1", "2"])
    #expect(numbers.examples[4].path == "numbers.npz#4")
    #expect(numbers.examples[4].origin.hasSuffix("numbers.npz:X[4]"))
    let golden = try RowGolden.load()
    let bytes = try Dataset.open(Golden.path("Datasets/Rows/bytes.npz"))
    #expect(bytes.examples.map(\.label) == golden.labels)
  }

  @Test func aTableNamesTheRowsInAnyOrder() throws {
    let golden = try RowGolden.load()
    let data = try Dataset.open(Golden.path("Datasets/Rows/plain.npy"))
    #expect(data.examples.map(\.label) == golden.labels)
    #expect(data.examples.map(\.group) == ["p7", "p7", "p8", "p9", "p9", "p9"])
    #expect(data.examples[5].path == "plain.npy#5")
    #expect(data.examples[5].origin.hasSuffix("plain.labels.csv:2"))
    #expect(
      data.reading.notes.map(\.description) == [
        "read as features: the name ends in .npy",
        "the labels of 6 rows are those that plain.labels.csv has for its name, in 'path'",
      ])
    #expect(
      data.reading.tables.map(\.usedText) == [
        "path as path, label as label, patient_id as group; no split"
      ])
  }

  @Test func labelsAreJoinedByNameByNumberOrInOrder() throws {
    try withTemporaryFolder { folder in
      try Fixture.file("\(folder)/features.npy", npy([3, 1], [1, 2, 3]))
      func labels(_ text: String) throws -> [String] {
        try Fixture.file("\(folder)/labels.csv", text)
        let data = try Dataset.open(folder)
        return data.examples.map { "\($0.path) \($0.label ?? "")" }
          + data.reading.notes.dropFirst().map(\.description)
      }
      #expect(
        try labels("label\nx\ny\nz\n") == [
          "features.npy#0 x", "features.npy#1 y", "features.npy#2 z",
          "the labels of labels.csv are taken for the 3 rows one by one: nothing in it names the rows",
        ])
      #expect(
        try labels("id,label\n2,x\n0,y\n1,z\n").prefix(3) == [
          "features.npy#0 y", "features.npy#1 z", "features.npy#2 x",
        ])
      // Numbers from 1 name nothing.
      #expect(
        try labels("id,label\n1,x\n2,y\n3,z\n").last
          == "the labels of labels.csv are taken for the 3 rows one by one: nothing in it names the rows"
      )
      #expect(
        try labels("path,label\nfeatures.npy#2,x\nfeatures.npy#0,y\n") == [
          "features.npy#0 y", "features.npy#2 x",
          "the labels of 2 rows are those that labels.csv has for its name, in 'path'",
          "left out: 1 row that the table does not list (first features.npy#1)",
        ])
      try Fixture.file(
        "\(folder)/labels.csv",
        "path,label,split\nfeatures.npy#2,x,train\nfeatures.npy#2,x,\nfeatures.npy#3,y,test\n")
      #expect(
        Fixture.message(folder) == """
          DIR/labels.csv:3: the split is empty, while other rows have one; fill it in or drop the column
          DIR/labels.csv:3: the row 'features.npy#2' is listed already in line 2; give each row a name of its own
          DIR/labels.csv:4: 'features.npy#3' names no row of features.npy; remove the row here
          """)
      try Fixture.file("\(folder)/labels.csv", "label\nx\ny\n")
      #expect(
        Fixture.message(folder)
          == "DIR/labels.csv: has 2 labels for 3 rows of DIR/features.npy; give each row"
          + " one, or name the rows in a column 'path', such as 'features.npy#0'")
      // To predict on, labels are no matter.
      let data = try Dataset.unlabelled(["\(folder)/features.npy"])
      #expect(data.examples.allSatisfy { $0.label == nil } && data.examples.count == 3)
      #expect(
        data.reading.notes.last?.description
          == "the labels of labels.csv are not read: it has 2 for 3 rows")
      try Fixture.file("\(folder)/labels.csv", "sort\nx\ny\nz\n")
      #expect(Fixture.message(folder).hasPrefix("DIR/labels.csv:1: no label column; found: sort;"))
      #expect(
        Fixture.message(folder, columns: ColumnNames(label: "sort")) == "no error: 3 examples")
    }
  }

  @Test func labelsOfAnArrayStandInOrder() throws {
    try withTemporaryFolder { folder in
      try Fixture.file("\(folder)/a.npy", npy([2, 2], [1, 2, 3, 4]))
      #expect(
        Fixture.message(folder, "a.npy")
          == "DIR/a.npy: has no labels; expected labels.csv, a.labels.csv,"
          + " labels.npy or y.npy in the folder")
      #expect(Fixture.message(folder, "a.npy", labels: .optional) == "no error: 2 examples")
      try Fixture.file("\(folder)/y.npy", NpyText(["u", "v"]).encoded())
      #expect(try Dataset.open("\(folder)/a.npy").examples.map(\.label) == ["u", "v"])
      try Fixture.file("\(folder)/y.npy", npy([2], [4, 5.5]))
      #expect(
        Fixture.message(folder, "a.npy")
          == "DIR/y.npy: expected texts or whole numbers, found 5.5 in row 1")
      try Fixture.file("\(folder)/y.npy", npy([3], [4, 5, 6]))
      #expect(
        Fixture.message(folder, "a.npy").hasPrefix(
          "DIR/y.npy: has 3 labels for 2 rows of DIR/a.npy;"))
      try Fixture.file("\(folder)/labels.csv", "label\nx\ny\n")
      #expect(
        Fixture.message(folder, "a.npy")
          == "DIR: holds several tables (labels.csv, y.npy); name the one to use")
      // That with the name of the features is meant for them.
      try Fixture.file("\(folder)/a.labels.csv", "label\nr\ns\n")
      #expect(try Dataset.open("\(folder)/a.npy").examples.map(\.label) == ["r", "s"])
    }
  }

  @Test func archivesThatDoNotFit() throws {
    try withTemporaryFolder { (folder: String) throws in
      func message(_ arrays: [(String, [UInt8])]) throws -> String {
        try npz(arrays, to: "\(folder)/a.npz")
        return Fixture.message(folder, "a.npz", input: .features)
      }
      let x = npy([2, 2], [1, 2, 3, 4])
      func texts(_ texts: String...) -> [UInt8] { NpyText(texts).encoded() }
      #expect(try message([("z", x)]) == "DIR/a.npz: has no array 'features' or 'X'; it has: z")
      #expect(
        try message([("X", x)])
          == "DIR/a.npz: has no labels; expected an array 'labels' or 'y' in it, or"
          + " labels.csv, a.labels.csv, labels.npy or y.npy in the folder")
      #expect(
        try message([("X", npy([4], [1, 2, 3, 4]))])
          == "DIR/a.npz:X: expected features [N, D], at least one row of at least one number, found <f8 [4]"
      )
      for shape in [[0, 2], [2, 0]] {
        #expect(try message([("X", npy(shape, []))]).hasSuffix("found <f8 \(shape)"))
      }
      #expect(
        try message([("X", x), ("y", texts("a", "b", "c"))])
          == "DIR/a.npz:y: expected 2 entries, one for each row of 'X', found 3")
      #expect(
        try message([("X", x), ("y", texts("a", ""))])
          == "DIR/a.npz:labels[1]: the label is empty; give it a class or remove the row")
      #expect(
        try message([
          ("X", npy([2, 2], [.nan, 2, 1e300, -.infinity])), ("y", texts("a", "b")),
          ("ids", texts("i", "i")), ("splits", texts("train", "x")),
        ]) == """
          DIR/a.npz:X[0]: the value of feature_0 is nan, expected a finite number; fill it in, or leave the row \
          or the column out
          DIR/a.npz:X[1]: the value of feature_0 is 1e+300, too large for a 32-bit number; give the column \
          another unit
          DIR/a.npz:X[1]: the value of feature_1 is -inf, expected a finite number; fill it in, or leave the \
          row or the column out
          DIR/a.npz:ids[1]: the row 'i' is listed already in ids[0]; give each row a name of its own
          DIR/a.npz:splits[1]: 'x' in column 'splits' is no split; accepted: train, training, trainval, val, \
          valid, validation, eval, evaluation, dev, test, testing
          """)
    }
  }

  @Test func cutFilesAreRefused() throws {
    try withTemporaryFolder { folder in
      let x = npy([3, 2], [1, 2, 3, 4, 5, 6])
      try Fixture.file("\(folder)/labels.csv", "label\na\nb\na\n")
      for end in [0, 5, 40, x.count - 1] {
        try Fixture.file("\(folder)/x.npy", Array(x[..<end]))
        #expect(Fixture.message(folder, "x.npy").hasPrefix("DIR/x.npy: "), "\(end)")
        #expect(!Fixture.message(folder, "x.npy").contains("no error"), "\(end)")
      }
      try npz(
        [("features", x), ("labels", NpyText(["a", "b", "a"]).encoded())], to: "\(folder)/whole.npz"
      )
      let whole = try FileBytes.read("\(folder)/whole.npz")
      #expect(Fixture.message(folder, "whole.npz") == "no error: 3 examples")
      for end in stride(from: 0, to: whole.count, by: 7) {
        try Fixture.file("\(folder)/cut.npz", Array(whole[..<end]))
        #expect(
          Fixture.message(folder, "cut.npz", input: .features).hasPrefix("DIR/cut.npz: "), "\(end)")
      }
    }
  }
}
