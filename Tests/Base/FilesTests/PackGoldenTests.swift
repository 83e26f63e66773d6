import Files
import TestSupport
import Testing

/// Archives, arrays and tables as Python writes them in all its ways (`Goldens/Files/packs.py`).
@Suite struct PackGoldenTests {
  struct Packs: Decodable {
    struct Archive: Decodable {
      let name: String
      let bytes: String
      let entries: [[String]]
    }

    struct Stored: Decodable {
      let bytes: String
      let shape: [Int]
      let values: [Double]
    }

    struct Table: Decodable {
      let text: String
      let separator: String
      let rows: [[String]]
    }

    let archives: [Archive]
    let arrays: [Stored]
    let half: String
    let tables: [Table]

    static func load() throws -> Packs { try Golden.load("Files/packs.json") }
  }

  private func bytes(_ digits: String) -> [UInt8] {
    let digits = Array(digits.utf8).map { $0 < 58 ? $0 - 48 : $0 - 87 }
    return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
  }

  @Test func archives() throws {
    let archives = try Packs.load().archives
    #expect(archives.count == 8)
    for golden in archives {
      let archive = try ZipArchive(bytes: bytes(golden.bytes), name: golden.name)
      #expect(archive.entries.map(\.name) == golden.entries.map { $0[0] }, "\(golden.name)")
      for (entry, expected) in zip(archive.entries, golden.entries) {
        let content = bytes(expected[1])
        #expect(entry.size == content.count)
        #expect(try archive.read(entry) == content, "\(golden.name): \(entry.name)")
        #expect(try archive.head(of: entry, count: 3) == Array(content.prefix(3)))
        let member = try archive.member(entry)
        let half = content.count / 2
        #expect(try member.read(half..<content.count) == Array(content[half...]))
      }
    }
  }

  /// Headers of versions 1 to 3, both orders, every type that is read.
  @Test func arrays() throws {
    let arrays = try Packs.load().arrays
    #expect(arrays.count == 66)
    for golden in arrays {
      let array = try NpyArray(parsing: bytes(golden.bytes), name: "a.npy")
      #expect(array.shape == golden.shape && array.doubles == golden.values, "\(array.dtype)")
      #expect(array.cOrdered.doubles == golden.values)
    }
  }

  /// All numbers of two bytes, by the digest of NumPy's doubles.
  @Test func everyHalf() throws {
    let all = (0..<65_536).flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
    let header = "{'descr': '<f2', 'fortran_order': False, 'shape': (65536,), }\n"
    let file = [0x93] + "NUMPY".utf8 + [1, 0, UInt8(header.utf8.count), 0] + header.utf8 + all
    let values = try NpyArray(parsing: file, name: "a.npy").doubles
    let text = values.flatMap { value -> [UInt8] in
      let number = value.isNaN ? 0 : value.isInfinite ? (value > 0 ? 1e9 : -1e9) : value
      return withUnsafeBytes(of: number.bitPattern.littleEndian) { Array($0) }
    }
    #expect(try SHA256.hexadecimal(text) == Packs.load().half)
  }

  @Test func tables() throws {
    let tables = try Packs.load().tables
    #expect(tables.count == 80)
    for golden in tables {
      let separator = try #require(golden.separator.utf8.first)
      var reader = try DelimitedReader(
        bytes: Array(golden.text.utf8), name: "t.csv", separator: separator)
      var rows = [reader.columns]
      while let row = try reader.next() { rows.append(row.fields) }
      #expect(rows == golden.rows, "\(String(reflecting: golden.text))")
    }
  }
}
