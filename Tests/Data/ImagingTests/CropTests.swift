import Imaging
import Randomness
import Testing

@Suite struct CropTests {
  @Test func windowsAreWindows() {
    let image = pattern(8, 6)
    let window = image.cropped(left: 2, top: 1, size: ImageSize(width: 3, height: 4))
    for y in 0..<4 {
      for x in 0..<3 {
        let from = ((y + 1) * 8 + x + 2) * 3
        let to = (y * 3 + x) * 3
        #expect(window.pixels[to..<(to + 3)] == image.pixels[from..<(from + 3)])
      }
    }
  }

  @Test(arguments: [(-3, -2), (5, 4), (-1, 3), (8, 0), (0, 6), (-9, 0), (0, -9), (100, 100)])
  func outsideIsBlack(left: Int, top: Int) {
    let image = Image(width: 8, height: 6, channels: 1, pixels: Array(repeating: 9, count: 48))
    let window = image.cropped(left: left, top: top, size: ImageSize(width: 8, height: 6))
    let columns = max(0, 8 - abs(left))
    let rows = max(0, 6 - abs(top))
    #expect(window.pixels.count { $0 == 9 } == columns * rows)
    #expect(window.pixels.count { $0 == 0 } == 48 - columns * rows)
  }

  @Test func centre() {
    var source = RandomSource(seed: 0)
    let image = pattern(9, 7)
    let size = ImageSize(width: 4, height: 3)
    #expect(
      CenterCrop(size)(image, using: &source) == image.cropped(left: 2, top: 2, size: size))
    #expect(CenterCrop(ImageSize(20))(image, using: &source).size == ImageSize(20))
  }

  @Test func randomCropReachesEveryPlaceEquallyOften() {
    // The value tells the place.
    let image = Image(width: 3, height: 3, channels: 1, pixels: [1, 2, 3, 4, 5, 6, 7, 8, 9])
    let crop = RandomCrop(ImageSize(1), padding: 1)
    var source = RandomSource(seed: 3)
    var found = [Int](repeating: 0, count: 10)
    for _ in 0..<5000 { found[Int(crop(image, using: &source).pixels[0])] += 1 }
    for value in 1...9 { #expect(abs(found[value] - 200) < 65, "\(value): \(found[value])") }
    #expect(abs(found[0] - 3200) < 160)
  }

  @Test func smallImagesAreCentredOnBlack() {
    var source = RandomSource(seed: 3)
    let image = Image(width: 1, height: 1, channels: 1, pixels: [7])
    let crop = RandomCrop(ImageSize(5), padding: 1)
    #expect(crop(image, using: &source).pixels[12] == 7)
  }

  @Test func resizedCropKeepsItsRanges() {
    // Columns tell the window's width: the value is the column.
    let pixels = (0..<(100 * 100)).map { UInt8($0 % 100) }
    let image = Image(width: 100, height: 100, channels: 1, pixels: pixels)
    let crop = RandomResizedCrop(ImageSize(50), scale: 0.25...0.25, ratio: 1...1)
    var source = RandomSource(seed: 4)
    for _ in 0..<50 {
      let out = crop(image, using: &source)
      #expect(out.size == ImageSize(50))
      #expect(out.pixels[49] - out.pixels[0] == 49)
    }
  }

  @Test func impossibleProportionsFallBackToTheMiddle() {
    let strip = pattern(300, 2)
    var source = RandomSource(seed: 5)
    let crop = RandomResizedCrop(ImageSize(4), scale: 0.9...1, ratio: 1...1)
    let middle = strip.cropped(left: 149, top: 0, size: ImageSize(2))
    #expect(crop(strip, using: &source) == Resize(ImageSize(4))(middle))
  }
}
