import Files
import Foundation
import TestSupport
import Testing

/// Texts and archives written as NumPy writes and reads them.
@Suite struct NpyTextTests {
  private struct Saved: Decodable {
    let texts: [String]
    let npy: String
    let numbers: String
  }

  private let saved: Saved
  init() throws { saved = try Golden.load("Files/text.json") }

  private func hex(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  private var numbers: NpyArray {
    let values = (0..<6).map { Float($0) }
    return NpyArray(
      dtype: .float32, shape: [2, 3], bytes: values.withUnsafeBytes { Array($0) })
  }

  @Test func sameBytesAsNumpy() throws {
    let text = NpyText(saved.texts)
    #expect(hex(text.encoded()) == saved.npy)
    #expect(hex(numbers.encoded()) == saved.numbers)
    #expect(try NpyText(parsing: text.encoded(), name: "t.npy") == text)
    #expect(try NpyText(parsing: NpyText([]).encoded(), name: "t.npy").texts == [])
  }

  @Test func whatIsNoTextIsNamed() throws {
    func message(_ bytes: [UInt8]) -> String? {
      do throws(FileError) {
        _ = try NpyText(parsing: bytes, name: "t.npy")
        return nil
      } catch { return error.description }
    }
    #expect(
      message(numbers.encoded())
        == "t.npy: expected texts along one axis, got elements of type '<f4' of shape [2, 3]")
    let whole = NpyText(["ab", "c"]).encoded()
    #expect(
      message(whole.dropLast()) == "t.npy: expected 2 texts of 2 characters, found 15 bytes")
    #expect(
      message(whole.dropLast(4) + [0, 0xD8, 0, 0])
        == "t.npy: text 1 holds 55296, which is no character")
  }

  /// Plain, with wide sizes, and with wide sizes and offsets.
  @Test(arguments: [Int.max, 200, 0]) func archivesAreReadBack(wideFrom limit: Int) throws {
    try withTemporaryFolder { folder in
      let path = FilePath.join(folder, "a.npz")
      let text = NpyText(saved.texts)
      let arrays = [(name: "features", npy: numbers.encoded()), ("ids", text.encoded())]
      try NpzWriter.write(arrays, to: path, wideFrom: limit)
      let archive = try NpzArchive(path: path)
      #expect(archive.names == ["features", "ids"])
      #expect(try archive.array("features") == numbers)
      let zip = try ZipArchive(path: path)
      #expect(try NpyText(parsing: zip.read("ids.npy"), name: "ids") == text)
      let first = try FileBytes.read(path)
      try NpzWriter.write(arrays, to: path, wideFrom: limit)
      #expect(try FileBytes.read(path) == first)
    }
  }
}
