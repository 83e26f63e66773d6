import Imaging
import Testing

/// Plain PPM and PGM: what is written is read back, and read as libvips reads the same pixels in another spelling.
@Suite struct NetpbmTests {
  private func image(_ width: Int, _ height: Int, _ channels: Int) -> Image {
    Image(
      width: width, height: height, channels: channels,
      pixels: (0..<width * height * channels).map { UInt8(truncatingIfNeeded: $0 * 37 + 11) })
  }

  private func read(_ bytes: [UInt8]) -> Image? { bytes.withUnsafeBytes { Netpbm.image($0) } }

  @Test(arguments: [(1, 1, 1), (1, 1, 3), (5, 3, 3), (3, 5, 1), (224, 224, 3)])
  func thereAndBack(width: Int, height: Int, channels: Int) {
    let image = image(width, height, channels)
    #expect(read(Netpbm.bytes(of: image)) == image)
  }

  @Test func theFileOfOnePixel() {
    let red = Image(width: 1, height: 1, channels: 3, pixels: [255, 0, 1])
    #expect(Netpbm.bytes(of: red) == Array("P6\n1 1\n255\n".utf8) + [255, 0, 1])
  }

  /// The spelling with a comment goes to libvips; both give the pixels that were written.
  @Test(arguments: [1, 3]) func asLibvipsReadsIt(channels: Int) throws {
    let image = image(7, 4, channels)
    let plain = Netpbm.bytes(of: image)
    let kind = channels == 1 ? "P5" : "P6"
    let commented = Array("\(kind)\n# a comment\n7 4\n255\n".utf8) + image.pixels
    #expect(read(commented) == nil)
    let one = try ImageFile.decode(plain, name: "a.ppm")
    #expect(try ImageFile.decode(commented, name: "b.ppm") == one)
    #expect(channels == 1 || one == image)
    #expect(
      try ImageFile.header(of: plain, name: "a") == ImageFile.header(of: commented, name: "b"))
  }

  /// Cut, too long, of another depth or without a size, it is not what is written here.
  @Test func whatIsSomethingElse() {
    let bytes = Netpbm.bytes(of: image(4, 2, 3))
    for end in bytes.indices { #expect(read(Array(bytes[..<end])) == nil, "\(end)") }
    #expect(read(bytes + [0]) == nil)
    for head in [
      "P6\n4 2\n254\n", "P3\n4 2\n255\n", "P6\n0 2\n255\n", "P6\n-4 2\n255\n", "P6\n4\n255\n",
      "P6\n99999999999999999999 2\n255\n", "P6\n1048577 2\n255\n", "",
    ] {
      #expect(read(Array(head.utf8) + [UInt8](repeating: 0, count: 24)) == nil, "\(head)")
    }
  }
}
