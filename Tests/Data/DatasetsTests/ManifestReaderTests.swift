import Datasets
import Files
import Foundation
import Imaging
import Randomness
import TestSupport
import Testing

@Suite struct ManifestReaderTests {
  @Test(arguments: [
    (
      "t.csv",
      "path,label,split,group,age\na.png,x,train,p1,7\n./d/b.png,y,dev,p2,\nc.png,x,test,,9\n"
    ),
    (
      "t.tsv",
      "Image\tdx\tfold\tPatientID\tage\na.png\tx\ttrain\tp1\t7\n./d/b.png\ty\tdev\tp2\t\nc.png\tx\ttest\t\t9\n"
    ),
    (
      "t.jsonl",
      """
      {"file_name": "a.png", "target": "x", "split": "train", "patient_id": "p1", "age": 7}
      {"file_name": "./d/b.png", "target": "y", "split": "dev", "patient_id": "p2", "age": null}
      {"age": 9, "target": "x", "split": "test", "patient_id": null, "file_name": "c.png"}
      """
    ),
  ])
  func recognisesColumnsByTheirNames(name: String, text: String) throws {
    try withTemporaryFolder { folder in
      try Fixture.images(["a.png", "d/b.png", "c.png"], in: folder)
      try Fixture.file("\(folder)/\(name)", text)
      let data = try Dataset.open("\(folder)/\(name)")
      #expect(data.layout == .manifest)
      #expect(data.examples.map(\.path) == ["a.png", "./d/b.png", "c.png"])
      #expect(data.examples.map(\.label) == ["x", "y", "x"])
      #expect(data.examples.map(\.split) == [.train, .val, .test])
      #expect(data.examples.map(\.group) == ["p1", "p2", nil])
      #expect(data.examples.map { $0.attributes["age"] } == ["7", "", "9"])
      #expect(data.examples[1].source == .file("\(FilePath.absolute(folder))/d/b.png"))
      #expect(data.examples[0].origin.hasSuffix(name == "t.jsonl" ? "jsonl:1" : "sv:2"))
    }
  }

  @Test func aTableInTheFolderWinsOverClassFolders() throws {
    try withTemporaryFolder { folder in
      try Fixture.images(["images/a/1.png", "images/b/2.png"], in: folder)
      try Fixture.file("\(folder)/labels.csv", "path,label\nimages/a/1.png,z\n")
      #expect(try Dataset.open(folder).examples.map(\.label) == ["z"])
      try Fixture.file("\(folder)/metadata.jsonl", "{}")
      #expect(
        Fixture.message(folder)
          == "DIR: holds several tables (labels.csv, metadata.jsonl); name the one to use")
    }
  }

  @Test func imageRootReplacesTheTablesFolder() throws {
    try withTemporaryFolder { folder in
      try Fixture.images(["pictures/1.png"], in: folder)
      try Fixture.file("\(folder)/tables/t.csv", "path,label\n1.png,z\n")
      let data = try Dataset.open("\(folder)/tables/t.csv", imageRoot: "\(folder)/pictures")
      #expect(try data.image(at: 0).width == 3)
      let unlabelled = try Dataset.unlabelled(
        ["\(folder)/tables/t.csv", "\(folder)/pictures/1.png"], imageRoot: "\(folder)/pictures")
      #expect(unlabelled.examples.map(\.path) == ["1.png", "\(folder)/pictures/1.png"])
    }
  }

  @Test func imageRootIsNamedWhereItDoesNotFit() throws {
    try withTemporaryFolder { folder in
      try Fixture.images(["a/1.png", "b/2.png"], in: folder)
      try Fixture.file("\(folder)/t/t.csv", "path,label\n1.png,x\n\(folder)/none.png,y\n")
      let message = { (path: String, root: String) -> String in
        do throws(DatasetError) {
          _ = try Dataset.open("\(folder)/\(path)", imageRoot: "\(folder)/\(root)")
          return "no error"
        } catch {
          return error.description.replacingOccurrences(of: folder, with: "DIR")
        }
      }
      #expect(
        message("t/t.csv", "b") == """
          DIR/t/t.csv:2: the image '1.png' does not exist (looked for DIR/b/1.png, as paths start from \
          the image root DIR/b)
          DIR/t/t.csv:3: the image 'DIR/none.png' does not exist (looked for DIR/none.png)
          """)
      #expect(
        message("t/t.csv", "pics")
          == "image root DIR/pics: no such folder; name the one that the paths of the table start from"
      )
      try FileManager.default.removeItem(atPath: "\(folder)/t")
      #expect(
        message("", "a")
          == "image root DIR/a: only paths of a table start there, and DIR/ is no table; leave it out"
      )
      #expect(throws: DatasetError.imageRootWithoutTable(path: "\(folder)/a", root: folder)) {
        try Dataset.unlabelled(["\(folder)/a", "\(folder)/b"], imageRoot: folder)
      }
    }
  }

  @Test func everythingWrongIsSaidTogether() throws {
    try withTemporaryFolder { folder in
      try Fixture.images(["a.png", "b.png", "c.png", "d.png"], in: folder)
      try Fixture.file(
        "\(folder)/t.csv",
        """
        path,label,split
        a.png,x,train
        a.png,x,train
        none.png,x,train
        b.png,,train
        ,x,train
        c.png,y,tst
        d.png,y,

        """)
      #expect(
        Fixture.message(folder, "t.csv") == """
          DIR/t.csv:3: the image 'a.png' is listed already in line 2; remove one row
          DIR/t.csv:4: the image 'none.png' does not exist (looked for DIR/none.png)
          DIR/t.csv:5: the label is empty; give it a class or remove the row
          DIR/t.csv:6: the path is empty
          DIR/t.csv:7: 'tst' in column 'split' is no split; accepted: train, training, trainval, \
          val, valid, validation, eval, evaluation, dev, test, testing
          DIR/t.csv:8: the split is empty, while other rows have one; fill it in or drop the column
          """)
    }
  }

  @Test(arguments: ["fold", "Fold"]) func numberedFoldsAreNoSplit(column: String) throws {
    try withTemporaryFolder { folder in
      try Fixture.images(["a.png", "b.png"], in: folder)
      try Fixture.file("\(folder)/t.csv", "path,label,\(column)\na.png,x,0\nb.png,y,1\n")
      let data = try Dataset.open("\(folder)/t.csv")
      #expect(data.splits == [])
      #expect(data.examples.map { $0.attributes[column] } == ["0", "1"])
      // Numbers among words, and numbers in a column called split, are mistakes.
      try Fixture.file("\(folder)/t.csv", "path,label,\(column)\na.png,x,train\nb.png,y,1\n")
      #expect(
        Fixture.message(folder, "t.csv") == "DIR/t.csv:3: '1' in column '\(column)' is no split;"
          + " accepted: \(Split.accepted); numbered folds belong in a column called fold")
      try Fixture.file("\(folder)/t.csv", "path,label,split\na.png,x,0\n")
      #expect(
        Fixture.message(folder, "t.csv") == "DIR/t.csv:2: '0' in column 'split' is no split;"
          + " accepted: \(Split.accepted); numbered folds belong in a column called fold")
    }
  }

  @Test func aSplitColumnWinsOverFolds() throws {
    try withTemporaryFolder { folder in
      try Fixture.images(["a.png"], in: folder)
      try Fixture.file("\(folder)/t.csv", "path,label,fold,split\na.png,x,3,test\n")
      let example = try Dataset.open("\(folder)/t.csv").examples[0]
      #expect(example.split == .test)
      #expect(example.attributes == ["fold": "3"])
    }
  }

  @Test func manyProblemsAreCounted() throws {
    try withTemporaryFolder { folder in
      let rows = (1...31).map { "\($0).png,x\n" }.joined()
      try Fixture.file("\(folder)/t.csv", "path,label\n" + rows)
      let lines = Fixture.message(folder, "t.csv").split(separator: "\n")
      #expect(lines.count == 21)
      #expect(lines.last == "… and 11 more (31 problems in all)")
    }
  }

  @Test(arguments: [
    ("path,label\n", "DIR/t.csv: is empty, expected at least one row with an image"),
    ("", "DIR/t.csv: is empty, expected a header line"),
    (
      "path,label\na.png\n",
      "DIR/t.csv:2: 1 fields, but the header has 2 columns (path, label);"
        + " quote a field that holds the separator"
    ),
  ])
  func brokenTablesAreNamed(text: String, message: String) throws {
    try withTemporaryFolder { folder in
      try Fixture.file("\(folder)/t.csv", text)
      #expect(Fixture.message(folder, "t.csv") == message)
    }
  }

  @Test func withoutLabelsForPrediction() throws {
    try withTemporaryFolder { folder in
      try Fixture.images(["a.png"], in: folder)
      try Fixture.file("\(folder)/t.csv", "path,site\na.png,north\n")
      let data = try Dataset.unlabelled(["\(folder)/t.csv"])
      #expect(data.examples[0].label == nil)
      #expect(data.examples[0].attributes == ["site": "north"])
    }
  }

  @Test func otherFilesAreNoData() throws {
    try withTemporaryFolder { folder in
      try Fixture.file("\(folder)/a.pdf", "x")
      #expect(
        Fixture.message(folder, "a.pdf")
          == "DIR/a.pdf: is not a data set; expected a folder with one folder per class, a table"
          + " (.csv, .tsv, .jsonl, .json), COCO's annotations (.json), a MedMNIST .npz, a folder with IDX files, tar shards,"
          + " features (.npy, .npz, .safetensors, or a table with feature_0), or series (.ts)")
    }
  }

  @Test func damagedTablesAreErrorsOrData() throws {
    try withTemporaryFolder { folder in
      try Fixture.images(["a.png", "b.png"], in: folder)
      for (name, text) in [
        ("t.csv", "path,label,split,group\na.png,x,train,1\n\"b.png\",y,val,2\n"),
        ("t.jsonl", "{\"path\":\"a.png\",\"label\":\"x\"}\n{\"path\":\"b.png\",\"label\":1}\n"),
      ] {
        let fuzz = Fuzz(Array(text.utf8), key: RandomKey(seed: 21))
        for index in 0..<400 {
          try Fixture.file("\(folder)/\(name)", fuzz.mutant(index))
          _ = Fixture.message(folder, name)
        }
      }
    }
  }
}
