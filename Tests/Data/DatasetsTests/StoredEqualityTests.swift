import Datasets
import Files
import Foundation
import Imaging
import TestSupport
import Testing

/// Equality is that of stored samples, whatever holds them.
@Suite struct StoredEqualityTests {
  private func copy(_ names: [String], to folder: String) throws {
    for name in names {
      let path = Golden.path("Imaging/Stored/\(name)")
      try Fixture.file("\(folder)/a/\(name)", FileBytes.read(path))
    }
    let rows = names.map { "a/\($0),x\n" }.joined()
    try Fixture.file("\(folder)/t.csv", "path,label\n" + rows)
  }

  @Test func oneSetAcrossFormats() throws {
    try withTemporaryFolder { folder in
      try copy(
        ["int16.tif", "int16.npy", "int16.fits", "big-endian.tif", "float32.tif", "float32.fits"],
        to: folder)
      let data = try Dataset.open("\(folder)/t.csv")
      let sets = Survey(data, threads: 2).equalImages.map { set in
        set.map { String(data.examples[$0].path.dropFirst(2)) }
      }
      #expect(
        sets.sorted { $0.count > $1.count } == [
          ["int16.tif", "int16.npy", "int16.fits", "big-endian.tif"],
          ["float32.tif", "float32.fits"],
        ])
    }
  }

  /// An 8-bit array in memory and the same picture as PNG; 16 bits that differ in brightness alone.
  @Test func memoryAndFilesAgreeAndBrightnessCounts() throws {
    let grey: [UInt8] = [3, 50, 7, 99, 12, 200]
    var store = PixelStore()
    _ = store.append(grey, count: 1, size: ImageSize(width: 3, height: 2), channels: 1)
    let deep = [[UInt16](arrayLiteral: 100, 200, 300), [300, 600, 900]]
    for values in deep {
      _ = store.append(
        values.withUnsafeBytes(Array.init), count: 1, size: ImageSize(width: 3, height: 1),
        channels: 1, type: .uint16)
    }
    try withTemporaryFolder { folder in
      let rgb = Image(width: 3, height: 2, channels: 3, pixels: grey.flatMap { [$0, $0, $0] })
      try Fixture.file("\(folder)/x.png", PNG.encode(rgb))
      var examples = (0..<3).map {
        Example(path: "m\($0)", source: .pixels($0), label: "a", file: "made")
      }
      examples.append(
        Example(path: "x.png", source: .file("\(folder)/x.png"), label: "a", file: "x.png"))
      let data = Dataset(name: "made", layout: .medMNIST, examples: examples, pixels: store)
      #expect(Survey(data, threads: 1).equalImages == [[0, 3]])
    }
  }

  @Test func whatIsLeftOpenIsCounted() throws {
    try withTemporaryFolder { folder in
      try copy(["pages.tif", "unspecified.tif", "unassalpha.tif", "uint16.png"], to: folder)
      let census = PixelCensus(Survey(try Dataset.open("\(folder)/t.csv"), threads: 1))
      #expect(census.severalPages == 1 && census.mostPages == 3)
      #expect(census.spareBands == 1 && census.alpha == 1)
      #expect(census.images(of: .uint8) == 3 && census.images(of: .uint16) == 1)
    }
  }
}
