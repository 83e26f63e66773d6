import Files
import Randomness
import TestSupport
import Testing

/// Entries of blocks of every kind are read whole and part by part.
@Suite struct DeflateBlocksTests {
  /// Some 3 MB, so that there are points to begin from, in blocks of all kinds and sizes.
  private func stream(_ seed: UInt64, bytes: Int) -> DeflateBlocks {
    var random = RandomKey(seed: seed).source
    var stream = DeflateBlocks()
    while stream.content.count < bytes {
      let size = random.below(4) == 0 ? 0 : random.below(40_000)
      let piece = (0..<size).map { _ in UInt8(random.below(256)) }
      switch random.below(4) {
      case 0: stream.stored(piece)
      case 1: stream.stored(Array(piece.prefix(3)))
      case 2: stream.fixed(Array(piece.prefix(2000)))
      default: stream.fixed(Array(piece.prefix(50)), repeats: random.below(1000))
      }
    }
    stream.fixed([], isLast: true)
    stream.finish()
    return stream
  }

  @Test(arguments: [1, 2, 3] as [UInt64]) func anyPartIsRead(seed: UInt64) throws {
    let stream = stream(seed, bytes: 3_000_000)
    let archive = try ZipArchive(bytes: stream.zip("a.bin"), name: "a.zip")
    #expect(try archive.read("a.bin") == stream.content)
    let member = try archive.member(archive.entries[0])
    #expect(member.size == stream.content.count)
    var random = RandomKey(seed: seed).folding("parts").source
    for _ in 0..<150 {
      let start = random.below(member.size)
      let part = start..<min(member.size, start + random.below(20_000))
      let same = try member.read(part)[...] == stream.content[part]
      #expect(same, "\(part)")
    }
  }

  @Test func oneBlockOfEachKindAlone() throws {
    for kind in 0..<4 {
      var stream = DeflateBlocks()
      switch kind {
      case 0: stream.stored([], isLast: true)
      case 1: stream.stored([1, 2, 3], isLast: true)
      case 2: stream.fixed([], isLast: true)
      default: stream.fixed([7, 143, 144, 255], repeats: 2, isLast: true)
      }
      stream.finish()
      let archive = try ZipArchive(bytes: stream.zip("a.bin"), name: "a.zip")
      #expect(try archive.read("a.bin") == stream.content, "\(kind)")
      let member = try archive.member(archive.entries[0])
      #expect(try member.read(0..<member.size) == stream.content, "\(kind)")
    }
  }

  /// A stream that goes on behind the size that the directory says, or ends before it, is refused and not cut.
  @Test func whatIsLongerOrShorterThanStatedIsRefused() throws {
    var stream = DeflateBlocks()
    stream.stored([UInt8](repeating: 5, count: 1000))
    stream.fixed([1, 2, 3], isLast: true)
    stream.finish()
    let whole = stream.zip("a.bin")
    let directory = whole.count - 22 - 46 - 5
    for change in [-1, 1, 300] {
      var lying = whole
      let size = 1003 + change
      lying[directory + 24] = UInt8(size & 255)
      lying[directory + 25] = UInt8(size >> 8)
      let archive = try ZipArchive(bytes: lying, name: "a.zip")
      #expect(throws: FileError.self) { try archive.read("a.bin") }
      #expect(throws: FileError.self) { _ = try archive.member(archive.entries[0]) }
    }
  }
}
