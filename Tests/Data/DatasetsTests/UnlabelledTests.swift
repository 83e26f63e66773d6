import Datasets
import Files
import Imaging
import TestSupport
import Testing

/// Images to predict on that are none.
@Suite struct UnlabelledTests {
  private func message(_ folder: String, _ names: [String], skipping: Bool = false) -> String {
    do throws(DatasetError) {
      let data = try Dataset.unlabelled(names.map { "\(folder)/\($0)" }, skipping: skipping)
      return "\(data.examples.map(\.path)) \(data.reading.notes)".replacing(folder, with: "DIR")
    } catch {
      return error.description.replacing(folder, with: "DIR")
    }
  }

  @Test func everyFileIsNamedInOneGoAndSaysWhatItIs() throws {
    try withTemporaryFolder { folder in
      try Fixture.images(["a.png"], in: folder)
      try Fixture.file("\(folder)/x.dcm", [UInt8](repeating: 0, count: 128) + Array("DICM".utf8))
      try Fixture.file("\(folder)/plain", Fixture.png(1))
      try Fixture.file("\(folder)/LICENSE", "words")
      try Fixture.file("\(folder)/scan.pdf", "%PDF-1.4")
      let names = ["a.png", "x.dcm", "LICENSE", "none.png", "scan.pdf"]
      #expect(
        message(folder, names) == """
          DIR/x.dcm: is a DICOM file, not an image; convert it to PNG or TIFF first, for example with \
          DCMTK's dcmj2pnm
          DIR/LICENSE: is not an image; expected one of JPEG, PNG, TIFF, WebP, GIF, BMP, FITS, NumPy, \
          JPEG 2000, JPEG XL, HEIF, Netpbm
          DIR/none.png: no such file or folder; check the path
          DIR/scan.pdf: is a PDF document, not an image; save what it holds as CSV (UTF-8) or as images
          """)
      // The content of a file without an extension decides.
      #expect(message(folder, ["plain"]) == "[\"DIR/plain\"] []")
    }
  }

  @Test func skippingGoesOnWithTheOthers() throws {
    try withTemporaryFolder { folder in
      try Fixture.images(["a.png"], in: folder)
      try Fixture.file("\(folder)/x.dcm", "x")
      #expect(
        message(folder, ["a.png", "x.dcm"], skipping: true)
          == "[\"DIR/a.png\"] [left out: DIR/x.dcm: is a DICOM file, not an image; convert it to PNG or"
          + " TIFF first, for example with DCMTK's dcmj2pnm]")
      // A name that is not there is a slip and no bad image.
      #expect(
        message(folder, ["a.png", "no.png"], skipping: true)
          == "DIR/no.png: no such file or folder; check the path")
      #expect(
        message(folder, ["x.dcm"], skipping: true)
          == "DIR/x.dcm: is a DICOM file, not an image; convert it to PNG or TIFF first, for example with"
          + " DCMTK's dcmj2pnm")
    }
  }

  @Test func theSameFileTwiceIsRefusedInAnySpelling() throws {
    try withTemporaryFolder { folder in
      try Fixture.images(["d/a.png", "d/b.png"], in: folder)
      try Fixture.file("\(folder)/t.csv", "path\nd/a.png\n")
      try Fixture.file("\(folder)/u.csv", "path\nd/a.png\n")
      #expect(
        message(folder, ["d/a.png", "./d//a.png"])
          == "DIR/./d//a.png: the image is named twice; name it once")
      #expect(
        message(folder, ["d", "d/b.png"]) == "DIR/d/b.png: the image is named twice; name it once")
      #expect(
        message(folder, ["t.csv", "u.csv"])
          == "DIR/u.csv:2: the image 'd/a.png' is listed already in DIR/t.csv:2; remove one row")
      #expect(
        message(folder, ["t.csv", "t.csv"]).hasPrefix("DIR/t.csv:2: the image is named twice"))
    }
  }

  @Test func whatIsNotCountedIsShownBelowItsFolder() throws {
    try withTemporaryFolder { folder in
      try Fixture.images(["d/a.png", "e/b.png"], in: folder)
      try Fixture.file("\(folder)/d/x.dcm", "x")
      try Fixture.file("\(folder)/e/x.dcm", "x")
      #expect(
        message(folder, ["d", "e"])
          == "[\"DIR/d/a.png\", \"DIR/e/b.png\"] [not counted: 1 .dcm (DICOM, DIR/d/x.dcm), not counted:"
          + " 1 .dcm (DICOM, DIR/e/x.dcm)]")
    }
  }

  @Test func columnsOfATableAreChosenForPredictionToo() throws {
    try withTemporaryFolder { folder in
      try Fixture.images(["a.png", "b.png"], in: folder)
      try Fixture.file("\(folder)/t.csv", "which\na.png\nb\n")
      let data = try Dataset.unlabelled(["\(folder)/t.csv"], columns: ColumnNames(path: "which"))
      #expect(data.examples.count == 2)
      let error = #expect(throws: DatasetError.self) {
        try Dataset.unlabelled(["\(folder)/a.png"], columns: ColumnNames(path: "which"))
      }
      #expect(error == .noTable(path: "\(folder)/a.png", columns: ["which"]))
    }
  }

  @Test func imagesThatAreSomethingElseAreNamedOnce() throws {
    try withTemporaryFolder { folder in
      let pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n"
      try Fixture.file("\(folder)/a/1.png", pointer)
      try Fixture.images(["b/2.png"], in: folder)
      let data = try Dataset.open(folder)
      let problems = Survey(data, threads: 1).problems(of: data)
      #expect(
        problems.first.map { "\($0)".replacing(folder, with: "DIR") } == [
          "DIR/a/1.png: is a Git LFS pointer, not an image; fetch the file itself with: git lfs pull"
        ])
    }
    // A row of a table has a place of its own, so the name of the image is not left out.
    try withTemporaryFolder { folder in
      try Fixture.file("\(folder)/1.png", "none")
      try Fixture.file("\(folder)/t.csv", "path,label\n1.png,a\n")
      let data = try Dataset.open("\(folder)/t.csv")
      let problem = try #require(Survey(data, threads: 1).problems(of: data).first.first)
      #expect("\(problem)".hasPrefix("\(folder)/t.csv:2: 1.png: not an image; expected one of"))
    }
  }
}
