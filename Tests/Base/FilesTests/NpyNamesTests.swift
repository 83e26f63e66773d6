import Files
import Testing

@Suite struct NpyNamesTests {
  private func npy(_ descr: String, _ shape: String, _ bytes: [UInt8]) -> [UInt8] {
    let header = "{'descr': '\(descr)', 'fortran_order': False, 'shape': \(shape), }\n"
    return [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(header.utf8.count), 0] + Array(header.utf8)
      + bytes
  }

  private func message(_ file: [UInt8]) -> String {
    do throws(FileError) { return "\(try NpyNames.parse(file, name: "y"))" } catch {
      return error.description
    }
  }

  @Test func textsAndWholeNumbersAreNames() throws {
    #expect(try NpyNames.parse(NpyText(["a", "ж"]).encoded(), name: "y") == ["a", "ж"])
    #expect(message(npy("|S3", "(2,)", Array("ab\0xyz".utf8))) == "[\"ab\", \"xyz\"]")
    #expect(message(npy("<i2", "(2, 1)", [3, 0, 0xFF, 0xFF])) == "[\"3\", \"-1\"]")
    #expect(message(npy("<f4", "(2,)", [0, 0, 0x80, 0x3F, 0, 0, 0, 0])) == "[\"1\", \"0\"]")
    #expect(message(npy("<U1", "(2, 1)", [0x61, 0, 0, 0, 0x62, 0, 0, 0])) == "[\"a\", \"b\"]")
  }

  @Test func allElseIsRefused() {
    #expect(
      message(npy("<f4", "(1,)", [0, 0, 0, 0x3F]))
        == "y: expected texts or whole numbers, found 0.5 in row 0")
    #expect(message(npy("<f4", "(1,)", [0, 0, 0xC0, 0x7F])).hasSuffix("found nan in row 0"))
    #expect(
      message(npy("<i2", "(1, 2)", [3, 0, 4, 0]))
        == "y: expected one name a row, [N], found an array [1, 2]")
    #expect(
      message(npy("|O", "(1,)", [0]))
        == "y: holds Python objects, which are not read; save it as text, .astype(str)")
    #expect(
      message(npy("|S3", "(2,)", Array("abc".utf8)))
        == "y: expected 2 texts of 3 bytes, found 3 bytes")
    #expect(
      message(npy("|S1", "(1,)", [0xFF])) == "y: text 0 is not UTF-8; save it as text, .astype(str)"
    )
    #expect(message(npy("<U1", "(2,)", [0x61, 0])).hasPrefix("y: expected 2 texts"))
  }
}
