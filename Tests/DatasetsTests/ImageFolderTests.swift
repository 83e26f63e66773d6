import Datasets
import Imaging
import TestSupport
import Testing

@Suite struct ImageFolderTests {
  @Test func classesAreTheFoldersThatHoldImages() throws {
    try withTemporaryFolder { folder in
      try Fixture.images(
        ["cat/1.png", "siteA/dog/2.png", "siteB/dog/3.PNG", "cat/old/4.png"], in: folder)
      try Fixture.file("\(folder)/cat/notes.txt", "ignored")
      try Fixture.file("\(folder)/.hidden/5.png", "ignored")
      let data = try Dataset.open(folder)
      #expect(data.layout == .classFolders)
      #expect(
        data.examples.map(\.path)
          == ["cat/1.png", "cat/old/4.png", "siteA/dog/2.png", "siteB/dog/3.PNG"])
      #expect(data.examples.map(\.label) == ["cat", "old", "dog", "dog"])
      #expect(data.splits == [])
      #expect(try data.trainingClasses().names == ["cat", "dog", "old"])
      #expect(try data.image(at: 1).pixels.first == 3)
    }
  }

  @Test(arguments: [
    (["train", "val", "test"], [Split.test, .train, .val]),
    (["Training", "Validation", "Testing"], [.test, .train, .val]),
    (["train", "dev"], [.val, .train]),
  ])
  func splitsAreFoundBySynonym(names: [String], splits: [Split]) throws {
    try withTemporaryFolder { folder in
      try Fixture.images(names.flatMap { ["\($0)/a/1.png", "\($0)/b/x/2.png"] }, in: folder)
      let data = try Dataset.open(folder)
      #expect(data.splits == splits.sorted())
      #expect(try data.labelled(.train, classes: ClassList(["a", "x"])).labels == [0, 1])
      #expect(try data.trainingClasses().names == ["a", "x"])
    }
  }

  @Test func aClassMayBeCalledTest() throws {
    try withTemporaryFolder { folder in
      try Fixture.images(["test/1.png", "train/2.png"], in: folder)
      let data = try Dataset.open(folder)
      #expect(data.splits == [])
      #expect(data.examples.map(\.label) == ["test", "train"])
    }
  }

  @Test func everythingWrongIsSaidTogether() throws {
    try withTemporaryFolder { folder in
      try Fixture.images(["a/1.png", "b/2.png", "stray.png"], in: folder)
      try Fixture.file("\(folder)/empty/readme.txt", "")
      #expect(
        Fixture.message(folder) == """
          DIR/stray.png: the image lies outside the class folders; move it into one
          DIR/empty: the class folder holds no image; add images or remove the folder
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
      #expect(twice?.description.hasSuffix("a.png; remove one row") == true)
    }
  }
}
