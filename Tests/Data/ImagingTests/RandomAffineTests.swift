import Imaging
import Randomness
import Testing

@Suite struct RandomAffineTests {
  /// A picture whose value tells the column.
  private let ramp = Image(
    width: 200, height: 3, channels: 1, pixels: (0..<600).map { UInt8($0 % 200 + 1) })

  @Test func shiftsStayWithinFivePercentOfTheWidth() {
    let affine = RandomAffine(horizontalShift: 0.05)
    var source = RandomSource(seed: 10)
    let shifts = (0..<1000).map { _ in 101 - Int(affine(ramp, using: &source).pixels[100]) }
    #expect(shifts.min() == -10)
    #expect(shifts.max() == 10)
    #expect(abs(shifts.reduce(0, +)) < 600)
  }

  @Test func scalesFillTheirRange() {
    let affine = RandomAffine(scale: 0.95...1.20)
    var source = RandomSource(seed: 11)
    let steps = (0..<500).map { _ in
      let row = affine(ramp, using: &source).pixels[200..<400]
      return Double(row[350]) - Double(row[250])
    }
    // 100 columns of the result cover 100 / scale of the image.
    #expect((steps.min() ?? 0) >= 100 / 1.20 - 1)
    #expect((steps.max() ?? 0) <= 100 / 0.95 + 1)
    #expect((steps.max() ?? 0) - (steps.min() ?? 0) > 18)
  }

  @Test func noRangeNoChangeButSameDraws() {
    var source = RandomSource(seed: 12)
    var other = source
    #expect(RandomAffine()(ramp, using: &source) == ramp)
    _ = RandomAffine(angle: -45...45)(ramp, using: &other)
    #expect(source == other)
  }
}
