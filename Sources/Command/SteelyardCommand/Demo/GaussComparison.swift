import Console
import Foundation
import Gauss
import Methods
import Plans

/// Methods on LT-Gauss, side by side: means over seeds.
struct GaussComparison: Codable {
  /// One method.
  struct Entry: Codable {
    var method: String
    /// Recall in percent, mean over the seeds.
    var recall: GaussScore
    /// Standard deviation of the recall over all classes, between seeds; `nil` of one seed.
    var deviation: Double?
    /// Seconds a training, mean.
    var seconds: Double
  }

  var seeds: [Int]
  var epochs: Int
  private(set) var entries: [Entry] = []

  /// Nothing is trained yet.
  init(seeds: [Int], epochs: Int) { (self.seeds, self.epochs) = (seeds, epochs) }

  /// Trains a method once a seed, with its published hyper-parameters.
  mutating func add(_ method: any Method.Type) throws {
    let start = ContinuousClock.now
    let scores = try seeds.map {
      try GaussTrial(method.init(), seed: UInt64($0), epochs: epochs).score
    }
    let recall = GaussScore(meanOf: scores)
    let squares = scores.map { ($0.all - recall.all) * ($0.all - recall.all) }
    let deviation =
      seeds.count > 1 ? (squares.reduce(0, +) / Double(seeds.count - 1)).squareRoot() : nil
    entries.append(
      Entry(
        method: method.name, recall: recall, deviation: deviation,
        seconds: (ContinuousClock.now - start) / .seconds(1) / Double(seeds.count)))
  }

  /// A row a method.
  func text(style: Style) -> String {
    var table = TextTable(
      [.left("recall on test, %")]
        + ["all", "sd", "head", "mid", "tail", "seconds"].map { .right($0) })
    for entry in entries {
      let recall = entry.recall
      table.add(
        [entry.method, one(recall.all), entry.deviation.map(one) ?? ""]
          + [recall.head, recall.mid, recall.tail, entry.seconds].map(one))
    }
    return table.text(style: style)
  }

  private func one(_ value: Double) -> String { Format.decimal(value, places: 1) }
}
