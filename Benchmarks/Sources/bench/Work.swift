import Datasets
import Foundation
import Torch

/// What a benchmark goes through: images of a folder, at a size, so many batches.
struct Work {
  var folder: String
  var size: Int, batch: Int, warmup: Int, steps: Int
  let options: Options

  /// - Parameters:
  ///   - words: FOLDER SIZE BATCH WARMUP STEPS, of one pass FOLDER SIZE BATCH; nil for anything else.
  ///   - isOnePass: whether each image is seen once, so that there are no steps to count.
  ///   - options: where it is computed, and by how many workers images are prepared.
  init?(_ words: [String], isOnePass: Bool, _ options: Options) {
    let numbers = words.dropFirst().compactMap(Int.init)
    let expected = isOnePass ? 2 : 4
    guard words.count == expected + 1, numbers.count == expected, numbers.allSatisfy({ $0 > 0 })
    else { return nil }
    self.options = options
    (folder, size, batch) = (words[0], numbers[0], numbers[1])
    (warmup, steps) = isOnePass ? (0, 0) : (numbers[2], numbers[3])
  }

  /// The precision that `--amp auto` chooses on the device.
  var autocast: DType? { Engine.supportsBFloat16(on: options.device) ? .bfloat16 : nil }

  /// Every image of the folder with its class.
  func images() throws -> LabelledSet {
    let dataset = try Dataset.open(folder)
    let classes = ClassList(Set(dataset.examples.compactMap(\.label)))
    return try dataset.labelled(nil, classes: classes)
  }

  /// Images a second, where the first `warmup` of the ends of steps do not count.
  func rate(_ ends: [ContinuousClock.Instant]) -> Double {
    let time = ends[warmup - 1].duration(to: ends[warmup + steps - 1])
    return Double(steps * batch) / (time / .seconds(1))
  }

  /// Waits until the device has done what it was asked for; the clock is of no use before.
  func settle() {
    guard options.device != .cpu else { return }
    _ = Tensor.zeros([], device: options.device).item()
  }
}

/// One line of JSON, with the largest memory this process has had, and what it computed with.
func report(imagesPerSecond: Double, _ work: Work) -> String {
  var usage = rusage()
  #if os(Linux)
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    let megabytes = Double(usage.ru_maxrss) / 1024
  #else
    getrusage(RUSAGE_SELF, &usage)
    let megabytes = Double(usage.ru_maxrss) / 1_048_576
  #endif
  return "{\"images_per_second\": \(imagesPerSecond), \"peak_mb\": \(megabytes), "
    + "\"bfloat16\": \(work.autocast != nil), \"threads\": \(Engine.threads), "
    + "\"device\": \"\(work.options.device)\"}"
}

func fail(_ message: String) -> Never {
  FileHandle.standardError.write(Data((message + "\n").utf8))
  exit(64)
}
