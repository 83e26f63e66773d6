import Datasets
import Files
import Imaging
import TestSupport
import Testing

/// Paths in tables that are not written as this machine writes them.
@Suite struct TablePathsTests {
  /// What opening a table of these paths says and finds.
  private func open(
    _ paths: [String], images: [String], _ check: (String, Dataset?, String) throws -> Void
  ) throws {
    try withTemporaryFolder { folder in
      try Fixture.images(images, in: folder)
      let rows = paths.enumerated().map { row, path in
        DelimitedWriter.line([path.replacing("DIR", with: folder), "c\(row % 2)"])
      }
      try Fixture.file("\(folder)/t.csv", "path,label\n" + rows.joined())
      try check(
        folder, try? Dataset.open("\(folder)/t.csv"), Fixture.message(folder, "t.csv"))
    }
  }

  private func shades(_ data: Dataset?) throws -> [UInt8?] {
    let data = try #require(data)
    return try data.examples.indices.map { try data.image(at: $0).pixels.first }
  }

  @Test(arguments: [
    (
      ["img\\a.png", ".\\img\\b.png"], ReadingNote.backslashes(paths: 2),
      "2 paths with backslashes, read as slashes"
    ),
    (
      ["file://DIR/img/a.png", "file://localhostDIR/img/b%2Epng"], .fileAddresses(paths: 2),
      "2 file: addresses read as paths"
    ),
    (
      ["img/a", "img/b"], .withoutExtension(paths: 2, found: ["png"]),
      "2 paths without an extension, found as .png"
    ),
    (
      ["img/a.png", "img%2Fb.png"], .percentDecoded(paths: 1),
      "1 path with codes such as %20, read as what they stand for"
    ),
    (
      ["a.png", "b.png"], .foundByName(paths: 2, folders: ["img"]),
      "2 images found by name in img"
    ),
    (
      ["/data/local-files/?d=img/a.png", "/data/upload/3/12ab34cd-b.png"],
      .labelStudioPaths(paths: 1), "1 address of Label Studio read as a local file"
    ),
  ])
  func spellings(paths: [String], note: ReadingNote, words: String) throws {
    try open(paths, images: ["img/a.png", "img/b.png"]) { _, data, message in
      #expect(message == "no error: 2 examples")
      try #expect(shades(data) == [0, 1])
      #expect(data?.reading.notes.first == note)
      #expect("\(note)" == words)
    }
  }

  @Test func aFileMayHaveSuchAName() throws {
    try open(["a\\b.png", "50%25.png"], images: ["a\\b.png", "50%25.png"]) { _, data, _ in
      try #expect(shades(data) == [0, 1])
      #expect(data?.reading.notes == [])
    }
  }

  @Test func accentsInEitherEncodingAreOne() throws {
    // The file name is decomposed, as macOS writes it; the table has the composed letter.
    try open(["B\u{E4}r.png"], images: ["Ba\u{308}r.png"]) { _, data, _ in
      try #expect(shades(data) == [0])
      #expect(data?.reading.notes == [])
    }
  }

  @Test(arguments: [
    (
      "https://example.org/a.png",
      "the image 'https://example.org/a.png' is an address (https:) and is not fetched; download it and"
        + " write its path"
    ),
    (
      "s3://bucket/a.png",
      "the image 's3://bucket/a.png' is an address (s3:) and is not fetched; download it and write its"
        + " path"
    ),
    (
      "C:\\data\\a.png",
      "the image 'C:\\data\\a.png' is a path of another machine, with a drive or a server of Windows;"
        + " write it from the folder of the table on"
    ),
    (
      "file:///C:/data/a.png",
      "the image 'file:///C:/data/a.png' is a path of another machine, with a drive or a server of"
        + " Windows; write it from the folder of the table on"
    ),
    (
      "\\\\server\\a.png",
      "the image '\\\\server\\a.png' is a path of another machine, with a drive or a server of Windows;"
        + " write it from the folder of the table on"
    ),
    (
      "IMG/A.png",
      "the image 'IMG/A.png' does not exist (looked for DIR/IMG/A.png); is img/a.png meant? Then write"
        + " that"
    ),
    (
      "/home/anna/a.png",
      "the image '/home/anna/a.png' does not exist (looked for /home/anna/a.png); is img/a.png meant?"
        + " Then write that"
    ),
    (
      "none.png", "the image 'none.png' does not exist (looked for DIR/none.png)"
    ),
  ])
  func whatIsNoFileIsRefused(path: String, words: String) throws {
    try open(["img/a.png", path], images: ["img/a.png"]) { _, _, message in
      #expect(message == "DIR/t.csv:3: \(words)")
    }
  }

  @Test func severalFilesOfANameAreNotGuessed() throws {
    try open(["img/a"], images: ["img/a.png", "img/a.jpg"]) { _, _, message in
      #expect(
        message
          == "DIR/t.csv:2: the image 'img/a' may be a.jpg, a.png; write the path with its folder"
          + " and extension")
    }
    try open(["a.png"], images: ["train/a.png", "test/a.png"]) { _, _, message in
      #expect(
        message
          == "DIR/t.csv:2: the image 'a.png' may be test/a.png, train/a.png; write the path with"
          + " its folder and extension")
    }
    // The folder decides, where the table has one.
    try open(["test/a", "train/a"], images: ["x/train/a.png", "x/test/a.png"]) { _, data, _ in
      try #expect(shades(data) == [1, 0])
    }
  }

  /// A single missing file is not replaced by one of its name from elsewhere.
  @Test func nothingIsLookedForWhereOtherPathsAreRight() throws {
    try open(["a.png", "b.png"], images: ["a.png", "old/b.png"]) { _, _, message in
      #expect(
        message
          == "DIR/t.csv:3: the image 'b.png' does not exist (looked for DIR/b.png); is old/b.png"
          + " meant? Then write that")
    }
  }

  @Test func oneFileInTwoSpellingsStandsTwice() throws {
    try open(["img/a", "img\\a.png"], images: ["img/a.png"]) { _, _, message in
      #expect(
        message == "DIR/t.csv:3: the image 'img\\a.png' is listed already in line 2; remove one row"
      )
    }
  }

  @Test func imagesThatTheTableDoesNotListAreCounted() throws {
    try withTemporaryFolder { folder in
      try Fixture.images(["img/a.png", "img/b.png", "img/more/c.png", "img/.d.png"], in: folder)
      try Fixture.file("\(folder)/img/e.dcm", "x")
      try Fixture.file("\(folder)/img/f", try Fixture.png(9))
      try Fixture.file("\(folder)/img/._a.png", "x")
      try Fixture.file("\(folder)/t.csv", "path,label\nimg/a.png,x\n")
      let data = try Dataset.open("\(folder)/t.csv")
      #expect(
        data.reading.notes.map(\.description) == [
          "not counted: 2 images that the table does not list (first img/b.png), 1 hidden image"
            + " (img/.d.png), 1 .dcm (DICOM, img/e.dcm), 1 without an extension (PNG image, img/f)"
        ])
      // Nothing of it for images to predict on.
      try #expect(Dataset.open("\(folder)/t.csv", labels: .optional).reading.notes == [])
    }
  }
}
