import Imaging
import Testing

@Suite struct OrientationTests {
  /// a b c over d e f, as the EXIF standard's figure turns it.
  @Test(arguments: [
    (Orientation.upright, [1, 2, 3, 4, 5, 6]), (.mirrored, [3, 2, 1, 6, 5, 4]),
    (.upsideDown, [6, 5, 4, 3, 2, 1]), (.flipped, [4, 5, 6, 1, 2, 3]),
    (.transposed, [1, 4, 2, 5, 3, 6]), (.needsClockwise, [4, 1, 5, 2, 6, 3]),
    (.transversed, [6, 3, 5, 2, 4, 1]), (.needsCounterclockwise, [3, 6, 2, 5, 1, 4]),
  ])
  func sixPixels(orientation: Orientation, expected: [UInt8]) {
    let image = Image(width: 3, height: 2, channels: 1, pixels: [1, 2, 3, 4, 5, 6])
    let upright = orientation.uprighted(image)
    #expect(upright.pixels == expected)
    #expect((upright.width == 2) == orientation.swapsAxes)
  }

  @Test func bigEndianBlocksAreRead() throws {
    var bytes = try fixture("orientation-1.jpg")
    let block: [UInt8] =
      [0xFF, 0xE1, 0, 34] + Array("Exif\0\0MM\0*".utf8) + [0, 0, 0, 8, 0, 1]
      + [0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 8, 0, 0, 0, 0, 0, 0]
    bytes.insert(contentsOf: block, at: 2)
    #expect(try ImageFile.header(of: bytes, name: "").orientation == .needsCounterclockwise)
  }

  /// A damaged block is no reason to refuse a sound picture, and never a crash.
  @Test func damagedBlocksAreUpright() throws {
    let sound = try fixture("orientation-6.jpg")
    let start = try #require(sound.firstIndex(of: UInt8(ascii: "E")))
    for at in start..<(start + 30) {
      for value: UInt8 in [0, 0x7F, 0xFF] {
        var bytes = sound
        bytes[at] = value
        let header = try ImageFile.header(of: bytes, name: "")
        #expect([1, 6].contains(header.orientation.rawValue) || at > start + 20)
      }
    }
  }
}
