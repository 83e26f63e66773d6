import Datasets
import Foundation
import Imaging
import TestSupport
import Testing

@Suite struct ImageFolderTests {
  @Test func classesAreTheFirstFolders() throws {
    try withTemporaryFolder { folder in
      try Fixture.images(
        ["cat/1.png", "cat/old/4.png", "dog/40X/2.png", "dog/100X/b/3.PNG"], in: folder)
      try Fixture.file("\(folder)/cat/notes.txt", "ignored")
      try Fixture.file("\(folder)/cat/no image/notes.txt", "ignored")
      try Fixture.file("\(folder)/.hidden/5.png", "ignored")
      let data = try Dataset.open(folder)
      #expect(data.layout == .classFolders)
      #expect(
        data.examples.map(\.path)
          == ["cat/1.png", "cat/old/4.png", "dog/100X/b/3.PNG", "dog/40X/2.png"])
      #expect(data.examples.map(\.label) == ["cat", "cat", "dog", "dog"])
      #expect(data.splits == [])
      #expect(try data.image(at: 1).pixels.first == 1)
    }
  }

  /// The same folder below two others: nothing is merged by its name.
  @Test func foldersOfOneNameDivideNoClass() throws {
    try withTemporaryFolder { folder in
      try Fixture.images(
        ["train/a/left/1.png", "train/b/left/2.png", "test/a/left/3.png", "test/b/4.png"],
        in: folder)
      let data = try Dataset.open(folder)
      #expect(data.examples.map(\.label) == ["a", "b", "a", "b"])
      #expect(data.splits == [.train, .test])
    }
  }

  @Test(arguments: [
    (["train", "val", "test"], [Split.test, .train, .val]),
    (["Training", "Validation", "Testing"], [.test, .train, .val]),
    (["train", "dev"], [.val, .train]),
  ])
  func splitsAreFoundBySynonym(names: [String], splits: [Split]) throws {
    try withTemporaryFolder { folder in
      try Fixture.images(names.flatMap { ["\($0)/a/1.png", "\($0)/x/b/2.png"] }, in: folder)
      let data = try Dataset.open(folder)
      #expect(data.splits == splits.sorted())
      #expect(try data.labelled(.train, classes: ClassList(["a", "x"])).labels == [0, 1])
      #expect(try data.trainingClasses().names == ["a", "x"])
    }
  }

  @Test func aClassMayBeCalledTest() throws {
    try withTemporaryFolder { folder in
      try Fixture.images(["test/1.png", "train/2.png", "control/3.png"], in: folder)
      let data = try Dataset.open(folder)
      #expect(data.splits == [])
      #expect(data.examples.map(\.label) == ["control", "test", "train"])
    }
  }

  @Test func splitFoldersNeedClassFolders() throws {
    try withTemporaryFolder { folder in
      try Fixture.images(["test/1.png", "train/a/2.png", "train/b/3.png"], in: folder)
      #expect(
        Fixture.message(folder)
          == "DIR/test/1.png: the image lies outside the class folders; move it into one")
    }
  }

  @Test func aSplitThatIsMeantIsNotDrawnAnew() throws {
    try withTemporaryFolder { folder in
      try Fixture.images(
        ["cat/train/1.png", "cat/valid/2.png", "dog/train/3.png", "dog/valid/4.png"], in: folder)
      #expect(
        Fixture.message(folder) == "DIR: a class folder holds split folders (cat/train, cat/valid);"
          + " put the split first, as in train/cat/1.jpg, or list the images in a table")
    }
  }

  @Test(arguments: ["", "train/"])
  func classesOneFolderTooDeep(split: String) throws {
    try withTemporaryFolder { folder in
      try Fixture.images((0..<6).map { "\(split)images/c\($0)/1.png" }, in: folder)
      #expect(
        Fixture.message(folder)
          == "DIR/\(split)images: would be the only class, and holds the folders"
          + " c0, c1, c2, c3, c4, … (6); if these are the classes, name DIR/\(split)images itself or"
          + " move them up")
      // One class with images of its own is what it says.
      try Fixture.images(["\(split)images/2.png"], in: folder)
      #expect(try Dataset.open(folder).examples.allSatisfy { $0.label == "images" })
    }
  }

  @Test func aTableWhereNothingReadsItIsNamed() throws {
    try withTemporaryFolder { folder in
      try Fixture.images(["a/1.png", "b/2.png"], in: folder)
      try Fixture.file("\(folder)/a/metadata.csv", "file_name,patient_id\n1.png,p\n")
      #expect(
        Fixture.message(folder) == "DIR/a/metadata.csv: a table in a class folder is not read;"
          + " put one beside the class or split folders, or one in each split folder")
    }
  }

  @Test func everythingWrongIsSaidTogether() throws {
    try withTemporaryFolder { folder in
      try Fixture.images(["a/1.png", "b/2.png", "stray.png"], in: folder)
      try Fixture.file("\(folder)/empty/readme.txt", "")
      #expect(
        Fixture.message(folder) == """
          DIR/stray.png: the image lies outside the class folders; move it into one
          DIR/empty: holds no image; add images or remove the folder
          """)
      try Fixture.images(["splits/train/a/1.png", "splits/test/b/2.png"], in: folder)
      try Fixture.file("\(folder)/splits/train/b/readme.txt", "")
      try Fixture.file("\(folder)/splits/val/readme.txt", "")
      #expect(
        Fixture.message(folder, "splits") == """
          DIR/splits/train/b: holds no image; add images or remove the folder
          DIR/splits/val: holds no image; add images or remove the folder
          """)
    }
  }

  @Test func emptyAndMixedFoldersAreNamed() throws {
    try withTemporaryFolder { folder in
      #expect(
        Fixture.message(folder)
          == "DIR: is empty, expected a folder per class with images in it, or a labels.csv")
      try Fixture.images(["train/a/1.png", "test/a/1.png", "extra/2.png"], in: folder)
      #expect(
        Fixture.message(folder)
          == "DIR: has split folders (test, train) beside others with images (extra);"
          + " move them apart")
    }
    #expect(
      Fixture.message("/no/such/folder") == "DIR: no such file or folder; check the path")
  }

  @Test func unlabelledFoldersAndFilesForPrediction() throws {
    try withTemporaryFolder { folder in
      try Fixture.images(["x/b.png", "a.png", "c.png"], in: folder)
      let data = try Dataset.unlabelled([folder])
      #expect(data.layout == .files)
      #expect(
        data.examples.map(\.path) == ["a.png", "c.png", "x/b.png"].map { "\(folder)/\($0)" })
      #expect(data.examples.allSatisfy { $0.label == nil })
      let several = try Dataset.unlabelled(["\(folder)/a.png", "\(folder)/x"])
      #expect(several.examples.map(\.path) == ["\(folder)/a.png", "\(folder)/x/b.png"])
      let twice = #expect(throws: DatasetError.self) {
        try Dataset.unlabelled(["\(folder)/a.png", "\(folder)/a.png"])
      }
      #expect(twice?.description == "\(folder)/a.png: the image is named twice; name it once")
    }
  }

  /// Where the file system keeps both, as Linux does; macOS takes one for the other.
  @Test(arguments: [
    ("\u{E9}.png", "e\u{301}.png"), ("\u{D55C}.png", "\u{1112}\u{1161}\u{11AB}.png"),
  ])
  func namesInTwoUnicodeFormsAreRefused(one: String, other: String) throws {
    try withTemporaryFolder { folder in
      try Fixture.images(["cat/1.png", "cat/\(one)", "dog/\(other)"], in: folder)
      #expect(try Dataset.open(folder).examples.count == 3)
      try Fixture.images(["cat/\(other)"], in: folder)
      let files = try FileManager.default.contentsOfDirectory(atPath: folder + "/cat")
      guard files.count == 3 else { return }
      for labels in [LabelPolicy.required, .optional] {
        let words = Fixture.message(folder, labels: labels)
        #expect(
          words.hasPrefix("DIR/cat/\(one): two files have this name, in two Unicode forms"),
          "\(words)")
      }
    }
  }
}
