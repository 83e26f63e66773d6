import Dispatch
import Files
import Randomness
import TestSupport
import Testing

/// Entries that are read part by part give the bytes that they were made of.
@Suite struct ZipMemberTests {
  /// 3 MB that deflate by about a half: so several points, and blocks of changing tables.
  private static let content: [UInt8] = {
    var source = RandomKey(seed: 5).source
    return (0..<3_000_000).map { UInt8(source.below($0 / 50_000 % 2 == 0 ? 16 : 200)) }
  }()

  private func archive() throws -> ZipArchive {
    try ZipArchive(bytes: zipped([("a.bin", Self.content)]), name: "a.zip")
  }

  @Test func anyPartOfADeflatedEntryIsRead() throws {
    let archive = try archive()
    let member = try archive.member(archive.entries[0])
    #expect(member.size == Self.content.count)
    var source = RandomKey(seed: 6).source
    var parts = (0..<200).map { _ in
      let start = source.below(member.size)
      return start..<min(member.size, start + source.below(100_000))
    }
    parts += [0..<0, 0..<1, member.size..<member.size, member.size - 1..<member.size]
    // In order as well, where a cursor stands just before the next part.
    parts += stride(from: 0, to: 500_000, by: 10_000).map { $0..<$0 + 10_000 }
    for part in parts {
      let same = try member.read(part)[...] == Self.content[part]
      #expect(same, "\(part)")
    }
  }

  @Test func manyThreadsReadAtOnce() throws {
    let archive = try archive()
    let member = try archive.member(archive.entries[0])
    DispatchQueue.concurrentPerform(iterations: 8) { thread in
      var source = RandomKey(seed: 7).folding(thread).source
      for _ in 0..<30 {
        let start = source.below(member.size - 5000)
        let part = try? member.read(start..<start + 5000)
        let same = part.map { $0[...] == Self.content[start..<start + 5000] }
        #expect(same == true)
      }
    }
  }

  @Test func storedEntriesAreReadWhereTheyStand() throws {
    let archive = try ZipArchive(path: Golden.path("Files/arrays.npz"))
    for entry in archive.entries {
      let member = try archive.member(entry)
      let whole = try archive.read(entry)
      let half = whole.count / 2
      #expect(try member.read(half..<whole.count) == Array(whole[half...]))
    }
  }

  @Test func damageAndLiesAreFoundWhenItIsOpened() throws {
    var bytes = zipped([("a.bin", Self.content)])
    bytes[bytes.count / 2] ^= 1
    let damaged = try ZipArchive(bytes: bytes, name: "a.zip")
    #expect(throws: FileError.self) { _ = try damaged.member(damaged.entries[0]) }
    // A size that is too small by one, in the directory.
    bytes = zipped([("a.bin", Self.content)])
    let directory = bytes.count - 22 - 46 - "a.bin".utf8.count
    bytes[directory + 24] &-= 1
    let lying = try ZipArchive(bytes: bytes, name: "a.zip")
    #expect(throws: FileError.self) { _ = try lying.member(lying.entries[0]) }
  }

  @Test func rowsOfAnArrayThatDoesNotFitAreRead() throws {
    let shape = [300, 100, 100]
    let npy = NpyArray(dtype: .uint8, shape: shape, bytes: Self.content).encoded()
    let archive = try NpzArchive(bytes: zipped([("images.npy", npy)]), name: "a.npz")
    let rows = try archive.rows("images", room: 100)
    #expect(rows.shape == shape && rows.dtype == .uint8 && rows.held == 0)
    guard case .member(let member, let start) = rows.content else {
      Issue.record("expected rows that stay on the disk")
      return
    }
    #expect(
      try member.read(start + 10_000..<start + 20_000) == Array(Self.content[10_000..<20_000]))
    let fitting = try archive.rows("images", room: .max)
    #expect(fitting.held == Self.content.count)
  }

  @Test func zerosByTheMillionAreRefusedAndSayWhatToDo() throws {
    let npy = NpyArray(
      dtype: .uint8, shape: [200, 100, 100], bytes: [UInt8](repeating: 0, count: 2_000_000)
    ).encoded()
    let archive = try NpzArchive(bytes: zipped([("images.npy", npy)]), name: "a.npz")
    #expect {
      _ = try archive.rows("images", room: 100)
    } throws: { error in
      "\(error)".contains("packed more than 100 times")
        && "\(error)".contains("allow more with --max-unpacked SIZE")
    }
  }
}
