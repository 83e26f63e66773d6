import Files
import Foundation
import Testing

@Suite struct FileErrorTests {
  @Test(arguments: [
    (ENOENT, FileError.Operation.read, "d/a.csv: no such file or folder; check the path"),
    (
      ENOENT, .write,
      "d/a.csv: cannot be written, the folder d does not exist; create it first: mkdir -p 'd'"
    ),
    (
      EACCES, .write,
      "d/a.csv: no permission to write it; check owner and mode with: ls -ld 'd/a.csv'"
    ),
    (
      EROFS, .write,
      "d/a.csv: cannot be written, its file system is read-only; choose another output folder"
    ),
    (
      ENOSPC, .write,
      "d/a.csv: cannot be written, the disk is full; free some space and run the command again"
        + " (what the file held before is untouched)"
    ),
    (EISDIR, .read, "d/a.csv: is a folder, expected a file"),
    (EIO, .read, "d/a.csv: cannot read it: Input/output error (error 5)"),
  ])
  func systemErrorsInTheUsersWords(code: Int32, operation: FileError.Operation, text: String) {
    #expect(FileError(code: code, path: "d/a.csv", operation: operation).description == text)
  }

  @Test func formatErrorsNameFileAndLine() {
    #expect(
      FileError.malformedLine(path: "a.csv", line: 3, reason: "why").description == "a.csv:3: why")
    #expect(FileError.malformed(path: "a.npz", reason: "is bad").description == "a.npz: is bad")
    #expect(
      FileError.notAFile(path: "p").description
        == "p: is a pipe or a device, expected a file; write what comes out of it into a file first"
    )
  }

  @Test func aNameThatIsNoTextIsCalledSo() {
    #expect(
      FileError.missing(path: "a/b\u{FFFD}.png").description
        == "a/b\u{FFFD}.png: its name holds bytes that are not UTF-8 (shown as \u{FFFD}), so it cannot be opened;"
        + " rename it")
  }

  @Test func pathsInAdviceAreWordsOfAShell() {
    #expect(
      FileError.missingFolder(path: "it's/a b.csv", folder: "it's").description
        .hasSuffix(#"create it first: mkdir -p 'it'\''s'"#))
    #expect(
      FileError.permissionDenied(path: "a 'b'", operation: .read).description
        .hasSuffix(#"ls -ld 'a '\''b'\'''"#))
  }

  @Test func pathsTakenApart() {
    #expect(FilePath.folder(of: "a/b.csv") == "a")
    #expect(FilePath.folder(of: "b.csv") == ".")
    #expect(FilePath.folder(of: "/b.csv") == "/")
    #expect(FilePath.name(of: "a/b/") == "b")
    #expect(FilePath.stem(of: "a/b.tar.gz") == "b.tar")
    #expect(FilePath.fileExtension(of: "a.d/b.JPG") == "jpg")
    #expect(FilePath.fileExtension(of: "a.d/.hidden") == "")
    #expect(FilePath.join("a", "b") == "a/b")
    #expect(FilePath.join("a/", "b") == "a/b")
    #expect(FilePath.join("a", "/b") == "/b")
  }
}
