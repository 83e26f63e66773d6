import Files
import Foundation
import Gauss
import Methods
import Plans
import Testing

/// The orders of methods that are known of LT-Gauss, on twenty seeds that were not looked at before; `make proofs`
/// runs them and writes `Results/gauss.md`.
///
/// With `STEELYARD_GAUSS_SCORES=FILE` what was trained stands in the file, and a run that was stopped goes on.
@Suite struct OrderTests {
  private static let environment = ProcessInfo.processInfo.environment
  static let isAsked = environment["STEELYARD_PROOFS"] != nil

  @Test(.enabled(if: isAsked, "make proofs runs it")) func ordersHoldOnTwentySeeds() throws {
    var scores = try GaussScores(file: Self.environment["STEELYARD_GAUSS_SCORES"])
    for method in catalogue where GaussTrial.suits(method.init()) {
      try scores.add(
        method.init(), as: method.name, heads: ["sade", "ride"].contains(method.name),
        failures: method.name == "tlc")
    }
    for second in [
      AfterMixup.Second.nothing, .retraining, .scaling, .adjustment,
    ] {
      try scores.add(AfterMixup(second), as: second.rawValue)
    }
    var lines = [
      "# Methods on LT-Gauss", "",
      "`make proofs`, seeds \(GaussScores.seeds.lowerBound) to \(GaussScores.seeds.upperBound - 1): recall in percent on"
        + " the balanced test set, mean ± standard deviation between seeds. `mixup-one` is MixUp at α = 1, which"
        + " is then followed by cRT, by LWS, or by −ln π on the logits.", "",
      "| method | all | head | mid | tail |", "|---|--:|--:|--:|--:|",
    ]
    for name in scores.names {
      guard let found = scores[name] else { continue }
      let parts = [
        found.map(\.all), found.map(\.head), found.map(\.mid), found.map(\.tail),
      ]
      lines.append("| \(name) | \(parts.map(Self.cell).joined(separator: " | ")) |")
    }
    lines += [
      "",
      "Orders, of the same seeds: the gain in recall of all classes or of the three rarest (tail), its mean and 95 %"
        + " interval (Student's t), and how many points were asked for. `sade/2` is the second expert by itself.",
      "",
      "| method | over | recall | asked | gain | 95 % | holds |", "|---|---|---|--:|--:|--:|---|",
    ]
    for order in GaussOrder.known {
      guard let gain = order.gain(scores) else {
        Issue.record("no method \(order.better) or \(order.worse)")
        continue
      }
      let (low, high) = (gain.mean - gain.half, gain.mean + gain.half)
      let holds = gain.mean >= order.points && low > min(order.points, 0)
      if order.isClaimed {
        #expect(holds, "\(order.better) over \(order.worse): \(gain.mean) ± \(gain.half)")
      }
      lines.append(
        "| \(order.better) | \(order.worse) | \(order.part.rawValue) | \(Self.one(order.points))"
          + " | \(Self.one(gain.mean)) | \(Self.one(low)) to \(Self.one(high))"
          + " | \(holds ? "yes" : low <= 0 && high >= 0 ? "not shown" : "no") |")
    }
    if let areas = scores["tlc/failures"] {
      lines += [
        "",
        "How well the uncertainty of `tlc` tells its mistakes from what it got right, area under the ROC curve:"
          + " \(Self.cell(areas.map(\.all))) % (asked for: 65).",
      ]
    }
    let results = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../../Results/gauss.md").standardized.path
    try AtomicFile.write(lines.joined(separator: "\n") + "\n", to: results)
  }

  private static func cell(_ values: [Double]) -> String {
    let mean = values.reduce(0, +) / Double(values.count)
    let squares = values.map { ($0 - mean) * ($0 - mean) }.reduce(0, +)
    return "\(one(mean)) ± \(one((squares / Double(values.count - 1)).squareRoot()))"
  }

  private static func one(_ value: Double) -> String { String(format: "%.1f", value) }
}
