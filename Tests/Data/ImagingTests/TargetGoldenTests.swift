import Imaging
import Randomness
import TestSupport
import Testing

/// Where torchvision and Pillow move a map of classes.
@Suite struct TargetGoldenTests {
  /// Made by `Goldens/Imaging/targets.py`.
  struct GoldenFile: Decodable {
    typealias Picture = TransformGolden.Picture
    struct Turn: Decodable { var angle: Double, scale: Double, map: Picture }
    var map: Picture, mirrored: Picture, flipped: Picture, padded: Picture
    var middle: Picture, wideMiddle: Picture, middleResized: Picture
    var resized: [Picture], shorter: [Picture], turned: [Turn]
    var colours: Picture, colouredResized: [Picture]
  }

  private let golden: GoldenFile
  private let map: Image

  init() throws {
    golden = try Golden.load("Imaging/targets.json")
    map = golden.map.image
  }

  /// The map over a picture, after a transform.
  private func moved(_ transform: any Transform) -> Image {
    var source = RandomSource(seed: 1)
    return transform(pattern(map.width, map.height), target: map, using: &source).target
  }

  @Test func flips() {
    #expect(moved(HorizontalFlip(1)) == golden.mirrored.image)
    #expect(moved(VerticalFlip(1)) == golden.flipped.image)
  }

  @Test func crops() {
    #expect(moved(CenterCrop(golden.middle.image.size)) == golden.middle.image)
    #expect(moved(CenterCrop(golden.wideMiddle.image.size)) == golden.wideMiddle.image)
    // One place alone is left to the window.
    #expect(moved(RandomCrop(golden.padded.image.size, padding: 2)) == golden.padded.image)
    // No square of the whole area fits, so the middle one is taken.
    let square = RandomResizedCrop(golden.middleResized.image.size, scale: 1...1, ratio: 1...1)
    #expect(moved(square) == golden.middleResized.image)
  }

  @Test func turns() {
    for item in golden.turned {
      let warp = RandomAffine(
        angle: item.angle...item.angle, scale: item.scale...item.scale, sampling: .bilinear)
      #expect(moved(warp) == item.map.image, "\(item.angle) \(item.scale)")
    }
  }

  @Test func scalings() {
    for expected in golden.resized.map(\.image) {
      #expect(moved(Resize(expected.size)) == expected, "\(expected.size)")
    }
    for expected in golden.shorter.map(\.image) {
      let shorter = ResizeShorter(min(expected.width, expected.height))
      #expect(moved(shorter) == expected, "\(expected.size)")
    }
    for expected in golden.colouredResized.map(\.image) {
      let resized = Resize(expected.size, sampling: .nearest)(golden.colours.image)
      #expect(resized == expected, "\(expected.size)")
    }
  }
}
