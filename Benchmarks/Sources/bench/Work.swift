import Datasets
import Foundation

/// What a benchmark goes through: images of a folder, at a size, so many batches.
struct Work {
  var folder: String
  var size: Int, batch: Int, warmup: Int, steps: Int

  /// - Parameter words: FOLDER SIZE BATCH WARMUP STEPS; nil for anything else.
  init?(_ words: [String]) {
    let numbers = words.dropFirst().compactMap(Int.init)
    guard words.count == 5, numbers.count == 4, numbers.allSatisfy({ $0 > 0 }) else { return nil }
    folder = words[0]
    (size, batch, warmup, steps) = (numbers[0], numbers[1], numbers[2], numbers[3])
  }

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
}

/// One line of JSON, with the largest memory this process has had.
func report(imagesPerSecond: Double) -> String {
  var usage = rusage()
  #if os(Linux)
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    let megabytes = Double(usage.ru_maxrss) / 1024
  #else
    getrusage(RUSAGE_SELF, &usage)
    let megabytes = Double(usage.ru_maxrss) / 1_048_576
  #endif
  return "{\"images_per_second\": \(imagesPerSecond), \"peak_mb\": \(megabytes)}"
}

func fail(_ message: String) -> Never {
  FileHandle.standardError.write(Data((message + "\n").utf8))
  exit(64)
}
