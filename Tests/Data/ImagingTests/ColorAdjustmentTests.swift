import Imaging
import Testing

@Suite struct ColorAdjustmentTests {
  private func adjustment(_ kind: String, _ factor: Double) -> ColorAdjustment {
    switch kind {
    case "brightness": .brightness(factor)
    case "contrast": .contrast(factor)
    case "saturation": .saturation(factor)
    default: .hue(factor)
    }
  }

  @Test func isTorchvisions() throws {
    let golden = try TransformGolden.load()
    for case let item in golden.colour {
      let image = adjustment(item.kind, item.factor)(golden.rgb.image)
      let expected = item.image.image
      #expect(levels(image, expected) <= 1, "\(item.kind) \(item.factor)")
      let off = zip(image.pixels, expected.pixels).count { $0 != $1 }
      #expect(off * 50 <= image.pixels.count, "\(item.kind) \(item.factor): \(off) values differ")
    }
  }

  @Test(arguments: [
    ColorAdjustment.brightness(1), .contrast(1), .saturation(1), .hue(0), .hue(1),
  ])
  func nothingChangesNothing(adjustment: ColorAdjustment) throws {
    let image = try TransformGolden.load().rgb.image
    #expect(adjustment(image) == image)
  }

  private func mean(_ image: Image) -> Double {
    Double(image.pixels.reduce(0) { $0 + Int($1) }) / Double(image.pixels.count)
  }

  private func spread(_ image: Image) -> Double {
    let mean = mean(image)
    return image.pixels.reduce(0) { $0 + abs(Double($1) - mean) }
  }

  private func colourfulness(_ image: Image) -> Int {
    stride(from: 0, to: image.pixels.count, by: 3).reduce(0) { sum, i in
      let pixel = image.pixels[i..<(i + 3)]
      return sum + Int(pixel.max() ?? 0) - Int(pixel.min() ?? 0)
    }
  }

  @Test func moreIsMore() throws {
    let image = try TransformGolden.load().rgb.image
    #expect(mean(ColorAdjustment.brightness(1.25)(image)) > mean(image))
    #expect(mean(ColorAdjustment.brightness(0.75)(image)) < mean(image))
    #expect(spread(ColorAdjustment.contrast(1.25)(image)) > spread(image))
    #expect(spread(ColorAdjustment.contrast(0.75)(image)) < spread(image))
    #expect(colourfulness(ColorAdjustment.saturation(1.25)(image)) > colourfulness(image))
    #expect(colourfulness(ColorAdjustment.saturation(0)(image)) == 0)
  }

  @Test func aThirdOfTheCircleTurnsRedToGreen() {
    let red = Image(width: 1, height: 1, channels: 3, pixels: [200, 10, 10])
    #expect(ColorAdjustment.hue(1.0 / 3)(red).pixels == [10, 200, 10])
    #expect(ColorAdjustment.hue(-1.0 / 3)(red).pixels == [10, 10, 200])
    #expect(ColorAdjustment.hue(0.5)(red).pixels == [10, 200, 200])
  }

  @Test func greyImagesHaveNoHueAndNoSaturation() {
    let image = pattern(7, 5, channels: 1)
    #expect(ColorAdjustment.hue(0.3)(image) == image)
    #expect(ColorAdjustment.saturation(0.3)(image) == image)
    #expect(ColorAdjustment.brightness(0)(image).pixels.allSatisfy { $0 == 0 })
    #expect(Set(ColorAdjustment.contrast(0)(image).pixels).count == 1)
  }
}
