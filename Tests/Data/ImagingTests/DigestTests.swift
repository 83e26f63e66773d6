import Imaging
import Testing

@Suite struct DigestTests {
  @Test func samePictureInTwoFormats() throws {
    let png = try ImageFile.decode(fixture("rgb.png"), name: "")
    let tiff = try ImageFile.decode(fixture("rgb.tif"), name: "")
    #expect(png.digest == tiff.digest)
  }

  @Test func shapeCounts() {
    let wide = Image(width: 6, height: 1, channels: 1, pixels: [1, 2, 3, 4, 5, 6])
    let tall = Image(width: 1, height: 6, channels: 1, pixels: [1, 2, 3, 4, 5, 6])
    let colour = Image(width: 2, height: 1, channels: 3, pixels: [1, 2, 3, 4, 5, 6])
    #expect(Set([wide, tall, colour].map { $0.digest }).count == 3)
  }
}
