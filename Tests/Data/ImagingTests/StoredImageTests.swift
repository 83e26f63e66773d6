import Foundation
import Imaging
import TestSupport
import Testing

/// Samples as NumPy wrote them (`Goldens/Imaging/stored.py`).
@Suite struct StoredImageTests {
  struct Expected: Decodable, Sendable {
    let name: String
    let page: Int
    let pages: Int
    let width: Int
    let height: Int
    let bands: Int
    let alpha: Int?
    let type: String
    let samples: [Double?]
    let digest: String
  }

  private static func all() throws -> [Expected] { try Golden.load("Imaging/stored.json") }

  private func bytes(_ name: String) throws -> [UInt8] {
    let path = Golden.path("Imaging/Stored/\(name)")
    return try Array(Data(contentsOf: URL(fileURLWithPath: path)))
  }

  /// The samples before anything is scaled; of 8-bit RGB those of the picture.
  private func stored(_ name: String, _ reading: PixelReading) throws -> StoredImage {
    let bytes = try bytes(name)
    let header = try ImageFile.header(of: bytes, name: name, reading: reading)
    switch try ImageFile.pixels(of: bytes, header, name: name, reading: reading) {
    case .stored(let image): return image
    case .levels(let image):
      return StoredImage(
        width: image.width, height: image.height, bands: 3, type: .uint8, bytes: image.pixels)
    }
  }

  @Test func headersSayWhatIsStored() throws {
    for file in try Self.all() {
      let reading = PixelReading(page: file.page)
      let header = try ImageFile.header(of: bytes(file.name), name: file.name, reading: reading)
      #expect(header.size == ImageSize(width: file.width, height: file.height), "\(file.name)")
      #expect(header.channels == file.bands, "\(file.name)")
      #expect(header.pages == file.pages, "\(file.name)")
      #expect(header.alphaBand == file.alpha, "\(file.name)")
      #expect(header.type.rawValue == file.type, "\(file.name)")
    }
  }

  @Test func samplesAreNumPys() throws {
    for file in try Self.all() {
      // Six bands: one must be chosen.
      let choice = file.bands > 4 ? [1] : nil
      let image = try stored(file.name, PixelReading(page: file.page, bands: choice))
      let samples = image.sample(atMost: .max, PixelReading(bands: file.bands == 3 ? nil : [1]))
      let grey = file.samples.enumerated()
        .filter { file.bands == 3 || $0.offset % file.bands == 0 }.compactMap(\.element)
      #expect(samples == grey, "\(file.name) \(file.page)")
    }
  }

  /// The same numbers in whatever type and format have one digest, and that is NumPy's and hashlib's.
  @Test func digestsFollowTheirDefinition() throws {
    for file in try Self.all() {
      let choice = file.bands > 4 ? [1] : nil
      let image = try stored(file.name, PixelReading(page: file.page, bands: choice))
      #expect(image.digest == file.digest, "\(file.name) \(file.page)")
    }
    let digests = try Dictionary(grouping: Self.all(), by: \.digest).values.map(\.count)
    #expect(digests.contains { $0 > 2 })
  }

  /// Colours that a file holds multiplied by alpha are read divided by it: 5 of 12 is 106 of 255.
  @Test func multipliedColoursAreDivided() throws {
    let image = try stored("assocalpha.tif", PixelReading(bands: [1]))
    let header = try ImageFile.header(
      of: bytes("assocalpha.tif"), name: "a", reading: PixelReading())
    #expect(header.alphaBand == 3)
    #expect(image.sample(atMost: .max, PixelReading(bands: [1])).prefix(2) == [0, 106])
  }

  @Test func samplesOf64BitsAreNamedAsNotReadInTIFF() {
    #expect(
      message("float64.tif", PixelReading()).hasPrefix(
        "float64.tif: this kind of TIFF is not read (libvips reads at most 32 bits a sample);"))
  }

  @Test func bandsArePickedByNumber() throws {
    func red(_ bands: [Int]?) throws -> [UInt8] {
      let image = try ImageFile.decode(
        bytes("six.tif"), name: "six.tif", reading: PixelReading(bands: bands))
      return Array(image.pixels.prefix(12).suffix(3))
    }
    // The fourth pixel of band n is 3 n.
    #expect(try red([4, 3, 2]) == [12, 9, 6])
    #expect(try red([6]) == [18, 18, 18])
    #expect(
      message("six.tif", PixelReading())
        == "six.tif: has 6 bands, expected 1 to 4; say which one is grey, or which three are red, green "
        + "and blue")
    #expect(
      message("six.tif", PixelReading(bands: [7]))
        == "six.tif: the bands 7 were asked for, and the file has 6")
  }

  @Test func pagesArePickedByNumber() throws {
    for page in 1...3 {
      let image = try ImageFile.decode(
        bytes("pages.tif"), name: "", reading: PixelReading(page: page))
      #expect(Int(image.pixels[3]) == 1 + 50 * (page - 1))
    }
    #expect(
      message("pages.tif", PixelReading(page: 4))
        == "pages.tif: page 4 was asked for, and the file has 3")
    #expect(
      message("uint8.npy", PixelReading(page: 2))
        == "uint8.npy: page 2 was asked for, and the file has 1")
  }

  /// A fourth band is alpha where the file says so, and is composed onto what is asked for.
  @Test func aFourthBandThatIsNoAlphaChangesNoColour() throws {
    func pixel(_ name: String, _ alpha: PixelReading.Alpha) throws -> [UInt8] {
      let image = try ImageFile.decode(bytes(name), name: name, reading: PixelReading(alpha: alpha))
      return Array(image.pixels[6..<9])
    }
    // The third pixel: 10, 26, 192 with a fourth of 24.
    for alpha in PixelReading.Alpha.allCases {
      #expect(try pixel("unspecified.tif", alpha) == [10, 26, 192])
    }
    #expect(try pixel("unassalpha.tif", .ignore) == [10, 26, 192])
    #expect(try pixel("unassalpha.tif", .black) == [1, 2, 18])
    #expect(try pixel("unassalpha.tif", .white) == [232, 233, 249])
    #expect(try pixel("opaque.tif", .white) == [10, 26, 192])
  }

  @Test func twelveBitsInSixteenFollowTheScaleThatCoversThem() throws {
    let scale = IntensityScale(low: 0, high: 4095, coversUnsigned16: true)
    let bytes = try bytes("uint16.npy")
    // The second pixel is 3005.
    func level(_ reading: PixelReading) throws -> UInt8 {
      try ImageFile.decode(bytes, name: "", reading: reading).pixels[3]
    }
    #expect(try level(PixelReading(scale: scale)) == 187)
    #expect(try level(PixelReading()) == 12)
    let other = IntensityScale(low: 0, high: 4095, coversUnsigned16: false)
    #expect(try level(PixelReading(scale: other)) == 12)
    let png = try self.bytes("uint16.png")
    #expect(
      try ImageFile.decode(png, name: "", reading: PixelReading(scale: scale)).pixels[3] == 187)
  }

  private func message(_ name: String, _ reading: PixelReading) -> String {
    do {
      _ = try ImageFile.decode(bytes(name), name: name, reading: reading)
      return "no error"
    } catch {
      return "\(error)"
    }
  }
}
