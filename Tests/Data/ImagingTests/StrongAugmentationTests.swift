import Imaging
import Randomness
import TestSupport
import Testing

/// The changes of RandAugment against Pillow's, and its draws.
@Suite struct StrongAugmentationTests {
  struct GoldenFile: Decodable {
    struct Tone: Decodable {
      var picture: String, kind: String, amount: Int, image: TransformGolden.Picture
    }
    struct Sharp: Decodable { var picture: String, factor: Double, image: TransformGolden.Picture }
    struct Shear: Decodable { var x: Double, y: Double, image: TransformGolden.Picture }
    var pictures: [String: TransformGolden.Picture], tones: [Tone], sharpness: [Sharp]
    var shears: [Shear]
    var large: TransformGolden.Picture, equalized: TransformGolden.Picture
  }

  private func load() throws -> GoldenFile { try Golden.load("Imaging/strong.json") }

  private func adjustment(_ item: GoldenFile.Tone) -> ToneAdjustment {
    switch item.kind {
    case "autocontrast": .autocontrast
    case "equalize": .equalize
    case "posterize": .posterize(bits: item.amount)
    default: .solarize(threshold: item.amount)
    }
  }

  private func differing(_ a: Image, _ b: Image) -> Int {
    zip(a.pixels, b.pixels).count { $0 != $1 }
  }

  @Test func tonesArePillows() throws {
    let golden = try load()
    for item in golden.tones {
      let image = try #require(golden.pictures[item.picture]).image
      let off = differing(adjustment(item)(image), item.image.image)
      #expect(off == 0, "\(item.picture) \(item.kind) \(item.amount)")
    }
    #expect(differing(ToneAdjustment.equalize(golden.large.image), golden.equalized.image) == 0)
  }

  @Test func sharpnessIsPillows() throws {
    let golden = try load()
    for item in golden.sharpness {
      let image = try #require(golden.pictures[item.picture]).image
      let off = differing(Sharpness(item.factor)(image), item.image.image)
      #expect(off == 0, "\(item.picture) \(item.factor)")
    }
  }

  @Test func shearsArePillows() throws {
    let golden = try load()
    let image = try #require(golden.pictures["rgb"]).image
    for item in golden.shears {
      let off = differing(AffineWarp(shearX: item.x, shearY: item.y)(image), item.image.image)
      #expect(off == 0, "\(item.x) \(item.y)")
      #expect(differing(image, item.image.image) > 100)
    }
  }

  /// Every change keeps the size; all but nothing change the picture at some level.
  @Test(arguments: RandAugment.Change.allCases)
  func everyChange(change: RandAugment.Change) throws {
    let image = try #require(try load().pictures["rgb"]).image
    var changed = 0
    for level in [0.1, 0.5, 0.9] {
      for sign in [-1.0, 1] {
        let operation = change.operation(level: level, sign: sign, for: image.size)
        let result = operation.map { $0(image) } ?? image
        #expect(result.size == image.size && result.channels == image.channels)
        changed += differing(result, image)
      }
    }
    #expect((changed == 0) == (change == .nothing))
  }

  @Test func sameDrawsSameImage() throws {
    let image = try #require(try load().pictures["rgb"]).image
    func result(_ seed: UInt64) -> Image {
      var source = RandomSource(seed: seed)
      return Chain([RandAugment(), Cutout(side: 8)])(image, using: &source)
    }
    #expect(differing(result(1), result(1)) == 0)
    #expect((2..<12).count { differing(result(1), result($0)) > 0 } == 10)
  }

  @Test func aCutOutIsGreyAndAsLargeAsAsked() throws {
    let image = Image(width: 20, height: 20, channels: 3, pixels: Array(repeating: 9, count: 1200))
    var areas: Set<Int> = []
    for seed in 0..<60 {
      var source = RandomSource(seed: UInt64(seed))
      let result = Cutout(side: 6)(image, using: &source)
      let grey = result.pixels.count { $0 == 127 }
      #expect(grey % 3 == 0 && grey > 0 && result.pixels.count { $0 == 9 } == 1200 - grey)
      areas.insert(grey / 3)
    }
    #expect(areas.max() == 36 && areas.count > 2)
    var source = RandomSource(seed: 0)
    #expect(differing(Cutout(side: 0)(image, using: &source), image) == 0)
  }
}
