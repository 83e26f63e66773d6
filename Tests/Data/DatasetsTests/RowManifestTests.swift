import Datasets
import Files
import Foundation
import Randomness
import Sampling
import TestSupport
import Testing

@Suite struct RowManifestTests {
  /// Rows of classes in random order, with names and paths that are hard to write and to cut.
  static func rows(_ count: Int) -> [(path: String, label: String)] {
    let names = ["b, quoted \"name\"", "a", "é", "c10", "c2", "zz"]
    var source = RandomSource(seed: 4)
    return (0..<count).map { row in
      let label = names[min(source.below(names.count), source.below(names.count))]
      let path =
        switch source.below(5) {
        case 0: "images/\(label)/\(row).jpg"
        case 1: "images/ä\(source.below(9))ö/\(row).jpg"
        case 2: "i"
        case 3: String(repeating: "long/", count: source.below(60)) + "x"
        default: "images/\(row / 7)/\"\(row)\".png"
        }
      return (path, label)
    }
  }

  static func write(_ rows: [(path: String, label: String)], to path: String) throws {
    let quoted = { (text: String) in
      "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
        + "\""
    }
    let lines = rows.map { "7,\(quoted($0.path)),\(quoted($0.label))" }
    try AtomicFile.write(
      "size,file,class\n" + lines.joined(separator: "\n") + "\n", to: path)
  }

  static func packed(_ rows: [(path: String, label: String)], in folder: String) throws -> String {
    try write(rows, to: "\(folder)/t.csv")
    let path = "\(folder)/t.manifest"
    try RowManifest.pack(
      table: "\(folder)/t.csv", pathColumn: "file", labelColumn: "class", to: path)
    return path
  }

  /// Beside an ordinary sort: classes by bytes, rows of a class in the order of the table.
  @Test(arguments: [1, 2, 63, 64, 65, 128, 1000, 16_384, 16_385, 40_000])
  func everyRow(count: Int) throws {
    let rows = Self.rows(count)
    try withTemporaryFolder { folder in
      let manifest = try RowManifest(path: Self.packed(rows, in: folder))
      let classes = ClassList(rows.map(\.label))
      #expect(manifest.classes == classes && manifest.count == count)
      var row = 0
      for (label, name) in classes.names.enumerated() {
        let members = rows.indices.filter { rows[$0].label == name }
        #expect(manifest.counts.counts[label] == members.count)
        #expect(manifest.rows(of: label) == row..<row + members.count)
        for member in members {
          #expect(try manifest.path(of: row) == rows[member].path)
          #expect(try manifest.tableRow(of: row) == member)
          #expect(manifest.label(of: row) == label)
          row += 1
        }
      }
    }
  }

  /// More than one run on the disk: paths of 60,000 bytes, a class that appears in the second run alone.
  @Test func severalRuns() throws {
    try withTemporaryFolder { folder in
      let long = String(repeating: "p", count: 60_000)
      let path = "\(folder)/m"
      try RowManifest.pack(to: path) { (packer) throws(ManifestError) in
        for row in 0..<1300 {
          try packer.add("\(row % 50)\(long)\(row)", label: row > 1200 ? "late" : "\(row % 3)")
        }
      }
      let manifest = try RowManifest(path: path)
      #expect(manifest.counts.counts == [401, 400, 400, 99])
      for row in 0..<1300 {
        let origin = try manifest.tableRow(of: row)
        #expect(try manifest.path(of: row) == "\(origin % 50)\(long)\(origin)")
        #expect(manifest.label(of: row) == (origin > 1200 ? 3 : origin % 3))
      }
    }
  }

  /// Thousands of classes over three runs, most of which appear late.
  @Test func manyClassesOverSeveralRuns() throws {
    try withTemporaryFolder { folder in
      let (path, long) = ("\(folder)/m", String(repeating: "p", count: 30_000))
      let labels = (0..<4600).map { ($0 * $0 + $0 / 7) % ($0 + 1) }
      try RowManifest.pack(to: path) { (packer) throws(ManifestError) in
        for (row, label) in labels.enumerated() {
          try packer.add("\(long)\(row)", label: "\(label)")
        }
      }
      let manifest = try RowManifest(path: path)
      #expect(manifest.classes == ClassList(labels.map { "\($0)" }) && manifest.count == 4600)
      var before = -1
      for row in 0..<4600 {
        let (origin, label) = (try manifest.tableRow(of: row), manifest.label(of: row))
        #expect(manifest.classes.names[label] == "\(labels[origin])")
        #expect(try manifest.path(of: row) == "\(long)\(origin)")
        #expect(manifest.rows(of: label).lowerBound == row || origin > before)
        before = origin
      }
    }
  }

  /// Chunks are checked when they are first asked for, by whichever thread that is.
  @Test func threadsReadAFreshOne() async throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("steelyard-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let rows = Self.rows(40_000)
    let path = try Self.packed(rows, in: folder.path)
    for _ in 0..<5 {
      let manifest = try RowManifest(path: path)
      try await withThrowingTaskGroup(of: Void.self) { group in
        for thread in 0..<8 {
          group.addTask {
            for row in stride(from: thread * 7, to: 40_000, by: 61) {
              let (path, origin) = (try manifest.path(of: row), try manifest.tableRow(of: row))
              #expect(path == rows[origin].path)
            }
          }
        }
        try await group.waitForAll()
      }
    }
  }

  @Test func sameRowsSameBytes() throws {
    try withTemporaryFolder { folder in
      let first = try FileBytes.read(Self.packed(Self.rows(3000), in: folder))
      try RowManifest.pack(to: "\(folder)/m") { (packer) throws(ManifestError) in
        for (path, label) in Self.rows(3000) { try packer.add(path, label: label) }
      }
      // The footer alone says which table it was.
      let second = try FileBytes.read("\(folder)/m")
      #expect(first.dropLast(56) == second.dropLast(56))
    }
  }

  @Test func upToDate() throws {
    try withTemporaryFolder { folder in
      let manifest = try RowManifest(path: Self.packed(Self.rows(50), in: folder))
      #expect(manifest.isUpToDate(with: "\(folder)/t.csv"))
      try Self.write(Self.rows(51), to: "\(folder)/t.csv")
      #expect(!manifest.isUpToDate(with: "\(folder)/t.csv"))
      #expect(!manifest.isUpToDate(with: "\(folder)/none.csv"))
    }
  }

  @Test func misuseTraps() async {
    await #expect(processExitsWith: .failure) {
      try withTemporaryFolder { folder in
        let manifest = try RowManifest(
          path: RowManifestTests.packed(RowManifestTests.rows(50), in: folder))
        _ = try manifest.path(of: 50)
      }
    }
  }
}
