import Imaging
import Randomness
import Testing

@Suite struct CompositionTests {
  private let image = pattern(5, 4)

  @Test func chainsRunInOrder() {
    var source = RandomSource(seed: 1)
    let chain = Chain([Resize(ImageSize(10)), CenterCrop(ImageSize(3))])
    #expect(chain(image, using: &source).size == ImageSize(3))
    #expect(Chain([])(image, using: &source) == image)
    #expect(source == RandomSource(seed: 1))
  }

  @Test func eachOfOneOfIsEquallyLikely() {
    let choice = OneOf((1...4).map { Resize(ImageSize($0)) })
    var source = RandomSource(seed: 2)
    var found = [Int](repeating: 0, count: 5)
    for _ in 0..<4000 { found[choice(image, using: &source).width] += 1 }
    for width in 1...4 { #expect(abs(found[width] - 1000) < 110, "\(found)") }
  }

  @Test func flipsFlipHalfTheTime() {
    var source = RandomSource(seed: 3)
    let mirrored = Orientation.mirrored.uprighted(image)
    let flipped = Orientation.flipped.uprighted(image)
    let horizontal = (0..<2000).map { _ in HorizontalFlip()(image, using: &source) }
    let vertical = (0..<2000).map { _ in VerticalFlip()(image, using: &source) }
    #expect(abs(horizontal.count { $0 == mirrored } - 1000) < 90)
    #expect(abs(vertical.count { $0 == flipped } - 1000) < 90)
    #expect(horizontal.allSatisfy { $0 == mirrored || $0 == image })
    #expect(HorizontalFlip(1)(image, using: &source) == mirrored)
    #expect(HorizontalFlip(0)(image, using: &source) == image)
    #expect(VerticalFlip(1)(image, using: &source) == flipped)
  }

  @Test func badArguments() async {
    await #expect(processExitsWith: .failure) { _ = OneOf([]) }
    await #expect(processExitsWith: .failure) { _ = HorizontalFlip(1.5) }
    await #expect(processExitsWith: .failure) { _ = RandomCrop(ImageSize(3), padding: -1) }
    await #expect(processExitsWith: .failure) {
      _ = RandomResizedCrop(ImageSize(3), scale: 0.5...1.5)
    }
    await #expect(processExitsWith: .failure) { _ = ResizeShorter(0) }
    await #expect(processExitsWith: .failure) { _ = RandomAffine(scale: -1...1) }
    await #expect(processExitsWith: .failure) { _ = AffineWarp(scale: 0) }
  }
}
