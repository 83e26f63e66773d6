import Imaging
import Testing

@Suite struct AffineWarpTests {
  /// Pillow steps in 1/65536 pixels, so a few values lie on the other side of a pixel's edge.
  @Test func isTorchvisions() throws {
    let golden = try TransformGolden.load()
    let image = golden.rgb.image
    for item in golden.affine {
      let warp = AffineWarp(
        angle: item.angle, scale: item.scale, right: item.right, down: item.down,
        sampling: item.sampling)
      let off = zip(warp(image).pixels, item.image.pixels).count { abs(Int($0) - Int($1)) > 1 }
      #expect(off * 100 <= image.pixels.count, "\(warp): \(off) values differ")
    }
  }

  @Test(arguments: AffineWarp.Sampling.allCases)
  func nothingChangesNothing(sampling: AffineWarp.Sampling) {
    let image = pattern(13, 9)
    #expect(AffineWarp(sampling: sampling)(image) == image)
  }

  @Test(arguments: AffineWarp.Sampling.allCases)
  func shiftsAreExact(sampling: AffineWarp.Sampling) {
    let image = pattern(13, 9)
    let shifted = AffineWarp(right: 3, down: -2, sampling: sampling)(image)
    #expect(shifted == image.cropped(left: -3, top: 2, size: image.size))
  }

  @Test func aQuarterTurnOfASquareIsExact() {
    let image = pattern(9, 9)
    #expect(AffineWarp(angle: 90)(image) == Orientation.needsClockwise.uprighted(image))
    #expect(AffineWarp(angle: -90)(image) == Orientation.needsCounterclockwise.uprighted(image))
  }

  @Test func enlargingLosesTheEdge() {
    var image = Image(
      width: 21, height: 21, channels: 1, pixels: Array(repeating: 0, count: 21 * 21))
    for i in 0..<21 { image.pixels[i] = 255 }
    #expect(AffineWarp(scale: 1.2)(image).pixels.allSatisfy { $0 == 0 })
    #expect(AffineWarp(scale: 0.9)(image).pixels.contains(255))
  }
}
