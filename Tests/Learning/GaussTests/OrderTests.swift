import Files
import Foundation
import Gauss
import Methods
import Plans
import Sampling
import TestSupport
import Testing

/// The orders of methods that are known of LT-Gauss, on twenty seeds that were not looked at before; `make proofs`
/// runs them and writes `Results/gauss.md`.
///
/// With `STEELYARD_GAUSS_SCORES=FILE` what was trained stands in the file, and a run that was stopped goes on.
@Suite struct OrderTests {
  private static let environment = ProcessInfo.processInfo.environment

  /// What is looked at of a method beside its recall.
  private static let measures: [String: [GaussScores.Measure]] = [
    "tlc": [.failures], "erm": [.areas], "class-balanced": [.areas],
  ]

  @Test(.enabled(if: Proofs.areAsked, Proofs.comment)) func ordersHoldOnTwentySeeds() throws {
    var scores = try GaussScores(file: Self.environment["STEELYARD_GAUSS_SCORES"])
    for method in catalogue where GaussTrial.suits(method.init()) {
      try scores.add(
        method.init(), as: method.name, heads: ["sade", "ride"].contains(method.name),
        also: Self.measures[method.name] ?? [])
    }
    for second in [
      AfterMixup.Second.nothing, .retraining, .scaling, .adjustment, .means,
    ] {
      try scores.add(AfterMixup(second), as: second.rawValue)
    }
    var attacked = PGDTraining()
    (attacked.radius, attacked.step, attacked.steps) = (0.3, 0.1, 5)
    try scores.add(ERM(), as: "erm-30", epochs: 30)
    try scores.add(attacked, as: "pgd-30", epochs: 30)
    var lines = [
      "# Methods on LT-Gauss", "",
      "`make proofs`, seeds \(GaussScores.seeds.lowerBound) to \(GaussScores.seeds.upperBound - 1): recall in percent on"
        + " the balanced test set, mean ± standard deviation between seeds. `mixup-one` is MixUp at α = 1, which"
        + " is then followed by cRT, by LWS, by −ln π on the logits, or by the nearest class mean. `pgd-30` is attacked training"
        + " (radius .3, five steps of .1) for 30 epochs, as long as `erm-30`. Heads that are fitted in one go ("
        + Self.fitted.map { "`\($0)`" }.joined(separator: ", ")
        + ") see the rows as they are, without hidden layers. The last column is the mean time of a training in seconds.",
      "",
      "| method | all | head | mid | tail | seconds |", "|---|--:|--:|--:|--:|--:|",
    ]
    for name in scores.names {
      guard let found = scores[name] else { continue }
      let parts = [
        found.map(\.all), found.map(\.head), found.map(\.mid), found.map(\.tail),
      ]
      let seconds = scores[name + "/seconds"].map { Self.mean($0.map(\.all)) }
      #expect(seconds ?? 0 < 60, "\(name) takes \(seconds ?? 0) s")
      lines.append(
        "| \(name) | \(parts.map(Self.cell).joined(separator: " | "))"
          + " | \(seconds.map(Self.one) ?? "–") |")
    }
    lines += Self.missing
    lines += [
      "",
      "Orders, of the same seeds: the gain in recall of all classes or of the three rarest (tail), or in the mean area under the"
        + " ROC curves of the classes (AUC), its mean and 95 %"
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
      #expect(Self.mean(areas.map(\.all)) >= 65)
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

  /// Methods whose head is fitted in one go, in the order of the catalogue.
  private static var fitted: [String] {
    guard let classes = try? ClassCounts(LTGauss.counts) else { return [] }
    return catalogue.map { $0.init() as any Method }
      .filter { GaussTrial.suits($0) && $0.isFitted(for: classes) }.map { type(of: $0).name }
  }

  /// A table of the methods that the page does not have, each with the reason.
  private static var missing: [String] {
    let reasons =
      catalogue.compactMap { method in
        GaussTrial.reason(against: method.init()).map { (method.name, $0) }
      } + libraryMethods.map { ($0.name, "it needs a library that may not be installed") }
    let count = catalogue.count + libraryMethods.count
    return [
      "",
      "Of \(count) methods \(count - reasons.count) are in the table; the others are for something else:",
      "",
      "| method | is not here, for |", "|---|---|",
    ] + reasons.map { "| \($0.0) | \($0.1) |" }
  }

  private static func cell(_ values: [Double]) -> String {
    let mean = mean(values)
    let squares = values.map { ($0 - mean) * ($0 - mean) }.reduce(0, +)
    return "\(one(mean)) ± \(one((squares / Double(values.count - 1)).squareRoot()))"
  }

  private static func mean(_ values: [Double]) -> Double {
    values.reduce(0, +) / Double(values.count)
  }

  private static func one(_ value: Double) -> String { String(format: "%.1f", value) }
}
