import Datasets
import TestSupport
import Testing

/// Top folders that are splits and not classes, and what is not counted.
@Suite struct FolderLayoutTests {
  private func files(_ tops: [String], _ classes: [String] = ["cat", "dog"]) -> [String] {
    tops.flatMap { top in classes.map { "\(top)/\($0)/\(top)\($0).png" } }
  }

  @Test(arguments: [
    (["training_set", "test_set"], [Split.train, .test]), (["trainval", "test"], [.train, .test]),
    (["Train Images", "Validation Images"], [.train, .val]),
    (["train-data", "testdata"], [.train, .test]),
    (["images_train", "images_val"], [.train, .val]),
    (["TrainingSet", "dev set"], [.train, .val]),
  ])
  func namesOfSplits(tops: [String], splits: [Split]) throws {
    try withTemporaryFolder { folder in
      try Fixture.images(files(tops), in: folder)
      let data = try Dataset.open(folder)
      #expect(data.splits == splits.sorted())
      #expect(try data.trainingClasses().names == ["cat", "dog"])
      #expect(data.reading == Reading())
    }
  }

  @Test func wordsInNamesOfFoldersThatHoldTheSame() throws {
    try withTemporaryFolder { folder in
      try Fixture.images(files(["seg_train", "seg_test"]), in: folder)
      let data = try Dataset.open(folder)
      #expect(data.splits == [.train, .test])
      #expect(Set(data.examples.compactMap(\.label)) == ["cat", "dog"])
      #expect(
        data.reading.notes
          == [.foldersAsSplits(folders: ["seg_test", "seg_train"], splits: [.test, .train])])
      #expect(
        "\(data.reading.notes[0])"
          == "the folders hold the same classes and are taken for splits: seg_test is test, seg_train is"
          + " train")
    }
    // As it is published, one folder too many lies between the split and the classes.
    try withTemporaryFolder { folder in
      try Fixture.images(
        ["seg_train/seg_train", "seg_test/seg_test"].flatMap {
          ["\($0)/a/1.png", "\($0)/b/2.png"]
        },
        in: folder)
      #expect(
        Fixture.message(folder)
          == "DIR/seg_test/seg_test: would be the only class, and holds the folders a, b; if these are the"
          + " classes, name DIR/seg_test/seg_test itself or move them up")
    }
  }

  @Test func foldersThatHoldTheSameAreNoClasses() throws {
    let words = """
      DIR: the folders part1, part2 hold the same folders (cat, dog), as splits do, and are not called \
      train, val and test; rename them so, or, if they are the classes, list the images in a table
      """
    for (tops, more) in [(["part1", "part2"], []), (["part1", "part2"], ["part1/owl/1.png"])] {
      try withTemporaryFolder { folder in
        try Fixture.images(files(tops) + more, in: folder)
        #expect(Fixture.message(folder) == words)
      }
    }
  }

  @Test func foldersBelowClassesAreNoSplits() throws {
    // One folder in common divides nothing; different folders are patients.
    for paths in [
      ["cat/images/1.png", "dog/images/2.png"],
      ["cat/p1/1.png", "cat/p2/2.png", "dog/p3/3.png", "dog/p4/4.png"],
      ["cat/left/1.png", "cat/right/2.png", "dog/left/3.png", "dog/right/4.png", "dog/5.png"],
    ] {
      try withTemporaryFolder { folder in
        try Fixture.images(paths, in: folder)
        #expect(Set(try Dataset.open(folder).examples.compactMap(\.label)) == ["cat", "dog"])
      }
    }
  }

  @Test func whatIsNotCountedIsNamed() throws {
    try withTemporaryFolder { folder in
      try Fixture.images(["cat/1.jfif", "cat/2.JPG", "dog/3.png"], in: folder)
      for name in ["cat/x.dcm", "dog/y.DCM", "dog/notes.txt", "README.md", "cat/.DS_Store"] {
        try Fixture.file("\(folder)/\(name)", "x")
      }
      try Fixture.file("\(folder)/dog/IM1", Fixture.png(7))
      try Fixture.file("\(folder)/dog/IM2", [UInt8](repeating: 0, count: 128) + Array("DICM".utf8))
      let data = try Dataset.open(folder)
      #expect(data.examples.map(\.path) == ["cat/1.jfif", "cat/2.JPG", "dog/3.png"])
      #expect(
        data.reading.notes.map(\.description) == [
          "not counted: 2 .dcm (DICOM, first cat/x.dcm), 1 .md (README.md),"
            + " 1 without an extension (PNG image, dog/IM1),"
            + " 1 without an extension (DICOM file, dog/IM2), 1 .txt (dog/notes.txt)"
        ])
      #expect(
        try Dataset.open(folder, labels: .optional).reading.notes.map(\.description)
          == data.reading.notes.map(\.description))
    }
  }

  @Test func foldersOfOtherImagesSayWhatTheyHold() throws {
    try withTemporaryFolder { folder in
      try Fixture.images(["dog/3.png"], in: folder)
      try Fixture.file("\(folder)/cat/x.dcm", "x")
      #expect(
        Fixture.message(folder)
          == "DIR/cat: holds no image that is read, only 1 .dcm (DICOM, x.dcm); convert them to PNG or TIFF,"
          + " or remove the folder")
      #expect(
        Fixture.message(folder + "/cat", labels: .optional)
          == "DIR: holds no image that is read, only 1 .dcm (DICOM, x.dcm)")
    }
  }

  @Test func tablesBesideClassFoldersAreNamed() throws {
    try withTemporaryFolder { folder in
      try Fixture.images(["cat/1.png", "dog/2.png"], in: folder)
      try Fixture.file("\(folder)/patients.csv", "path,patient\n")
      let data = try Dataset.open(folder)
      #expect(data.reading.warnings == [.tablesNotRead(["patients.csv"])])
      #expect(
        "\(data.reading.warnings[0])"
          == "patients.csv is not read: the class folders decide; name the table itself to read it")
    }
    try withTemporaryFolder { folder in
      try Fixture.file("\(folder)/train.csv", "path,label\n")
      #expect(
        Fixture.message(folder)
          == "DIR: no folder says a class; the labels may stand in train.csv: name that table")
    }
  }

  @Test func droppingReachesFoldersWithFaults() throws {
    try withTemporaryFolder { folder in
      try Fixture.images(["cat/1.png", "dog/2.png"], in: folder)
      try Fixture.file("\(folder)/empty/readme.txt", "")
      try Fixture.file("\(folder)/odd/metadata.csv", "")
      #expect(Fixture.message(folder).contains("DIR/empty: holds no image"))
      #expect(Fixture.message(folder, dropping: ["empty", "odd"]) == "no error: 2 examples")
      #expect(
        Fixture.message(folder, dropping: ["cow"]).hasSuffix(
          "DIR/odd: holds no image; add images or remove"
            + " the folder"))
      #expect(
        Fixture.message(folder, dropping: ["empty", "odd", "cow"])
          == "no such class: cow; the data have: cat, dog, empty, odd")
    }
    try withTemporaryFolder { folder in
      try Fixture.images(files(["train", "test"]), in: folder)
      try Fixture.file("\(folder)/train/empty/readme.txt", "")
      let data = try Dataset.open(folder, dropping: ["empty", "dog"])
      #expect(data.examples.map(\.label) == ["cat", "cat"])
    }
  }
}
