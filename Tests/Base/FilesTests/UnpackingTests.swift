import Files
import Foundation
import TestSupport
import Testing

/// Archives and packed files at their edges: sizes, members, flags, checksums.
@Suite struct UnpackingTests {
  /// The check value of CRC-32 (ISO 3309), and Python's `zlib.crc32`.
  @Test func checksumsArePublished() {
    func checksum(_ text: String) -> UInt32 {
      Array(text.utf8).withUnsafeBytes { CRC32.checksum($0) }
    }
    #expect(checksum("123456789") == 0xCBF4_3926)
    #expect(checksum("") == 0 && checksum("a") == 0xE8B7_BE43)
    #expect(checksum("The quick brown fox jumps over the lazy dog") == 0x414F_A339)
  }

  /// In two pieces, cut anywhere, be one of them empty.
  @Test func checksumsGoOn() {
    let bytes = Array("123456789".utf8)
    for cut in 0...bytes.count {
      let first = Array(bytes[..<cut]).withUnsafeBytes { CRC32.checksum($0) }
      let whole = Array(bytes[cut...]).withUnsafeBytes { CRC32.checksum($0, after: first) }
      #expect(whole == 0xCBF4_3926, "\(cut)")
    }
  }

  private func message(_ bytes: [UInt8], limit: Int = 1 << 20) -> String {
    do throws(FileError) {
      return "\(try Gzip.decompress(bytes, name: "a.gz", limit: limit).count) bytes"
    } catch { return error.description }
  }

  /// The limit is of all members together, and what reaches it is not beyond it.
  @Test func theLimitCountsAllMembers() {
    let member = gzipped([UInt8](repeating: 7, count: 600))
    #expect(message(member + member, limit: 1200) == "1200 bytes")
    #expect(
      message(member + member, limit: 1199) == "a.gz: holds more than 1199 bytes when decompressed")
    #expect(message(gzipped([]), limit: 0) == "0 bytes")
    #expect(message(gzipped([1]), limit: 0) == "a.gz: holds more than 0 bytes when decompressed")
  }

  /// Zeros behind the last member are padding, anything else is damage.
  @Test func whatFollowsTheMembers() {
    let member = gzipped([1, 2, 3])
    #expect(message(member + [0, 0, 0, 0]) == "3 bytes")
    #expect(message(member + [0, 0, 9]).hasPrefix("a.gz: the gzip data"))
    #expect(message(member + gzipped([])) == "3 bytes")
    #expect(
      message([0x1F, 0x8B]) == "a.gz: the gzip data end too early; copy or download the file again")
    #expect(message([]) == "a.gz: is not a gzip file")
  }

  /// Headers with an extra field, a name and a comment (RFC 1952, section 2.3).
  @Test func namesAndCommentsInTheHeaderArePassedOver() throws {
    let plain = gzipped(Array("text".utf8))
    var header: [UInt8] = [0x1F, 0x8B, 8, 0x04 | 0x08 | 0x10, 1, 2, 3, 4, 0, 3]
    header += [5, 0] + [9, 9, 9, 9, 9] + Array("a.txt\0".utf8) + Array("a comment\0".utf8)
    #expect(
      try Gzip.decompress(header + plain[10...], name: "a.gz") == Array("text".utf8))
    #expect(try Gzip.head(header + plain[10...], name: "a.gz", count: 2) == Array("te".utf8))
    #expect(try Gzip.head(plain, name: "a.gz", count: 0) == [])
    #expect(throws: FileError.malformed(path: "a.gz", reason: "is not a gzip file")) {
      try Gzip.head([1, 2], name: "a.gz", count: 1)
    }
  }

  // Zip.

  private func zipMessage(_ bytes: [UInt8]) -> String {
    do throws(FileError) {
      let archive = try ZipArchive(bytes: bytes, name: "a.zip")
      return "\(try archive.read(archive.entries[0]).count) bytes"
    } catch { return error.description }
  }

  /// Where the directory of an archive of one entry called `a` begins.
  private func directory(_ archive: [UInt8]) -> Int { archive.count - 22 - 46 - 1 }

  @Test func whatIsNotReadIsNamed() {
    let archive = zipped([("a", Array("some text".utf8))])
    var locked = archive
    locked[directory(archive) + 8] |= 1
    #expect(zipMessage(locked) == "a.zip: the entry 'a' is encrypted")
    var other = archive
    other[directory(archive) + 10] = 12
    #expect(
      zipMessage(other)
        == "a.zip: the entry 'a' is packed with method 12; only stored (0) and deflated (8) are read"
    )
    var checksum = archive
    checksum[directory(archive) + 16] ^= 1
    #expect(
      zipMessage(checksum)
        == "a.zip: the entry 'a' does not match its checksum; copy or download the archive again")
    var far = archive
    far[directory(archive) + 42] = 5
    #expect(
      zipMessage(far)
        == "a.zip: is a damaged zip archive: the entry 'a' has no header where the directory says")
    var long = archive
    long[directory(archive) + 22] = 0x7F
    #expect(
      zipMessage(long)
        == "a.zip: is a damaged zip archive: the entry 'a' reaches beyond the end of the file")
    #expect(zipMessage(archive) == "9 bytes")
  }

  /// The comment behind the directory has 65,535 bytes at most.
  @Test func theLongestComment() {
    let archive = zipped([("a", Array("some text".utf8))])
    #expect(zipMessage(archive + [UInt8](repeating: 0x20, count: 65_535)) == "9 bytes")
    #expect(
      zipMessage(archive + [UInt8](repeating: 0x20, count: 65_536))
        == "a.zip: is not a zip archive, or its end is missing (a download cut short?)")
  }

  @Test func entriesAreFoundByName() throws {
    let archive = try ZipArchive(
      bytes: zipped([("x/a b.txt", [1]), ("é", [2]), ("", [3]), ("empty", [])]), name: "a.zip")
    #expect(archive.entries.map(\.name) == ["x/a b.txt", "é", "", "empty"])
    #expect(try archive.read("é") == [2] && archive.read("") == [3] && archive.read("empty") == [])
    #expect(
      throws: FileError.malformed(
        path: "a.zip", reason: "has no entry 'none'; it has: x/a b.txt, é, , empty")
    ) { try archive.read("none") }
    let none = try ZipArchive(bytes: zipped([]), name: "a.zip")
    #expect(none.entries.isEmpty && none.entry(named: "a") == nil)
  }

  /// More bytes than can be counted are too many, and are no end of the programme.
  @Test func moreThanCanBeCountedIsRefused() {
    let failure = #expect(throws: FileError.self) {
      try UnpackLimit.check(.max, of: "a.npz:x", held: 1, because: "it is so")
    }
    let text = failure?.description ?? ""
    #expect(text.hasPrefix("a.npz:x: would take 9223372036855 MB unpacked, more than "))
    #expect(
      text.hasSuffix(
        " MB (it is so); allow more with --max-unpacked SIZE, or use a file of fewer rows"))
    #expect(throws: Never.self) { try UnpackLimit.check(0, of: "a.npz:x") }
  }
}
