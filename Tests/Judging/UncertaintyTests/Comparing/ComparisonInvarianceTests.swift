import Evaluation
import Randomness
import TestSupport
import Testing
import Uncertainty

/// Two models compared, whatever the order of rows, classes and columns of either file.
@Suite("Comparisons and what must not matter to them")
struct ComparisonInvarianceTests {
  private let classes = ["a", "b", "c"]
  private let settings = IntervalSettings(resamples: 20, threads: 1)

  private func pair(_ seed: UInt64) throws -> (Predictions, Predictions) {
    var random = RandomKey(seed: seed).folding("pair").source
    let truths = (0..<40).map { _ in min(2, random.below(5)) }
    func model() throws -> Predictions {
      let rows = truths.map { truth -> [Double] in
        let row = (0..<3).map { 0.1 + random.uniform() + ($0 == truth ? 0.5 : 0) }
        let sum = row.reduce(0, +)
        return row.map { $0 / sum }
      }
      return try Predictions(
        classes: classes, paths: (0..<40).map { "\($0).png" }, truths: truths,
        probabilities: rows.flatMap(\.self))
    }
    return (try model(), try model())
  }

  @Test("rows of the second in another order, and its classes, change no bit", arguments: 1...6)
  func secondInAnotherOrder(seed: UInt64) throws {
    let (first, second) = try pair(seed)
    var random = RandomKey(seed: seed).folding("order").source
    let shuffled = try second.keeping(random.shuffle(40))
    let turned = try #require(shuffled.ordered(as: ["c", "a", "b"]))
    let plain = try Comparison(first, second, settings: settings)
    #expect(try Comparison(first, shuffled, settings: settings) == plain)
    #expect(try Comparison(first, turned, settings: settings) == plain)
  }

  @Test("the values of both are those of their own reports, and differences second minus first")
  func valuesAreOfTheReports() throws {
    let (first, second) = try pair(9)
    let comparison = try Comparison(first, second, settings: settings)
    let (one, other) = (MetricsReport(first), MetricsReport(second))
    for metric in Metric.catalogue {
      let found = try #require(comparison.metrics[metric.name])
      for (value, wanted) in [
        (found.first, one[metric.name]), (found.second, other[metric.name]),
      ] {
        #expect((value == nil) == (wanted == nil), "\(metric.name)")
        #expect(
          close(value ?? 0, wanted ?? 0, relative: 1e-9, absolute: 1e-12), "\(metric.name)")
      }
      if let a = found.first, let b = found.second { #expect(found.difference == b - a) }
    }
    for (row, own) in zip(comparison.perClass, one.perClass) {
      #expect(row.name == own.name && row.support == own.support)
      #expect(row.recall.first == own.recall)
    }
  }

  @Test("discordant examples of the classes add up to those of all", arguments: 1...6)
  func discordance(seed: UInt64) throws {
    let (first, second) = try pair(seed)
    let found = try Comparison(first, second, settings: settings)
    let (b, c) = (
      found.perClass.map(\.mcNemar.onlyFirst).reduce(0, +),
      found.perClass.map(\.mcNemar.onlySecond).reduce(0, +)
    )
    #expect(b == found.mcNemar.onlyFirst && c == found.mcNemar.onlySecond)
    let gained = try #require(found.metrics["accuracy"]?.difference)
    #expect(close(gained, Double(c - b) / 40, relative: 1e-9, absolute: 1e-12))
    let p = found.perClass.map { $0.support > 0 ? $0.mcNemar.pValue : nil }
    #expect(found.perClass.map(\.mcNemarAdjusted) == holmAdjusted(p))
  }

  @Test("rows kept and classes put in order carry all that a row has")
  func rowsAndOrder() throws {
    var table = try Predictions(
      classes: ["a", "b"], paths: ["x", "y", "z"], truths: [0, nil, 1], predicted: [1, 0, 1],
      probabilities: [0.25, 0.75, 0.5, 0.5, 0.125, 0.875],
      columns: [.init("site", ["p", "q", "r"])])
    table.positive = PositiveClass(0, because: .named)
    table.areOrdered = true
    let kept = try table.keeping([2, 0])
    #expect(kept.paths == ["z", "x"] && kept.truths == [1, 0] && kept.predicted == [1, 1])
    #expect(
      kept.probabilities == [0.125, 0.875, 0.25, 0.75] && kept.columns[0].values == ["r", "p"])
    #expect(kept.positive == table.positive && kept.areOrdered)
    #expect(throws: PredictionsError.self) { try table.keeping([1, 1]) }
    let turned = try #require(table.ordered(as: ["b", "a"]))
    #expect(turned.truths == [1, nil, 0] && turned.predicted == [0, 1, 0])
    #expect(turned.probabilities == [0.75, 0.25, 0.5, 0.5, 0.875, 0.125])
    #expect(turned.positive?.index == 1 && turned.positive?.reason == .named && turned.areOrdered)
    #expect(turned.ordered(as: ["a", "b"]) == table && table.ordered(as: ["a", "b"]) == table)
    for names in [["a"], ["a", "c"], ["a", "b", "b"], ["a", "a"]] {
      #expect(table.ordered(as: names) == nil, "\(names)")
    }
  }
}
