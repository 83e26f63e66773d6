import Evaluation
import Files
import Foundation
import Randomness
import Reports
import Runs
import Testing
import Uncertainty

/// The page of a comparison of methods, and what it concludes.
@Suite struct GridPageTests {
  /// Three methods of `seeds` trainings on 60 rows of three classes; the second knows more, by the truth, and the last
  /// has lost its last `lost` trainings.
  static func record(
    seeds: Int, names: [String] = ["erm", "better", "like erm"], imbalances: [Double?] = [nil, 10],
    hasOwnRows: Bool = false, lost: Int = 0
  ) throws -> GridRecord {
    var source = RandomKey(seed: 6).source
    var parts: [GridRecord.Part] = []
    for imbalance in imbalances {
      var rows = names.enumerated().map { MethodTrials($1, tried: $0 == 1 ? 3 : 1, trials: []) }
      for seed in 0..<seeds {
        for method in names.indices {
          let truths = (0..<60).map { $0 % 3 }
          let probabilities = truths.flatMap { truth -> [Double] in
            let scores = (0..<3).map { index in
              0.1 + source.uniform() + (index == truth ? (method == 1 ? 0.8 : 0.1) : 0)
            }
            return scores.map { $0 / scores.reduce(0, +) }
          }
          let counts = imbalance == nil ? [200, 190, 200] : [200, 60, 19]
          rows[method].trials.append(
            .init(
              try Predictions(
                classes: ["a", "b", "c"], paths: (0..<60).map { "\(hasOwnRows ? seed : 0)-\($0)" },
                truths: truths, probabilities: probabilities),
              shots: ShotGroups(trainingCounts: counts),
              values: [
                "seconds": Double(10 + method), "calibration_slope": 0.9, "ece_decided": 0.1,
              ]))
        }
      }
      for seed in (seeds - lost)..<seeds { rows[names.count - 1].trials[seed] = nil }
      parts.append(
        .init(
          imbalance: imbalance,
          comparison: try GridComparison(
            rows, reference: 0, ratio: 0.2, settings: IntervalSettings(resamples: 60))))
    }
    var next = parts.compactMap(\.comparison).adjusted().makeIterator()
    for place in parts.indices { parts[place].comparison = next.next() }
    return GridRecord(
      data: "cells", model: "resnet20", seeds: Array(0..<seeds), folds: nil, shape: "exponential",
      metric: "mcc", calibration: "temperature", parts: parts,
      missing: [.init(cell: "cut<b>_seed0", status: "failed", reason: "a loss & more")],
      version: "0.1.0"
    ).concluded()
  }

  @Test func concludesWhatIsShownAndNoMore() throws {
    let three = try Self.record(seeds: 3)
    let findings = try #require(three.conclusions.first)
    #expect(
      findings.hasPrefix("At the training part as it lies, by mcc against erm over 3 seeds: "))
    #expect(findings.contains("better beyond chance: better (+"))
    #expect(findings.contains("no difference shown: like erm ("), "\(findings)")
    #expect(findings.contains("At imbalance 10, "))
    let limits = try #require(three.conclusions.last)
    for words in [
      "3 trainings tell the spread between trainings with 2 degrees of freedom",
      "The 4 comparisons by mcc are corrected together (Holm)", "better from 3",
      "Verdicts are by p after Holm; each interval is for itself",
      "Without a result: 1 cell(s) failed", "one data set (cells), one network (resnet20)",
    ] { #expect(limits.contains(words), "\(limits)") }
    let one = try Self.record(seeds: 1).conclusions.joined()
    #expect(one.contains("One training each: intervals are over test rows alone"))
    let own = try Self.record(seeds: 5, hasOwnRows: true).conclusions.joined()
    #expect(own.contains("Nadeau and Bengio's correction") && !own.contains("degrees of freedom"))
  }

  /// One training that is left of three is no evidence over three, and how many there are is said.
  @Test func lostTrainingsAreCounted() throws {
    let few = try Self.record(seeds: 3, lost: 2)
    let one = try #require(few.conclusions.first)
    #expect(one.contains("no interval, so nothing said: like erm ("), "\(one)")
    #expect(one.contains("; 1 of 3 trainings)") && !one.contains("3 of 3"), "\(one)")
    let most = try Self.record(seeds: 3, lost: 1)
    let two = try #require(most.conclusions.first)
    #expect(two.contains("; 2 of 3 trainings)"), "\(two)")
  }

  @Test func pageStandsAloneAndEveryLinkHasItsPlace() throws {
    let record = try Self.record(
      seeds: 2, names: ["erm", "<script>alert(1)</script>", "a & \"b\""])
    let text = record.html()
    #expect(!text.contains("<link") && !text.contains("@import") && !text.contains("url("))
    #expect(!text.contains("alert(1)</script>") && text.contains("&lt;script&gt;alert(1)"))
    for found in text.matches(of: /href="([^"]*)"/) { #expect(found.1.hasPrefix("#")) }
    let ids = text.matches(of: /\sid="([^"]*)"/).map { String($0.1) }
    #expect(Set(ids).count == ids.count)
    for found in text.matches(of: /href="#([^"]*)"/) {
      #expect(ids.contains(String(found.1)), "\(found.0)")
    }
    for words in [
      "Methods compared on cells", "Imbalance 10", "Cells without a result", "cut&lt;b&gt;_seed0",
      "Relative accuracy", "Difference of mcc to erm", "after the calibration that decide fits",
    ] { #expect(text.contains(words), "\(words)") }
    #expect(record.html() == text)
    if let folder = ProcessInfo.processInfo.environment["STEELYARD_LOOK"] {
      try AtomicFile.write(
        Self.record(seeds: 3).html(), to: FilePath.join(folder, "compare.html"))
    }
  }

  /// At 10 : 1 each method's accuracy over the better of its own and of the reference's where classes are equally large; where no
  /// part of the grid has such classes there is no column.
  @Test func relativeAccuracyIsThatOfTheSurvey() throws {
    let record = try Self.record(seeds: 2)
    let accuracies = record.parts.compactMap(\.comparison).map { part in
      part.rows.compactMap { $0.values["accuracy"]?.mean }
    }
    #expect(accuracies.map(\.count) == [3, 3])
    let lines = record.markdown().split(separator: "\n", omittingEmptySubsequences: false)
    let heads = lines.indices.filter {
      lines[$0].hasPrefix("|") && lines[$0].contains("Relative accuracy")
    }
    let head = try #require(heads.first)
    #expect(heads.count == 1)
    for (place, own) in accuracies[1].enumerated() {
      let best = max(accuracies[0][0], accuracies[0][place])
      let cell = lines[head + 2 + place].split(separator: "|").last
      let value = Double(cell?.trimmingCharacters(in: .whitespaces) ?? "")
      #expect(abs((value ?? 0) - own / best) < 6e-4, "\(lines[head + 2 + place])")
    }
    let alone = try Self.record(seeds: 2, imbalances: [10])
    #expect(!alone.markdown().contains("Relative accuracy"))
  }

  @Test func markdownHasTheSameTables() throws {
    let record = try Self.record(seeds: 2, names: ["erm", "pipe|d", "like"])
    let text = record.markdown()
    #expect(
      text.contains("| erm | 2 |") && text.contains("| pipe&#124;d | 2 (3 settings tried) |"))
    #expect(text.contains("## At imbalance 10") && text.contains("- cut&lt;b&gt;\\_seed0: failed"))
    let lines = text.split(separator: "\n").filter { $0.hasPrefix("|") }
    #expect(lines.allSatisfy { $0.hasSuffix("|") })
  }

  /// Of many methods the sentence names those that differ, and counts the others.
  @Test func manyMethodsOfWhichNothingIsShownAreCounted() throws {
    let names = ["erm", "better"] + (1...9).map { "like erm \($0)" }
    let record = try Self.record(seeds: 8, names: names, imbalances: [nil])
    let findings = try #require(record.conclusions.first)
    #expect(findings.contains("better beyond chance: better (+"))
    #expect(findings.contains("no difference shown: 9 others, each with its difference below"))
    #expect(!findings.contains("like erm"), "\(findings)")
  }

  @Test func recordIsReadAsItWasWritten() throws {
    let record = try Self.record(seeds: 2)
    let bytes = try JSONFile.encode(record)
    #expect(try GridRecord.decode(bytes, name: "compare.json") == record)
  }
}
