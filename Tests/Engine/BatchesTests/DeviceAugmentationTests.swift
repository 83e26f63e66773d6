import Batches
import Imaging
import Randomness
import Testing
import Torch

/// What a batch's device makes of many images at once is, byte by byte, what each operation makes of one.
@Suite("Augmentation of batches")
struct DeviceAugmentationTests {
  /// All pairs of levels, so that every table and quotient is met.
  private static let pairs = Image(
    width: 256, height: 256, channels: 3,
    pixels: (0..<65536).flatMap { (place: Int) -> [UInt8] in
      [UInt8(place & 255), UInt8(place >> 8), UInt8(place * 7 & 255)]
    })

  private static let levels = (0...10).map { Double($0) / 10 }

  @Test(arguments: RandAugment.Change.allCases.filter { $0 != .nothing })
  func everyChangeAtEveryLevel(change: RandAugment.Change) throws {
    for size in [
      ImageSize(width: 9, height: 14), ImageSize(1), ImageSize(width: 2, height: 5), ImageSize(3),
    ] {
      let lists = Self.levels.flatMap { level in
        [-1.0, 1].compactMap { change.operation(level: level, sign: $0, for: size) }.map { [$0] }
      }
      try DeviceCase.compare(
        lists, of: (0..<8).map { DeviceCase.picture(size, seed: $0) }, size: size, "\(size)")
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
      try DeviceCase.compare(lists, of: [Self.pairs], size: Self.pairs.size, "from \(some)")
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
    try DeviceCase.compare([[ToneAdjustment.autocontrast]], of: pictures, size: size)
  }

  /// Counts beyond 255, of which the steps of equal counts are larger than 1.
  @Test func largePicturesAreEqualized() throws {
    let size = ImageSize(width: 120, height: 90)
    try DeviceCase.compare(
      [[ToneAdjustment.equalize]], of: (0..<10).map { DeviceCase.picture(size, seed: $0) },
      size: size)
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
    let right: [[any ImageOperation]] = [90, 180, -90, 45].map {
      [AffineWarp(angle: $0), Sharpness(2)]
    }
    try DeviceCase.compare(lists + right, of: [DeviceCase.picture(size, seed: 0)], size: size)
  }

  @Test func mirrors() throws {
    let size = ImageSize(width: 5, height: 4)
    let lists = Orientation.allCases.filter { !$0.swapsAxes }.map { [$0] }
    try DeviceCase.compare(lists, of: [DeviceCase.picture(size, seed: 5)], size: size)
  }

  /// What the device does not know stays with the worker, and all before it.
  @Test func whatIsNotKnownIsMadeByTheWorker() {
    let size = ImageSize(width: 6, height: 5)
    func left(_ list: [any ImageOperation]) -> Int {
      PreparedImage(DeviceCase.picture(size, seed: 5), list, size: size, leaving: true).left
        .operations
    }
    let known: [any ImageOperation] = [Sharpness(2), ToneAdjustment.equalize]
    #expect(left(known) == 2)
    #expect(left(known + [Raise(by: 3)]) == 0)
    #expect(left([Raise(by: 3)] + known) == 2)
    #expect(left([AffineWarp(angle: 3, sampling: .bilinear)] + known) == 2)
    #expect(left(known + [Window(left: -1, top: 0, size: size), Orientation.mirrored]) == 1)
    #expect(left([Orientation.transposed, .transposed] + known) == 2)
  }

  /// An operation that changes the size and does not say so is named by what it gave.
  @Test func aSizeThatIsNotTold() async throws {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      struct Halved: ImageOperation {
        func apply(to image: inout Image) { Resize(ImageSize(2)).apply(to: &image) }
        var onTarget: (any ImageOperation)? { self }
      }
      let image = Image(width: 4, height: 4, channels: 3, pixels: Array(repeating: 7, count: 48))
      _ = PreparedImage(image, [Halved()], size: image.size, leaving: false)
    }
    let said = String(decoding: try #require(result).standardErrorContent, as: UTF8.self)
    #expect(said.contains("expected 4×4×3, as the operations' size(after:) says, got 2×2×3"))
  }

  @Test func noImages() throws {
    let made = try DeviceAugmentation(size: ImageSize(width: 4, height: 3)).finished([], on: .cpu)
    #expect(made.shape == [0, 3, 4, 3])
  }

  /// Presets, as training draws them: of both views of a step the same bytes, whoever makes them.
  @Test(arguments: PresetName.allCases, Interpolation.allCases)
  func presetsAreTheSame(name: PresetName, interpolation: Interpolation) throws {
    let preset = Preset(name, size: ImageSize(width: 20, height: 16), interpolation: interpolation)
    let images = ImageStore(
      count: 40, atLeast: nil, prepare: preset.deterministic, budget: 1 << 20
    ) { row, _ in
      DeviceCase.picture(ImageSize(width: 20 + row % 17, height: 60 - row), seed: row)
    }
    let rows = Array(0..<40)
    let requests = StepRequest.epoch([rows, rows], batchSize: 20, key: RandomKey(seed: 8))
    let batches = try [false, true].map { leaving in
      var result: [[UInt8]] = []
      let prefetcher = Prefetcher(
        images: images, augment: [preset.random, preset.strong], size: preset.size, workers: 2,
        leaves: { leaving })
      var left = 0
      try prefetcher.run(requests) { batch in
        let images = (0..<2).flatMap { batch.images(of: $0) }
        left += images.count { $0.left.scaling || $0.left.operations > 0 }
        result += try (0..<2).map { try batch.tensor(stream: $0).scalars() }
      }
      #expect(leaving ? left > 30 : left == 0)
      return result
    }
    #expect(batches[0].count == 4 && batches[0] == batches[1])
  }
}
