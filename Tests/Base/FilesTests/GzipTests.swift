import Files
import Randomness
import TestSupport
import Testing

@Suite struct GzipTests {
  private func message(_ bytes: [UInt8], limit: Int = 1 << 20) -> String? {
    do throws(FileError) {
      _ = try Gzip.decompress(bytes, name: "a.gz", limit: limit)
      return nil
    } catch { return error.description }
  }

  @Test func readsAllMembersThatPythonWrote() throws {
    let bytes = try FileBytes.read(Golden.path("Files/hello.gz"))
    let text = try Gzip.decompress(bytes, name: "hello.gz")
    #expect(text == Array("hello, two members\n".utf8))
  }

  @Test func compressedBytesComeBack() throws {
    var random = RandomKey(seed: 1).source
    for size in [0, 1, 100, 70_000, 300_000] {
      let bytes = (0..<size).map { _ in UInt8(random.below(7)) }
      let packed = gzipped(bytes)
      #expect(Gzip.isCompressed(packed))
      #expect(gzipped(bytes) == packed)
      #expect(try Gzip.decompress(packed, name: "a.gz") == bytes)
    }
  }

  @Test func theHeadIsReadAlone() throws {
    let bytes = (0..<300_000).map { UInt8(truncatingIfNeeded: $0) }
    var packed = gzipped(bytes)
    #expect(try Gzip.head(packed, name: "a.gz", count: 20) == Array(bytes.prefix(20)))
    #expect(try Gzip.head(gzipped([1, 2]), name: "a.gz", count: 20) == [1, 2])
    // What stands behind it is not looked at.
    packed[packed.count - 8] ^= 1
    #expect(try Gzip.head(packed, name: "a.gz", count: 20) == Array(bytes.prefix(20)))
  }

  @Test func whatIsWrongIsNamed() {
    let packed = gzipped([UInt8](repeating: 5, count: 1000))
    #expect(
      message(Array(packed.dropLast(3)))
        == "a.gz: the gzip data end too early; copy or download the file again")
    #expect(message([1, 2, 3]) == "a.gz: is not a gzip file")
    var damaged = packed
    damaged[damaged.count - 8] ^= 1
    #expect(
      message(damaged) == "a.gz: the gzip data are corrupt; copy or download the file again")
    #expect(message(packed, limit: 999) == "a.gz: holds more than 999 bytes when decompressed")
  }

  @Test func damagedStreamsAreErrorsOrBytes() {
    let fuzz = Fuzz(gzipped(Array("some text, some text".utf8)), key: RandomKey(seed: 15))
    for index in 0..<3000 { _ = message(fuzz.mutant(index)) }
  }
}
