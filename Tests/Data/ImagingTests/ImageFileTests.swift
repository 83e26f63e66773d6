import Foundation
import Imaging
import Testing

@Suite struct ImageFileTests {
  static let lossless = [
    "rgb.png", "rgb.bmp", "rgb.tif", "rgb.ppm", "rgb.webp", "rgb.jp2", "grey.png", "one-bit.png",
    "palette.png", "palette.gif", "rgba.png", "grey16.png", "grey16.tif", "orientation-6.png",
  ]
  static let jpegs = [
    "rgb.jpg", "progressive.jpg", "444.jpg", "grey.jpg", "odd.jpg", "stray.jpg",
  ]

  @Test(arguments: lossless)
  func losslessFilesAreExact(name: String) throws {
    let golden = try #require(DecodedFile.all()[name])
    #expect(try levels(ImageFile.decode(fixture(name), name: name), golden.image) == 0)
  }

  /// Files whose samples do not say what is black and white, and a scale for each.
  static let unranged: [(String, Double, Double)] = [
    ("float.tif", -3, 1.5), ("float.fits", -3, 1.5), ("integer.fits", -400, 2500),
    ("planes.fits", 10, 200),
  ]

  /// The reciprocal range may round a half the other way.
  @Test(arguments: unranged)
  func theScaleIsTheOneStated(name: String, low: Double, high: Double) throws {
    let golden = try #require(DecodedFile.all()[name])
    let reading = PixelReading(scale: IntensityScale(low: low, high: high, coversUnsigned16: false))
    let image = try ImageFile.decode(fixture(name), name: name, reading: reading)
    #expect(levels(image, golden.image) <= 1)
  }

  @Test(arguments: unranged)
  func withoutAScaleNothingIsGuessed(name: String, low: Double, high: Double) throws {
    let error = #expect(throws: ImageError.self) {
      try ImageFile.decode(fixture(name), name: name)
    }
    guard case .noScale = error else {
      Issue.record("expected no scale, got \(String(describing: error))")
      return
    }
  }

  /// What models from before there was a scale were trained with.
  @Test(arguments: unranged)
  func theOwnRangeOfOlderModels(name: String, low: Double, high: Double) throws {
    let golden = try #require(DecodedFile.all()["\(name) own"])
    let image = try ImageFile.decode(fixture(name), name: name, reading: .perImage)
    #expect(levels(image, golden.image) <= 1)
  }

  /// Versions of libjpeg-turbo differ by one level.
  @Test(arguments: jpegs)
  func jpegIsPillows(name: String) throws {
    let golden = try #require(DecodedFile.all()[name])
    #expect(try levels(ImageFile.decode(fixture(name), name: name), golden.image) <= 1)
  }

  @Test func cmykWithoutAProfile() throws {
    let golden = try #require(DecodedFile.all()["cmyk.jpg"])
    #expect(try levels(ImageFile.decode(fixture("cmyk.jpg"), name: ""), golden.image) <= 2)
  }

  @Test(arguments: [2, 4, 8])
  func jpegIsScaledToNoLessThanAsked(denominator: Int) throws {
    let golden = try #require(DecodedFile.all()["odd.jpg/\(denominator)"]).image
    let image = try ImageFile.decode(fixture("odd.jpg"), name: "", atLeast: golden.size)
    #expect(levels(image, golden) <= 1)
    let more = ImageSize(width: golden.width, height: golden.height + 1)
    let larger = try ImageFile.decode(fixture("odd.jpg"), name: "", atLeast: more)
    #expect(larger.height > golden.height)
  }

  @Test func scalingLeavesSmallAndOtherFilesAlone() throws {
    let wide = ImageSize(width: 500, height: 3)
    #expect(try ImageFile.decode(fixture("odd.jpg"), name: "", atLeast: wide).width == 61)
    #expect(try ImageFile.decode(fixture("rgb.png"), name: "", atLeast: ImageSize(1)).width == 20)
  }

  @Test(arguments: 1...8)
  func everyOrientationStandsUpright(number: Int) throws {
    let golden = try #require(DecodedFile.all()["orientation-6.png"]).image
    let name = "orientation-\(number).jpg"
    let header = try ImageFile.header(of: fixture(name), name: name)
    #expect(header.orientation.rawValue == number)
    #expect(header.size == golden.size)
    #expect(try levels(ImageFile.decode(fixture(name), name: name), golden) <= 4)
  }

  @Test func scalingLooksAtTheUprightPicture() throws {
    let tall = ImageSize(width: 5, height: 7)
    let image = try ImageFile.decode(fixture("orientation-6.jpg"), name: "", atLeast: tall)
    #expect(image.size == ImageSize(width: 10, height: 7))
  }

  @Test func sameBytesOnEveryThread() throws {
    let names = Self.lossless + Self.jpegs + ["cmyk.jpg", "float.fits"]
    let files = try names.map { try fixture($0) }
    let scale = IntensityScale(low: -3, high: 1.5, coversUnsigned16: false)
    let reading = PixelReading(scale: scale)
    let expected = try files.map { try ImageFile.decode($0, name: "", reading: reading).digest }
    let found = Threads.map(8) { _ in
      (0..<4).flatMap { _ in
        files.map { file in
          (try? ImageFile.decode(file, name: "", reading: reading)).map { $0.digest } ?? "error"
        }
      }
    }
    let all = Array((0..<4).map { _ in expected }.joined())
    #expect(found.allSatisfy { $0 == all })
  }
}
