import Foundation
import Imaging
import TestSupport
import Testing

/// Files of rare kinds against the pixels that their formats' definitions give them (`Goldens/Imaging/odd.py`).
@Suite struct OddImagesTests {
  struct Odd: Decodable, Sendable {
    let name: String
    let file: String
    let width: Int
    let height: Int
    let pixels: [UInt8]
    let within: Int
    let pages: Int
    let orientation: Int

    var bytes: [UInt8] { Data(base64Encoded: file).map(Array.init) ?? [] }
    var image: Image { Image(width: width, height: height, channels: 3, pixels: pixels) }
  }

  private static func all() throws -> [Odd] { try Golden.load("Imaging/odd.json") }

  /// Every bit depth, interlacing and filter of PNG with and without a transparent colour; TIFF of either byte order, white at zero,
  /// in planes, strips and tiles; BMP of any width and from the top; Netpbm in words and bytes; all orientations.
  @Test func pixelsAreThoseOfTheDefinition() throws {
    let all = try Self.all()
    #expect(all.count > 190)
    for odd in all {
      let found = try ImageFile.decode(odd.bytes, name: odd.name)
      #expect(found.size == ImageSize(width: odd.width, height: odd.height), "\(odd.name)")
      let off = levels(found, odd.image)
      #expect(off <= odd.within, "\(odd.name): off by \(off)")
    }
  }

  @Test func headersSayPagesAndOrientation() throws {
    for odd in try Self.all() {
      let header = try ImageFile.header(of: odd.bytes, name: odd.name)
      #expect(header.pages == odd.pages, "\(odd.name)")
      #expect(header.orientation.rawValue == odd.orientation, "\(odd.name)")
      #expect(header.size == ImageSize(width: odd.width, height: odd.height), "\(odd.name)")
    }
  }

  /// Samples that are kept as stored and scaled afterwards are the picture that is decoded at once; of 16 bits with alpha the two
  /// roundings may differ by one level.
  @Test func keptSamplesAreTheSamePicture() throws {
    for odd in try Self.all() {
      let (bytes, reading) = (odd.bytes, PixelReading())
      let header = try ImageFile.header(of: bytes, name: odd.name)
      let later =
        switch try ImageFile.pixels(of: bytes, header, name: odd.name, reading: reading) {
        case .levels(let image): image
        case .stored(let image):
          try ImageFile.rendered(image, name: odd.name, reading: reading).image
        }
      let off = levels(later, try ImageFile.decode(bytes, name: odd.name))
      #expect(off <= (header.type == .uint16 ? 1 : 0), "\(odd.name): off by \(off)")
    }
  }

  /// The same picture in another wrapping has the same digest of pixels: interlaced or not, of either byte order.
  @Test func wrappingsOfOnePictureHaveOneDigest() throws {
    let base = try #require(try Self.all().first { $0.name == "exif 1<3.jpg" })
    let upright = try ImageFile.decode(base.bytes, name: base.name)
    let png = try PNG.encode(upright)
    #expect(try ImageFile.decode(png, name: "again.png").digest == upright.digest)
    let ppm = Array("P6\n\(upright.width) \(upright.height)\n255\n".utf8) + upright.pixels
    #expect(try ImageFile.decode(ppm, name: "again.ppm").digest == upright.digest)
    var plain = "P3 \(upright.width) \(upright.height) 255\n"
    for value in upright.pixels { plain += "\(value)\n" }
    #expect(try ImageFile.decode(Array(plain.utf8), name: "a.ppm").digest == upright.digest)
  }

  /// Cut within its pixels a PNG is refused, however its rows are ordered and packed; without its closing chunk alone nothing of the
  /// picture is missing.
  @Test func whatIsCutIsRefused() throws {
    for odd in try Self.all() where odd.name.hasSuffix(".png") {
      let whole = odd.bytes
      for count in [whole.count / 2, 30, 9] {
        #expect(throws: ImageError.self, "\(odd.name): \(count) of \(whole.count)") {
          try ImageFile.decode(Array(whole.prefix(count)), name: odd.name)
        }
      }
      let open = try ImageFile.decode(Array(whole.dropLast(12)), name: odd.name)
      #expect(levels(open, odd.image) <= odd.within, "\(odd.name)")
    }
  }
}
