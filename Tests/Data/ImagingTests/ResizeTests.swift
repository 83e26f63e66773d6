import Imaging
import Randomness
import TestSupport
import Testing

@Suite struct ResizeTests {
  /// Pillow mixes rows first where only the columns become more, which rounds differently.
  @Test func isPillows() throws {
    let golden = try TransformGolden.load()
    for expected in golden.resize.map(\.image) {
      let source = expected.channels == 3 ? golden.rgb.image : golden.grey.image
      let rowsFirst = expected.width > source.width && expected.height < source.height
      let found = levels(Resize(expected.size)(source), expected)
      #expect(found <= (rowsFirst ? 1 : 0), "\(expected.size)")
    }
  }

  /// Bicubic scaling cuts levels off at both ends, and takes the rows first where Pillow does.
  @Test func bicubicIsPillows() throws {
    struct Content: Decodable {
      let rgb, grey: TransformGolden.Picture
      let resize: [TransformGolden.Picture]
    }
    let golden = try Golden.load("Imaging/bicubic.json", as: Content.self)
    #expect(golden.resize.contains { $0.pixels.contains(0) && $0.pixels.contains(255) })
    for expected in golden.resize {
      let source = expected.channels == 3 ? golden.rgb.image : golden.grey.image
      let size = expected.image.size
      #expect(Resize(size, sampling: .bicubic)(source) == expected.image, "\(size)")
      #expect(Resize(size)(source) != expected.image || size == ImageSize(1), "\(size)")
    }
  }

  /// Colours are mixed several rows and pixels at a time, grey one by one: both give the same levels.
  @Test(arguments: [Interpolation.bilinear, .bicubic])
  func eachChannelIsScaledAsIfAlone(sampling: Interpolation) {
    for (width, height) in [(1, 1), (2, 1), (1, 9), (7, 4), (5, 5), (33, 6), (64, 31)] {
      let image = pattern(width, height)
      for (newWidth, newHeight) in [(1, 1), (3, 2), (5, 16), (11, 7), (16, 40)] {
        let resize = Resize(ImageSize(width: newWidth, height: newHeight), sampling: sampling)
        let scaled = resize(image)
        for channel in 0..<3 {
          #expect(
            resize(plane(channel, of: image)) == plane(channel, of: scaled),
            "\(image.size) to \(resize.size), channel \(channel)")
        }
      }
    }
  }

  private func plane(_ channel: Int, of image: Image) -> Image {
    Image(
      width: image.width, height: image.height, channels: 1,
      pixels: stride(from: channel, to: image.pixels.count, by: 3).map { image.pixels[$0] })
  }

  /// By the shorter side is by both where proportions stay whole numbers.
  @Test func theShorterSideIsScaledAlike() {
    var source = RandomSource(seed: 1)
    let image = pattern(40, 30)
    #expect(
      ResizeShorter(60, sampling: .bicubic)(image, using: &source)
        == Resize(ImageSize(width: 80, height: 60), sampling: .bicubic)(image))
  }

  @Test(arguments: [Interpolation.bilinear, .bicubic])
  func constantImagesStayConstant(sampling: Interpolation) {
    for level: UInt8 in [0, 1, 127, 254, 255] {
      let image = Image(
        width: 37, height: 23, channels: 3, pixels: Array(repeating: level, count: 37 * 23 * 3))
      for size in [ImageSize(5), ImageSize(width: 90, height: 7), ImageSize(64)] {
        #expect(Resize(size, sampling: sampling)(image).pixels.allSatisfy { $0 == level })
      }
    }
  }

  @Test func sameSizeChangesNothing() {
    let image = pattern(19, 8)
    #expect(Resize(image.size)(image) == image)
  }

  @Test func shrinkingAveragesEveryPixel() {
    var image = Image(
      width: 64, height: 64, channels: 1, pixels: Array(repeating: 0, count: 64 * 64))
    image.pixels[64 * 20 + 21] = 255
    #expect(Resize(ImageSize(8))(image).pixels.contains { $0 > 0 })
  }

  @Test func mirroredInputGivesMirroredOutput() {
    let image = pattern(41, 30)
    let size = ImageSize(width: 13, height: 47)
    let mirrored = Resize(size)(Orientation.mirrored.uprighted(image))
    #expect(levels(mirrored, Orientation.mirrored.uprighted(Resize(size)(image))) <= 1)
  }

  @Test func drawsNothing() {
    var source = RandomSource(seed: 1)
    _ = Resize(ImageSize(4))(pattern(9, 9), using: &source)
    _ = ResizeShorter(4)(pattern(9, 7), using: &source)
    _ = CenterCrop(ImageSize(4))(pattern(9, 7), using: &source)
    #expect(source == RandomSource(seed: 1))
  }

  @Test(arguments: [(30, 20, 15, 10), (20, 30, 10, 15), (31, 20, 15, 10), (500, 1, 5000, 10)])
  func shorterSideKeepsProportions(width: Int, height: Int, newWidth: Int, newHeight: Int) {
    var source = RandomSource(seed: 1)
    let image = ResizeShorter(10)(pattern(width, height), using: &source)
    #expect(image.size == ImageSize(width: newWidth, height: newHeight))
  }
}
