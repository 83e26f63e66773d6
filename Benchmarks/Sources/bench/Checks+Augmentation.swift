import Batches
import Imaging
import Randomness
import Torch

extension Check {
  /// Of each preset, every byte that the device makes of a batch beside what workers make.
  static let augmentations = PresetName.allCases.flatMap { name in
    Interpolation.allCases.map { augmentation(name, $0) }
  }

  private static func augmentation(_ name: PresetName, _ interpolation: Interpolation) -> Check {
    Check(name: "augmentation \(name.rawValue), \(interpolation.rawValue)", bound: 0) { device in
      let preset = Preset(
        name, size: ImageSize(width: 48, height: 40), interpolation: interpolation)
      func batches(leaving: Bool, on device: Device) throws -> [Tensor] {
        var result: [Tensor] = []
        let prefetcher = Prefetcher(
          images: noise(for: preset), augment: [preset.random, preset.strong], size: preset.size,
          workers: 1, leaves: { leaving })
        let orders = [[Int]](repeating: Array(0..<120), count: 2)
        try prefetcher.run(StepRequest.epoch(orders, batchSize: 60, key: RandomKey(seed: 18))) {
          batch in
          result += try (0..<2).map { try batch.tensor(stream: $0, on: device) }
        }
        return result
      }
      return deviation(
        try batches(leaving: true, on: device), from: try batches(leaving: false, on: .cpu))
    }
  }

  /// Pictures of any levels and of sizes of their own.
  private static func noise(for preset: Preset) -> ImageStore {
    ImageStore(count: 120, atLeast: nil, prepare: preset.deterministic, budget: 1 << 24) { row, _ in
      var source = RandomKey(seed: 19).folding(row).source
      let size = ImageSize(width: 40 + row % 50, height: 90 - row % 60)
      return Image(
        width: size.width, height: size.height, channels: 3,
        pixels: (0..<size.width * size.height * 3).map { _ in UInt8(source.below(256)) })
    }
  }
}
