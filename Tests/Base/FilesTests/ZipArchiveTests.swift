import Files
import Randomness
import TestSupport
import Testing

@Suite struct ZipArchiveTests {
  private static let notZip =
    "a.zip: is not a zip archive, or its end is missing (a download cut short?)"

  private func message(_ bytes: [UInt8]) -> String? {
    do throws(FileError) {
      let archive = try ZipArchive(bytes: bytes, name: "a.zip")
      for entry in archive.entries { _ = try archive.read(entry) }
      return nil
    } catch { return error.description }
  }

  @Test func readsZip64AndACommentAtTheEnd() throws {
    let archive = try ZipArchive(path: Golden.path("Files/wide.zip"))
    #expect(archive.entries.map(\.name) == ["folder/wide.txt"])
    let expected = [[UInt8]](repeating: Array("wide ".utf8), count: 1000).flatMap { $0 }
    #expect(try archive.read("folder/wide.txt") == expected)
  }

  @Test func storedEntriesStandInTheFile() throws {
    let path = Golden.path("Files/arrays.npz")
    let archive = try ZipArchive(path: path)
    let file = try MappedFile(path: path)
    for entry in archive.entries {
      #expect(entry.isStored)
      let range = try archive.range(of: entry)
      #expect(try file.withBytes(in: range) { Array($0) } == archive.read(entry))
    }
  }

  @Test func whatIsWrongIsNamed() throws {
    let bytes = try FileBytes.read(Golden.path("Files/deflated.npz"))
    #expect(message(Array(bytes.prefix(bytes.count / 2))) == Self.notZip)
    #expect(message([]) == Self.notZip)
    #expect(message(Array("PK".utf8)) == Self.notZip)
    let archive = try ZipArchive(bytes: bytes, name: "a.zip")
    #expect(throws: FileError.self) { try archive.read("none") }
    var flipped = bytes
    let data = try archive.range(of: archive.entries[6])
    flipped[data.lowerBound + data.count / 2] ^= 0x55
    #expect(message(flipped)?.hasPrefix("a.zip: the entry 'fortran.npy' ") == true)
  }

  @Test(arguments: ["arrays.npz", "deflated.npz", "wide.zip"])
  func damagedArchivesAreErrorsOrBytes(name: String) throws {
    let seed = try FileBytes.read(Golden.path("Files/" + name))
    let fuzz = Fuzz(seed, key: RandomKey(seed: 12).folding(name))
    for index in 0..<2000 { _ = message(fuzz.mutant(index)) }
    // The directory at the end is where the offsets stand: damage it more often.
    let tail = Fuzz(Array(seed.suffix(150)), key: RandomKey(seed: 13))
    for index in 0..<2000 { _ = message(seed.dropLast(150) + tail.mutant(index)) }
  }
}
