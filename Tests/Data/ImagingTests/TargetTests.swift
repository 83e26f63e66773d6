import Foundation
import Imaging
import Randomness
import TestSupport
import Testing

/// Image and target move together, whatever the transform.
@Suite struct TargetTests {
  /// Five regions without symmetry, none near another's value; no 0.
  private static let map = Image(
    width: 128, height: 80, channels: 1,
    pixels: (0..<(128 * 80)).map {
      let (x, y) = ($0 % 128, $0 / 128)
      return x < 40 ? (y < 52 ? 17 : 60) : y < 28 ? 101 : x < 92 ? 180 : 230
    })

  /// The same regions in colours.
  private static let picture = Image(
    width: map.width, height: map.height, channels: 3,
    pixels: map.pixels.flatMap { [$0, 255 - $0, $0 &* 7] })

  private static func both(
    _ transform: any Transform, _ image: Image, seed: UInt64
  ) -> (image: Image, target: Image) {
    var source = RandomSource(seed: seed)
    return transform(image, target: map, using: &source)
  }

  /// Places around which the target has one value, five pixels far, none of them outside: no weighing there, by one
  /// step or two, reaches another region.
  private static func inner(_ target: Image) -> [Int] {
    let (width, height, far) = (target.width, target.height, 5)
    guard width > 2 * far, height > 2 * far else { return [] }
    func isAlike(_ place: Int, by step: Int) -> Bool {
      (-far...far).allSatisfy { target.pixels[place + $0 * step] == target.pixels[place] }
    }
    var isAlikeAcross = [Bool](repeating: false, count: width * height)
    for y in 0..<height {
      for x in far..<(width - far) { isAlikeAcross[y * width + x] = isAlike(y * width + x, by: 1) }
    }
    return (far * width..<(height - far) * width).filter { place in
      isAlike(place, by: width)
        && (-far...far).allSatisfy { isAlikeAcross[place + $0 * width] }
    }
  }

  /// The colours found inside each region of the target.
  private static func colours(_ image: Image, over target: Image) -> [UInt8: Set<[UInt8]>] {
    var found: [UInt8: Set<[UInt8]>] = [:]
    for place in inner(target) {
      let colour = Array(image.pixels[place * 3..<place * 3 + 3])
      found[target.pixels[place], default: []].insert(colour)
    }
    return found
  }

  /// Reads the sources, so that a new transform cannot be left out.
  @Test func theSweepHasEveryTransform() throws {
    let folder = Golden.root.appendingPathComponent("Sources/Data/Imaging")
    let declaration =
      #/
      ^(?:public\ )?(?:final\ )?(?:extension|struct|enum|class|actor)\ (\w+)\b[^{]*:[^{]*\bTransform\b
      /#.anchorsMatchLineEndings()
    var declared: Set<String> = []
    for file in try FileManager.default.subpathsOfDirectory(atPath: folder.path)
    where file.hasSuffix(".swift") {
      let text = try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
      declared.formUnion(text.matches(of: declaration).map { String($0.1) })
    }
    #expect(declared.contains("HorizontalFlip") && declared.count > 10)
    #expect(declared == Set(TargetCase.all.map { "\(type(of: $0.transform))" }))
  }

  @Test(arguments: TargetCase.all)
  func theImageIsThePlainCalls(item: TargetCase) {
    for seed in 0..<12 as Range<UInt64> {
      var plain = RandomSource(seed: seed)
      var paired = plain
      let image = item.transform(Self.picture, using: &plain)
      let result = item.transform(Self.picture, target: Self.map, using: &paired)
      #expect(result.image == image)
      #expect(paired == plain)
      #expect(result.target.size == image.size && result.target.channels == 1)
      let again = Self.both(item.transform, Self.picture, seed: seed)
      #expect(again.image == result.image && again.target == result.target)
    }
  }

  @Test(arguments: TargetCase.all)
  func theTargetHasItsValuesAndBlack(item: TargetCase) {
    let values = Set(Self.map.pixels + [0])
    for seed in 0..<12 as Range<UInt64> {
      let found = Set(Self.both(item.transform, Self.picture, seed: seed).target.pixels)
      #expect(found.isSubset(of: values), "\(found.subtracting(values))")
    }
  }

  /// Against which the test above can fail: as an image, the map is blended.
  @Test func anImageIsBlended() {
    let blended = Resize(ImageSize(width: 48, height: 41))(Self.map)
    #expect(!Set(blended.pixels).isSubset(of: Set(Self.map.pixels + [0])))
  }

  @Test(arguments: TargetCase.all.filter { $0.kind == .moves })
  func theMapAsAnImageMovesAlike(item: TargetCase) {
    for seed in 0..<12 as Range<UInt64> {
      let (image, target) = Self.both(item.transform, Self.map, seed: seed)
      let inner = Self.inner(target)
      #expect(inner.count * 10 > target.pixels.count)
      #expect(inner.allSatisfy { image.pixels[$0] == target.pixels[$0] })
    }
  }

  /// Colours change region by region, so inside a region there is one; grey is the cut out square, black was outside.
  @Test(arguments: TargetCase.all.filter { $0.kind == .both })
  func aRegionHasOneColour(item: TargetCase) {
    var moved = 0
    for seed in 0..<30 as Range<UInt64> {
      let (image, target) = Self.both(item.transform, Self.picture, seed: seed)
      for (value, colours) in Self.colours(image, over: target) where value != 0 {
        #expect(colours.subtracting([[127, 127, 127]]).count <= 1, "\(seed): \(value) \(colours)")
      }
      moved += target == Self.map ? 0 : 1
    }
    #expect(moved > 5)
  }

  @Test(arguments: TargetCase.all.filter { $0.kind == .colours })
  func coloursLeaveTheTarget(item: TargetCase) {
    for seed in 0..<12 as Range<UInt64> {
      #expect(Self.both(item.transform, Self.picture, seed: seed).target == Self.map)
    }
  }

  /// What moves pixels breaks the regions' colours where the map stays; nothing else does.
  @Test(arguments: RandAugment.Change.allCases)
  func changesThatMove(change: RandAugment.Change) {
    let operation = change.operation(level: 0.9, sign: 1, for: Self.picture.size)
    let changed = operation.map { $0(Self.picture) } ?? Self.picture
    let colours = Self.colours(changed, over: Self.map)
    #expect(colours.count == 5)
    #expect(colours.values.contains { $0.count > 1 } == (operation?.onTarget != nil))
  }

  /// The second step's draw comes after one that the target does not show.
  @Test func drawsStayInStep() {
    let chain = Chain([Cutout(side: 0), HorizontalFlip(), Cutout(side: 0), VerticalFlip()])
    let choice = Chain([
      Cutout(side: 0), OneOf([HorizontalFlip(1), VerticalFlip(1), Identity(), Cutout(side: 0)]),
    ])
    for (transform, outcomes) in [(chain, 4), (choice, 3)] {
      let results = (0..<40).map { Self.both(transform, Self.map, seed: $0) }
      #expect(results.allSatisfy { $0.image == $0.target })
      #expect(Set(results.map { $0.target.digest }).count == outcomes)
    }
  }

  /// A mirroring of which a target is told something else.
  private struct Mirrored: Transform, ImageOperation {
    let onTarget: (any ImageOperation)?

    func operations(
      for size: ImageSize, using generator: inout RandomSource
    ) -> [any ImageOperation] { [self] }

    func apply(to image: inout Image) { Orientation.mirrored.apply(to: &image) }
  }

  private func says(_ result: ExitTest.Result?, _ sentence: String) throws {
    let said = String(decoding: try #require(result).standardErrorContent, as: UTF8.self)
    #expect(said.contains(sentence), "\(said.prefix(400))")
  }

  @Test func aTargetOfAnotherSize() async throws {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var source = RandomSource(seed: 1)
      _ = Identity()(pattern(4, 3), target: pattern(3, 4, channels: 1), using: &source)
    }
    try says(result, "Transform: expected a target of the image's size, 4×3, got 3×4")
  }

  @Test func anOperationThatTakesTheTargetToAnotherSize() async throws {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var source = RandomSource(seed: 1)
      let wrong = Mirrored(onTarget: Window(left: 0, top: 0, size: ImageSize(1)))
      _ = wrong(pattern(4, 3), target: pattern(4, 3), using: &source)
    }
    try says(
      result, "Transform: expected a moved target of the result's size, 4×3, got 1×1")
  }

  @Test func anOperationOfOnesOwn() {
    var source = RandomSource(seed: 1)
    let own = Mirrored(onTarget: Orientation.mirrored)
    let (image, target) = own(pattern(4, 3), target: pattern(4, 3), using: &source)
    #expect(image == target && image == Orientation.mirrored(pattern(4, 3)))
  }
}
