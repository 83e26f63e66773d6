import Imaging
import Randomness
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

  @Test func constantImagesStayConstant() {
    for level: UInt8 in [0, 1, 127, 254, 255] {
      let image = Image(
        width: 37, height: 23, channels: 3, pixels: Array(repeating: level, count: 37 * 23 * 3))
      for size in [ImageSize(5), ImageSize(width: 90, height: 7), ImageSize(64)] {
        #expect(Resize(size)(image).pixels.allSatisfy { $0 == level })
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
