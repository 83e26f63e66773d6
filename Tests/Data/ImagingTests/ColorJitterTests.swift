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

  /// The same draws, applied by hand in the drawn order.
  @Test func theDrawnOrderIsTheOrder() {
    let image = pattern(6, 6)
    let jitter = ColorJitter(brightness: 0.5, contrast: 0.5)
    var orders = Set<[Int]>()
    for seed: UInt64 in 0..<200 {
      var source = RandomSource(seed: seed)
      var other = source
      let order = source.shuffle(4)
      orders.insert(order)
      var steps: [ColorAdjustment] = [
        .brightness(source.uniform(in: 0.5...1.5)), .contrast(source.uniform(in: 0.5...1.5)),
      ]
      if order.firstIndex(of: 1) ?? 0 < order.firstIndex(of: 0) ?? 0 { steps.reverse() }
      #expect(jitter(image, using: &other) == steps[1](steps[0](image)))
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
