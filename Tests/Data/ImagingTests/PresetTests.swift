import Imaging
import Randomness
import Testing

@Suite struct PresetTests {
  private let size = ImageSize(width: 24, height: 20)

  private func train(_ preset: Preset, _ image: Image, seed: UInt64) -> Image {
    var source = RandomSource(seed: seed)
    return preset.random(preset.deterministic(image, using: &source), using: &source)
  }

  /// The contract of every preset.
  @Test(arguments: PresetName.allCases)
  func everyPreset(name: PresetName) {
    let preset = Preset(name, size: size)
    for image in [pattern(61, 45), pattern(24, 20), pattern(7, 90), pattern(1, 1)] {
      var source = RandomSource(seed: 1)
      let prepared = preset.deterministic(image, using: &source)
      #expect(source == RandomSource(seed: 1), "the deterministic part draws")
      #expect(preset.random(prepared, using: &source).size == size)
      source = RandomSource(seed: 1)
      #expect(preset.evaluation(image, using: &source).size == size)
      #expect(source == RandomSource(seed: 1), "evaluation draws")
      #expect(train(preset, image, seed: 5) == train(preset, image, seed: 5))
    }
    #expect(preset.decodeSize.width >= size.width && preset.decodeSize.height >= size.height)
    #expect(!name.summary.isEmpty)
    #expect(PresetName(rawValue: name.rawValue) == name)
  }

  @Test(arguments: [PresetName.crop, .resizedCrop, .paper])
  func seedsMatter(name: PresetName) {
    let preset = Preset(name, size: size)
    let images = (0..<20).map { train(preset, pattern(61, 45), seed: $0) }
    #expect(Set(images.map { $0.digest }).count > 15)
  }

  /// A change here changes every seeded run.
  @Test func cropsAreTheSameBytesForEver() {
    let image = train(Preset(.crop, size: size), pattern(61, 45), seed: 2026)
    #expect(
      image.digest
        == "991bf93da3c1e6098f2e846168e95b1b70435d5779f3513be54a1e97c956a697")
  }

  /// A crop of 7/8 is the usual one; another share scales the shorter side to size ÷ share, and the interpolation is of
  /// every scaling.
  @Test func shareAndInterpolationAreTheWeights() {
    let (image, size) = (pattern(61, 45), ImageSize(28))
    func expected(_ shorter: Int, _ sampling: Interpolation) -> Image {
      judged(Chain([ResizeShorter(shorter, sampling: sampling), CenterCrop(size)]))
    }
    func judged(_ transform: any Transform) -> Image {
      var source = RandomSource(seed: 1)
      return transform(image, using: &source)
    }
    for (share, shorter) in [(0.875, 32), (1.0, 28), (0.9, 31)] {
      let preset = Preset(
        .resizedCrop, size: size, interpolation: .bicubic, cropShare: share)
      #expect(judged(preset.evaluation) == expected(shorter, .bicubic), "\(share)")
    }
    #expect(judged(Preset(.resizedCrop, size: size).evaluation) == expected(32, .bilinear))
    for name in PresetName.allCases {
      let preset = Preset(name, size: size, interpolation: .bicubic)
      #expect(judged(preset.evaluation) != judged(Preset(name, size: size).evaluation), "\(name)")
      #expect(train(preset, image, seed: 3) != train(Preset(name, size: size), image, seed: 3))
    }
  }

  @Test func paperHasItsSteps() {
    let paper = Preset(.paper, size: size).random as? Chain
    let steps = paper?.steps ?? []
    #expect(steps.count == 4)
    #expect((steps[0] as? OneOf)?.steps.count == 3)
    let jitter = ColorJitter(brightness: 0.25, contrast: 0.25, saturation: 0.25, hue: 0.01)
    #expect(steps[1] as? ColorJitter == jitter)
    #expect(steps[2] as? HorizontalFlip == HorizontalFlip(0.5))
    #expect(steps[3] as? VerticalFlip == VerticalFlip(0.5))
  }
}
