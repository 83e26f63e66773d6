import Imaging
import Testing

@Suite struct DigestTests {
  /// FIPS 180-4's examples.
  @Test func published() {
    #expect(
      Digest.sha256(Array("abc".utf8))
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(
      Digest.sha256([]) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    #expect(
      Digest.sha256(Array(repeating: UInt8(ascii: "a"), count: 1_000_000))
        == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

  @Test func samePictureInTwoFormats() throws {
    let png = try ImageFile.decode(fixture("rgb.png"), name: "")
    let tiff = try ImageFile.decode(fixture("rgb.tif"), name: "")
    #expect(Digest.sha256(of: png) == Digest.sha256(of: tiff))
  }

  @Test func shapeCounts() {
    let wide = Image(width: 6, height: 1, channels: 1, pixels: [1, 2, 3, 4, 5, 6])
    let tall = Image(width: 1, height: 6, channels: 1, pixels: [1, 2, 3, 4, 5, 6])
    let colour = Image(width: 2, height: 1, channels: 3, pixels: [1, 2, 3, 4, 5, 6])
    #expect(Set([wide, tall, colour].map { Digest.sha256(of: $0) }).count == 3)
  }
}
