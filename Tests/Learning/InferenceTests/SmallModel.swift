import Batches
import Imaging
import Inference
import Networks
import Randomness
import Synchronization
import Torch

/// A small untrained network and noise images for it: enough to tell one image from another.
struct SmallModel {
  static let classes = ["a", "b", "c"]
  let network: Network
  let preprocessing = Preprocessing(
    size: ImageSize(8), preset: .paper,
    normalization: Normalization(mean: [0.4, 0.5, 0.6], std: [0.2, 0.25, 0.3]))

  init() throws {
    network = try Architectures.named("resnet20").build(
      classes: Self.classes.count, using: Generator(seed: 3))
  }

  func predictor(batchSize: Int = 4, workers: Int = 2) -> Predictor {
    Predictor(batchSize: batchSize, workers: workers, autocast: nil, device: .cpu)
  }

  /// The picture of a number: noise of its own, 11 × 9 pixels.
  static func picture(_ number: Int) -> Image {
    var source = RandomKey(seed: 5).folding(number).source
    let pixels = (0..<11 * 9 * 3).map { _ in UInt8(source.below(256)) }
    return Image(width: 11, height: 9, channels: 3, pixels: pixels)
  }

  /// The pictures of some numbers as a set; `reads` counts how often each row is read.
  static func set(
    _ numbers: [Int], reads: Reads = Reads(), unreadable: Set<Int> = []
  ) -> ExampleSet {
    ExampleSet(
      paths: numbers.map { "\($0).png" }, labels: numbers.map { $0 % classes.count },
      groups: numbers.map { "g\($0 / 2)" }
    ) { row, _ in
      reads.note(row)
      let number = numbers[row]
      if unreadable.contains(number) {
        throw ImageError.unreadable(name: "\(number).png", format: .png, reason: "cut short")
      }
      return picture(number)
    }
  }
}

/// How often each row was read, from any thread.
final class Reads: Sendable {
  private let counts = Mutex<[Int: Int]>([:])
  func note(_ row: Int) { counts.withLock { $0[row, default: 0] += 1 } }
  var byRow: [Int: Int] { counts.withLock { $0 } }
}
