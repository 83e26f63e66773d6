import Files
import Foundation
import Gauss
import Methods
import Plans
import Testing

/// The orders of methods that are known of LT-Gauss, on twenty seeds that were not looked at before; `make proofs`
/// runs them and writes `Results/gauss.md`.
@Suite struct OrderTests {
  static let isAsked = ProcessInfo.processInfo.environment["STEELYARD_PROOFS"] != nil

  /// Which method must find more of the three rarest classes than which.
  private static let orders: [(better: String, worse: String)] =
    [
      "class-balanced", "square-root", "progressive", "balanced-softmax", "ldam-drw", "seesaw",
      "crt",
      "lws", "tau-norm", "ncm",
    ].map { ($0, "erm") }
    + [
      ("class-balanced", "square-root"), ("balanced-softmax", "ldam-drw"),
      ("balanced-softmax", "class-balanced"), ("balanced-softmax", "seesaw"), ("ncm", "crt"),
      ("tau-norm", "crt"), ("tau-norm", "lws"), ("balanced-mixup", "mixup"),
    ]

  @Test(.enabled(if: isAsked, "make proofs runs it")) func ordersHoldOnTwentySeeds() throws {
    let seeds = 1000..<1020
    var scores: [String: [GaussScore]] = [:]
    for method in catalogue where GaussTrial.suits(method.init()) {
      scores[method.name] = try seeds.map { try GaussTrial(method.init(), seed: UInt64($0)).score }
    }
    var lines = [
      "# Methods on LT-Gauss", "",
      "`make proofs`, seeds \(seeds.lowerBound) to \(seeds.upperBound - 1): recall in percent on the balanced test set,"
        + " mean ± standard deviation between seeds.", "",
      "| method | all | head | mid | tail |", "|---|--:|--:|--:|--:|",
    ]
    for method in catalogue {
      guard let found = scores[method.name] else { continue }
      let parts = [
        found.map(\.all), found.map(\.head), found.map(\.mid), found.map(\.tail),
      ]
      let cells = parts.map(Self.cell)
      lines.append("| \(method.name) | \(cells.joined(separator: " | ")) |")
    }
    lines += [
      "", "Gain in tail recall, of the same seeds, mean ± standard error:", "",
      "| method | over | gain |", "|---|---|--:|",
    ]
    for (better, worse) in Self.orders {
      guard let one = scores[better], let other = scores[worse] else {
        Issue.record("no method \(better) or \(worse)")
        continue
      }
      let gains = zip(one, other).map { $0.tail - $1.tail }
      let (mean, deviation) = Self.moments(gains)
      let error = deviation / Double(gains.count).squareRoot()
      #expect(mean > 2 * error, "\(better) over \(worse): \(mean) ± \(error)")
      lines.append("| \(better) | \(worse) | \(Self.one(mean)) ± \(Self.one(error)) |")
    }
    let results = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../../Results/gauss.md").standardized.path
    try AtomicFile.write(lines.joined(separator: "\n") + "\n", to: results)
  }

  private static func cell(_ values: [Double]) -> String {
    let (mean, deviation) = moments(values)
    return "\(one(mean)) ± \(one(deviation))"
  }

  private static func moments(_ values: [Double]) -> (mean: Double, deviation: Double) {
    let mean = values.reduce(0, +) / Double(values.count)
    let squares = values.map { ($0 - mean) * ($0 - mean) }.reduce(0, +)
    return (mean, (squares / Double(values.count - 1)).squareRoot())
  }

  private static func one(_ value: Double) -> String { String(format: "%.1f", value) }
}
