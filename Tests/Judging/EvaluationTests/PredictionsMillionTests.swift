import Evaluation
import Files
import Foundation
import Randomness
import TestSupport
import Testing

/// Too long for every day; `make proofs` runs it and prints what it measured.
@Suite(
  "A million rows of 23 classes",
  .enabled(
    if: Proofs.areAsked, Proofs.comment))
struct PredictionsMillionTests {
  private static let (rows, classes) = (1_000_000, 23)

  /// Peak memory of this process in megabytes; 0 where the system does not tell.
  private var peak: Int {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    return (line?.split(separator: " ").compactMap { Int($0) }.first ?? 0) / 1024
  }

  private func write(to path: String) throws {
    var random = RandomKey(seed: 1).source
    let names = (0..<Self.classes).map { "class \($0)" }
    try AtomicFile.write(to: path) { (sink) throws(FileError) in
      let header = ["path", "y_true"] + names.map { "prob_" + $0 } + ["group"]
      try sink.write(DelimitedWriter.line(header))
      for row in 0..<Self.rows {
        var scores = names.map { _ in random.uniform() }
        let sum = scores.reduce(0, +)
        for index in scores.indices { scores[index] /= sum }
        let cells =
          ["site \(row % 7)/image-\(row).png", names[random.below(Self.classes)]]
          + scores.map(\.description) + ["patient \(row / 4)"]
        try sink.write(DelimitedWriter.line(cells))
      }
    }
  }

  @Test("are read as a stream, into little more memory than their numbers take")
  func read() throws {
    try withTemporaryFolder { folder in
      try write(to: folder + "/p.csv")
      let before = peak
      let clock = ContinuousClock()
      var predictions: Predictions?
      let reading = try clock.measure { predictions = try Predictions.read(folder + "/p.csv") }
      let table = try #require(predictions)
      let afterReading = peak
      var report: MetricsReport?
      let judging = clock.measure { report = MetricsReport(table) }
      #expect(report?.n == Self.rows)
      #expect(table.groups?.count == Self.rows)
      print(
        "million rows: read in \(reading), peak \(afterReading) MB (before: \(before) MB);"
          + " all metrics in \(judging), peak \(peak) MB")
      // 184 MB are the probabilities; paths, groups and classes are the rest.
      #expect(afterReading - before < 500)
      #expect(peak - before < 650)
    }
  }
}
