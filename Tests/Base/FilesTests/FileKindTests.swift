import Files
import Foundation
import TestSupport
import Testing

@Suite struct FileKindTests {
  private static func padded(_ text: String, at offset: Int) -> [UInt8] {
    [UInt8](repeating: 0x20, count: offset) + Array(text.utf8)
  }

  /// First bytes as the programmes that write such files leave them.
  static let heads: [(head: [UInt8], kind: FileKind?)] = [
    (Array("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a".utf8), .gitLFSPointer),
    (
      [0x50, 0x4B, 3, 4] + padded("[Content_Types].xml ... xl/workbook.xml", at: 26), .excelWorkbook
    ),
    (
      [0x50, 0x4B, 3, 4] + padded("[Content_Types].xml ... word/document.xml", at: 26),
      .officeDocument
    ),
    (
      [0x50, 0x4B, 3, 4]
        + padded("mimetypeapplication/vnd.oasis.opendocument.spreadsheet", at: 26),
      .openDocumentSheet
    ),
    ([0x50, 0x4B, 3, 4] + padded("images/1.png", at: 26), .zip),
    ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0], .oldExcelWorkbook),
    ([0xFF, 0xFE, 0x61, 0], .utf16), ([0xFE, 0xFF, 0, 0x61], .utf16),
    ([0xFF, 0xFE, 0, 0], .utf32),
    (Array("path,label\n".utf8).flatMap { [$0, 0] }, .utf16),
    (Array("path,label\n".utf8).flatMap { [0, $0] }, .utf16),
    (Array("\n <!DOCTYPE html><html>".utf8), .webPage), (Array("<HTML>".utf8), .webPage),
    (Array("%PDF-1.7".utf8), .pdf), ([0x1F, 0x8B, 8], .gzip),
    (padded("ustar", at: 257), .archive), (Array("Rar!".utf8), .archive),
    (Array("PAR1".utf8) + [0x15], .parquet), (Array("SQLite format 3\0".utf8), .sqlite),
    ([0x93] + Array("NUMPY".utf8), .numpy), (padded("DICM", at: 128), .dicom),
    (padded("n+1\0", at: 344), .nifti),
    (Array("<?xml version=\"1.0\"?>\n<svg xmlns=".utf8), .svg), (Array("<svg>".utf8), .svg),
    (Array("8BPS".utf8), .photoshop), ([0, 0, 0, 0x18] + Array("ftypisom".utf8), .video),
    // Tables, images and text that only speaks of these things are none of them.
    (Array("path,label\na.png,cat\n".utf8), nil), ([0xFF, 0xD8, 0xFF, 0xE0], nil),
    ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], nil), ([], nil),
    (Array("the version https://git-lfs.github.com/spec/v1".utf8), nil),
    ([0x49, 0x49, 0x2A, 0, 8, 0, 0, 0, 1, 0, 2, 0], nil),
  ]

  @Test(arguments: heads.indices) func contentTells(index: Int) {
    #expect(FileKind(head: Self.heads[index].head) == Self.heads[index].kind)
  }

  @Test func everyKindSaysWhatItIsAndWhatToDo() {
    for kind in FileKind.allCases {
      #expect(!kind.advice.isEmpty)
      #expect(!kind.noun.hasPrefix("a "))
    }
    #expect("\(FileKind.dicom)" == "a DICOM file")
    #expect(FileKind.dicom.noun == "DICOM file")
    #expect(FileKind.excelWorkbook.noun == "Excel workbook")
  }

  @Test func namesTellWhereContentNeedNot() {
    #expect(FileKind(name: "a/b.DCM") == .dicom)
    #expect(FileKind(name: "a.nii.gz") == .nifti)
    #expect(FileKind(name: "a.png") == nil)
  }

  @Test func onlyTheHeadOfAFileIsRead() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/x"
      try Data(Self.padded("DICM", at: 128) + [UInt8](repeating: 0, count: 10_000)).write(
        to: URL(fileURLWithPath: path))
      #expect(FileKind(ofFile: path) == .dicom)
      #expect(try FileBytes.head(of: path, count: 7).count == 7)
      #expect(FileKind(ofFile: "\(folder)/none") == nil)
    }
  }

  @Test func percentCodesAreDecoded() {
    #expect(FilePath.percentDecoded("a%20b%C3%A4.png") == "a bä.png")
    #expect(FilePath.percentDecoded("50%") == nil)
    #expect(FilePath.percentDecoded("%zz") == nil)
    #expect(FilePath.percentDecoded("%E4") == nil)
  }
}
