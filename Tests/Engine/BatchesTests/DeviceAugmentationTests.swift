import Batches
import Imaging
import Randomness
import Testing
import Torch

/// What a batch's device makes of many images at once is, byte by byte, what each operation makes of one.
@Suite("Augmentation of batches")
struct DeviceAugmentationTests {
  /// Any levels, some pictures with few, grey or flat ones.
  private static func picture(_ size: ImageSize, seed: Int) -> Image {
    var source = RandomSource(seed: UInt64(seed))
    let (low, span) = [(0, 256), (90, 40), (0, 3), (255, 1), (0, 1)][seed % 5]
    let isGrey = seed % 7 == 3
    return Image(
      width: size.width, height: size.height, channels: 3,
      pixels: (0..<size.width * size.height).flatMap { _ -> [UInt8] in
        let levels = (0..<3).map { _ in UInt8(low + source.below(span)) }
        return isGrey ? [levels[0], levels[0], levels[0]] : levels
      })
  }

  /// All pairs of levels, so that every table and quotient is met.
  private static let pairs = Image(
    width: 256, height: 256, channels: 3,
    pixels: (0..<65536).flatMap { (place: Int) -> [UInt8] in
      [UInt8(place & 255), UInt8(place >> 8), UInt8(place * 7 & 255)]
    })

  /// Each list of operations made of each picture, here and in batches.
  ///
  /// - Parameter left: operations that are left of each list, so that the comparison is one; `nil` is all of them
  private func compare(
    _ lists: [[any ImageOperation]], of pictures: [Image], size: ImageSize, left: Int? = nil,
    scaled: Bool = false, _ what: String = ""
  ) throws {
    var (prepared, expected) = ([PreparedImage](), [UInt8]())
    for (number, list) in lists.enumerated() {
      for picture in pictures {
        let image = PreparedImage(picture, list, size: size, leaving: true)
        #expect(image.left.operations == left ?? list.count, "\(what) \(number)")
        #expect(image.left.scaling == scaled, "\(what) \(number)")
        prepared.append(image)
        expected += PreparedImage(picture, list, size: size, leaving: false).image.pixels
      }
    }
    let made = try DeviceAugmentation(size: size).finished(prepared, on: .cpu)
    #expect(made.shape == [prepared.count, size.height, size.width, 3] && made.isContiguous)
    let found: [UInt8] = made.scalars()
    let off = zip(found, expected).enumerated().filter { $0.element.0 != $0.element.1 }
    #expect(
      found.count == expected.count && off.isEmpty,
      "\(what): \(off.count) of \(expected.count) values, the first at \(off.first?.offset ?? -1)")
  }

  private static let levels = (0...10).map { Double($0) / 10 }

  @Test(arguments: RandAugment.Change.allCases.filter { $0 != .nothing })
  func everyChangeAtEveryLevel(change: RandAugment.Change) throws {
    for size in [ImageSize(width: 9, height: 14), ImageSize(1), ImageSize(width: 2, height: 5), ImageSize(3)] {
      let lists = Self.levels.flatMap { level in
        [-1.0, 1].compactMap { change.operation(level: level, sign: $0, for: size) }.map { [$0] }
      }
      try compare(lists, of: (0..<8).map { Self.picture(size, seed: $0) }, size: size, "\(size)")
    }
  }

  @Test func everyPairOfLevels() throws {
    let changes: [any ImageOperation] =
      [0.5, 0.77, 0.95, 1, 1.25, 1.9, 7, 64, 100].flatMap {
        [ColorAdjustment.brightness($0), .contrast($0), .saturation($0)]
      } + [-0.5, -0.31, -0.01, 0, 0.007, 0.2, 0.5, 1, 1.3].map { ColorAdjustment.hue($0) }
      + (1...8).map { ToneAdjustment.posterize(bits: $0) }
      + [0, 1, 128, 255, 256].map { ToneAdjustment.solarize(threshold: $0) }
      + [0, 0.86, 1, 1.7].map { Sharpness($0) }
    for some in stride(from: 0, to: changes.count, by: 8) {
      let lists = changes[some..<min(some + 8, changes.count)].map { [$0] }
      try compare(lists, of: [Self.pairs], size: Self.pairs.size, "from \(some)")
    }
  }

  /// Every spread of levels that autocontrast can meet.
  @Test func everySpreadIsStretched() throws {
    let size = ImageSize(width: 4, height: 1)
    let pictures = (0..<256).flatMap { low in
      stride(from: low, to: 256, by: 5).map { high in
        let middle = [UInt8((low + high) / 2), UInt8((2 * low + high) / 3)]
        let levels = [UInt8(low), UInt8(high)] + middle
        return Image(width: 4, height: 1, channels: 3, pixels: levels.flatMap { [$0, $0, $0] })
      }
    }
    try compare([[ToneAdjustment.autocontrast]], of: pictures, size: size)
  }

  /// Counts beyond 255, of which the steps of equal counts are larger than 1.
  @Test func largePicturesAreEqualized() throws {
    let size = ImageSize(width: 120, height: 90)
    try compare(
      [[ToneAdjustment.equalize]], of: (0..<10).map { Self.picture(size, seed: $0) }, size: size)
  }

  @Test func warpsAndCovers() throws {
    let size = ImageSize(width: 33, height: 20)
    var source = RandomSource(seed: 4)
    let lists: [[any ImageOperation]] = (0..<60).map { _ in
      [
        AffineWarp(
          angle: source.uniform(in: -180...180), scale: source.uniform(in: 0.3...3),
          shearX: source.uniform(in: -1...1), shearY: source.uniform(in: -1...1),
          right: source.below(21) - 10, down: source.below(21) - 10),
        Cover(
          columns: source.below(40) - 10..<40, rows: source.below(30) - 10..<source.below(20) + 20),
      ]
    }
    let right: [[any ImageOperation]] = [90, 180, -90, 45].map { [AffineWarp(angle: $0), Sharpness(2)] }
    try compare(lists + right, of: [Self.picture(size, seed: 0)], size: size)
  }

  @Test func mirrors() throws {
    let size = ImageSize(width: 5, height: 4)
    let lists = Orientation.allCases.filter { !$0.swapsAxes }.map { [$0] }
    try compare(lists, of: [Self.picture(size, seed: 5)], size: size)
  }

  @Test(arguments: Interpolation.allCases)
  func windowsAreScaled(interpolation: Interpolation) throws {
    let size = ImageSize(width: 24, height: 18)
    let resize = Resize(size, sampling: interpolation)
    let windows = [
      (60, 40), (24, 40), (60, 18), (7, 50), (70, 5), (1, 1), (96, 72), (23, 19), (30, 1), (12, 9),
    ].map { Window(left: 3, top: 2, size: ImageSize(width: $0.0, height: $0.1)) }
    let lists: [[any ImageOperation]] = windows.map { [$0, resize, Orientation.mirrored] }
    let pictures = (0..<3).map { Self.picture(ImageSize(width: 100, height: 75), seed: 5 * $0) }
    try compare(lists, of: pictures, size: size, left: 1, scaled: true)
  }

  /// Some of a batch have the size already; a longer side than four times the result's is scaled by the worker.
  @Test func someAreScaled() throws {
    let size = ImageSize(8)
    let images = [8, 9, 32, 33, 7].map { Self.picture(ImageSize(width: $0, height: 8), seed: $0) }
    let prepared = images.map {
      PreparedImage($0, [Resize(size), Orientation.flipped], size: size, leaving: true)
    }
    #expect(prepared.map(\.left.scaling) == [false, true, true, false, true])
    let made = try DeviceAugmentation(size: size).finished(prepared, on: .cpu)
    #expect(made.scalars() == images.flatMap { Orientation.flipped(Resize(size)($0)).pixels })
  }

  /// What the device does not know stays with the worker, and all before it.
  @Test func whatIsNotKnownIsMadeByTheWorker() {
    let size = ImageSize(width: 6, height: 5)
    func left(_ list: [any ImageOperation]) -> Int {
      PreparedImage(Self.picture(size, seed: 5), list, size: size, leaving: true).left.operations
    }
    let known: [any ImageOperation] = [Sharpness(2), ToneAdjustment.equalize]
    #expect(left(known) == 2)
    #expect(left(known + [Raise(by: 3)]) == 0)
    #expect(left([Raise(by: 3)] + known) == 2)
    #expect(left([AffineWarp(angle: 3, sampling: .bilinear)] + known) == 2)
    #expect(left(known + [Window(left: -1, top: 0, size: size), Orientation.mirrored]) == 1)
    #expect(left([Orientation.transposed, .transposed] + known) == 2)
  }

  @Test func noImages() throws {
    let made = try DeviceAugmentation(size: ImageSize(width: 4, height: 3)).finished([], on: .cpu)
    #expect(made.shape == [0, 3, 4, 3])
  }

  /// More pixels than are made at once, so that there are several chunks.
  @Test func chunksAreOneBatch() throws {
    let size = ImageSize(width: 1000, height: 700)
    let lists: [[any ImageOperation]] = (0..<5).map { number in
      [Window(left: number, top: 0, size: ImageSize(width: 990, height: 700)), Resize(size)]
        + (number % 2 == 0 ? [Orientation.mirrored] : [])
    }
    let picture = Self.picture(size, seed: 0)
    let prepared = lists.map { PreparedImage(picture, $0, size: size, leaving: true) }
    let expected = lists.map { PreparedImage(picture, $0, size: size, leaving: false) }
    let augmentation = DeviceAugmentation(size: size)
    let made: [UInt8] = try augmentation.finished(prepared, on: .cpu).scalars()
    #expect(made == expected.flatMap(\.image.pixels))
  }

  /// Presets, as training draws them: of both views of a step the same bytes, whoever makes them.
  @Test(arguments: PresetName.allCases, Interpolation.allCases)
  func presetsAreTheSame(name: PresetName, interpolation: Interpolation) throws {
    let preset = Preset(name, size: ImageSize(width: 20, height: 16), interpolation: interpolation)
    let images = ImageStore(
      count: 40, atLeast: nil, prepare: preset.deterministic, budget: 1 << 20
    ) { row, _ in
      Self.picture(ImageSize(width: 20 + row % 17, height: 60 - row), seed: row)
    }
    let rows = Array(0..<40)
    let requests = StepRequest.epoch([rows, rows], batchSize: 20, key: RandomKey(seed: 8))
    let batches = try [false, true].map { leaving in
      var result: [[UInt8]] = []
      let prefetcher = Prefetcher(
        images: images, augment: [preset.random, preset.strong], size: preset.size, workers: 2,
        leaving: leaving)
      try prefetcher.run(requests) { batch in
        result += try (0..<2).map { try batch.tensor(stream: $0).scalars() }
      }
      return result
    }
    #expect(batches[0].count == 4 && batches[0] == batches[1])
  }
}
