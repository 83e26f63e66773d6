import Datasets
import Files
import TestSupport
import Testing

@Suite struct InputKindTests {
  @Test func isFoundFromNamesAlone() throws {
    try withTemporaryFolder { folder in
      func found(_ path: String) throws -> InputKind {
        try InputKind.found(at: "\(folder)/\(path)")
      }
      try Fixture.file("\(folder)/a.ts", "")
      try Fixture.file("\(folder)/a.npy", "")
      try Fixture.file("\(folder)/a.png", "")
      try Fixture.file("\(folder)/t.csv", "path,label\na.png,x\n")
      try Fixture.file("\(folder)/f.csv", "path,feature_0\nx,1\n")
      try Fixture.file("\(folder)/wide/labels.csv", "label,feature_0\nx,1\n")
      try Fixture.file("\(folder)/array/features.npy", "")
      try Fixture.file("\(folder)/array/x.png", "")
      try Fixture.file("\(folder)/classes/a/x.png", "")
      let one = NpyText(["x"]).encoded()
      for (name, arrays) in [
        ("X", ["X"]), ("images", ["train_images", "features"]), ("other", ["data"]),
      ] {
        try NpzWriter.write(arrays.map { (name: $0, npy: one) }, to: "\(folder)/\(name).npz")
      }
      #expect(try found("a.ts") == .series)
      for path in ["a.npy", "f.csv", "X.npz", "wide", "array"] {
        #expect(try found(path) == .features, "\(path)")
      }
      for path in ["a.png", "t.csv", "images.npz", "other.npz", "classes"] {
        #expect(try found(path) == .images, "\(path)")
      }
      #expect(throws: DatasetError.file(.missing(path: "\(folder)/no"))) { try found("no") }
    }
  }

  @Test func whatIsAskedForIsReadOrRefused() throws {
    try withTemporaryFolder { folder in
      try Fixture.images(["a/1.png", "b/2.png"], in: folder)
      try Fixture.file("\(folder)/t.ts", "@classLabel true\n@data\n1:a\n")
      #expect(Fixture.message(folder, input: .images) == "no error: 2 examples")
      #expect(
        Fixture.message(folder, input: .features)
          == "DIR: is not read as features; expected a .csv or .tsv,"
          + " .npy, .npz or .safetensors, or a folder with features.npy, features.npz, features.safetensors or"
          + " labels.csv")
      #expect(
        Fixture.message(folder, "t.ts", input: .features).hasPrefix(
          "DIR/t.ts: is not read as features;"))
      #expect(
        Fixture.message("\(folder)/a", input: .series)
          == "DIR: is not read as series; expected a .ts file, or a"
          + " folder with NAME_TRAIN.ts and NAME_TEST.ts")
      #expect(
        Fixture.message(folder, "t.ts", input: .images).hasPrefix("DIR/t.ts: is not a data set;"))
      #expect(
        Fixture.message(folder, "none", input: .series)
          == "DIR/none: no such file or folder; check the path")
      // What was said is not told back as a guess.
      #expect(try Dataset.open("\(folder)/t.ts", input: .series).reading.notes.isEmpty)
    }
  }

  @Test func rowsToPredictOnStandAlone() throws {
    try withTemporaryFolder { folder in
      try Fixture.file("\(folder)/t.ts", "@classLabel true\n@data\n1,2:?\n3:b\n")
      try Fixture.images(["a.png"], in: folder)
      let data = try Dataset.unlabelled(["\(folder)/t.ts"])
      #expect(data.inputKind == .series && data.examples.map(\.label) == [nil, "b"])
      #expect(throws: DatasetError.rowsBesideOthers(path: "\(folder)/t.ts")) {
        try Dataset.unlabelled(["\(folder)/a.png", "\(folder)/t.ts"])
      }
      try Fixture.file("\(folder)/f.csv", "id,feature_0,sort\nr,1,z\n")
      let table = try Dataset.unlabelled(["\(folder)/f.csv"], columns: ColumnNames(label: "sort"))
      #expect(table.examples.map(\.label) == ["z"])
      #expect(throws: DatasetError.noTable(path: "\(folder)/t.ts", columns: ["sort"])) {
        try Dataset.unlabelled(["\(folder)/t.ts"], columns: ColumnNames(label: "sort"))
      }
    }
  }
}
