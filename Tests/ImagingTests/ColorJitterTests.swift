import Imaging
import Randomness
import Testing

@Suite struct ColorJitterTests {
  private let grey = Image(width: 1, height: 1, channels: 1, pixels: [100])

  @Test func factorsFillTheirRange() {
    let jitter = ColorJitter(brightness: 0.25)
    var source = RandomSource(seed: 6)
    let values = (0..<2000).map { _ in Int(jitter(grey, using: &source).pixels[0]) }
    #expect(values.min() == 75)
    #expect((124...125).contains(values.max() ?? 0))
    let mean = Double(values.reduce(0, +)) / 2000
    #expect(abs(mean - 99.5) < 1.5)
  }

  @Test func factorsAreNeverNegative() {
    let jitter = ColorJitter(brightness: 3, contrast: 3, saturation: 3)
    var source = RandomSource(seed: 6)
    let values = (0..<500).map { _ in jitter(grey, using: &source).pixels[0] }
    #expect(Set(values).count > 20)
  }

  @Test func noAmountNoChangeButSameDraws() {
    let image = pattern(6, 6)
    var source = RandomSource(seed: 7)
    var other = source
    #expect(ColorJitter()(image, using: &source) == image)
    _ = ColorJitter(brightness: 0.5, contrast: 0.5, saturation: 0.5, hue: 0.5)(image, using: &other)
    #expect(source == other)
  }

  @Test func orderVaries() {
    // Brightness first or contrast first ends elsewhere: with the factors drawn alike, only the order can
    // tell two results apart.
    let image = pattern(6, 6)
    let first = ColorAdjustment.contrast(0.5)(ColorAdjustment.brightness(1.5)(image))
    let second = ColorAdjustment.brightness(1.5)(ColorAdjustment.contrast(0.5)(image))
    #expect(first != second)
    var orders = Set<[Int]>()
    for seed in 0..<500 {
      var source = RandomSource(seed: UInt64(seed))
      orders.insert(source.shuffle(4))
    }
    #expect(orders.count == 24)
  }

  @Test func sameSeedSameBytes() {
    let jitter = ColorJitter(brightness: 0.25, contrast: 0.25, saturation: 0.25, hue: 0.01)
    var one = RandomSource(seed: 8)
    var two = RandomSource(seed: 8)
    var three = RandomSource(seed: 9)
    let image = pattern(16, 16)
    let jittered = jitter(image, using: &one)
    #expect(jittered == jitter(image, using: &two))
    #expect(jittered != jitter(image, using: &three))
  }

  @Test func badAmounts() async {
    await #expect(processExitsWith: .failure) { _ = ColorJitter(brightness: -0.1) }
    await #expect(processExitsWith: .failure) { _ = ColorJitter(hue: 0.6) }
  }
}
