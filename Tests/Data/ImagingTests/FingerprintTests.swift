import Imaging
import TestSupport
import Testing

@Suite struct FingerprintTests {
  private struct Case: Decodable {
    let pixels: [UInt8]
    let hash: String
  }

  private func fingerprint(_ pixels: [UInt8], side: Int = 32) -> Fingerprint? {
    let rgb = pixels.flatMap { [$0, $0, $0] }
    return Fingerprint(GreyPicture(Image(width: side, height: side, channels: 3, pixels: rgb)))
  }

  /// A picture of 32 × 32 is its own thumbnail. A frequency near 0 may round to the other side.
  @Test func theHashIsSciPys() throws {
    let cases: [Case] = try Golden.load("Imaging/hash.json")
    for item in cases {
      let expected = try #require(UInt64(item.hash, radix: 16))
      let found = try #require(fingerprint(item.pixels)).hash
      #expect((found ^ expected).nonzeroBitCount <= 1, "\(item.hash)")
    }
  }

  @Test func whatShowsNothingHasNone() {
    #expect(fingerprint([UInt8](repeating: 90, count: 1024)) == nil)
    #expect(fingerprint((0..<1024).map { UInt8(90 + $0 % 2) }) == nil)
    // Noise of single pixels, which the cells of a thumbnail average away.
    let noise = (0..<(256 * 256)).map { UInt8(truncatingIfNeeded: ($0 &* 2_654_435_761) >> 16) }
    #expect(fingerprint(noise, side: 256) == nil)
  }

  @Test func floatsOfAnyScaleHaveOne() throws {
    let cases: [Case] = try Golden.load("Imaging/hash.json")
    let pixels = cases[0].pixels
    let floats = pixels.map { Float($0) * 1e-6 + 3 }
    let image = StoredImage(
      width: 32, height: 32, bands: 1, type: .float32, bytes: floats.withUnsafeBytes(Array.init))
    let grey = try #require(GreyPicture(image, PixelReading()))
    let found = try #require(Fingerprint(grey)).hash
    #expect((found ^ (try #require(fingerprint(pixels)).hash)).nonzeroBitCount <= 3)
  }
}
