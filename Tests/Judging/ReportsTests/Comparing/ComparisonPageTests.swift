import Evaluation
import Foundation
import Reports
import Runs
import Testing
import Uncertainty

/// Several runs on one page: differences, verdicts and winners against the rows of both tables.
@Suite struct ComparisonPageTests {
  private static let classes = ["a", "b", "c", "d"]

  /// Two tables on the same images: the second knows more, or less.
  private func pair(_ seed: UInt64, _ skills: (Double, Double)) throws -> (Predictions, Predictions)
  {
    let first = try Samples.predictions(
      classes: Self.classes, count: 240, seed: seed, skill: skills.0, sites: false)
    let second = try Samples.predictions(
      classes: Self.classes, count: 240, seed: seed, skill: skills.1, sites: false)
    let plain = { (table: Predictions) in
      try Predictions(
        classes: table.classes, paths: table.paths, truths: table.truths,
        probabilities: table.probabilities)
    }
    return (try plain(first), try plain(second))
  }

  private func document(_ first: Predictions, _ second: Predictions) -> ReportDocument {
    ReportDocument(
      [
        RunContents(name: "one <1>", evaluations: [.init(split: "test", predictions: first)]),
        RunContents(name: "two", evaluations: [.init(split: "test", predictions: second)]),
      ], options: Documents.options)
  }

  private static let seeds: [(UInt64, Double, Double)] = [
    (1, 1, 3), (2, 3, 1), (3, 2, 2.2), (4, 0.5, 0.9), (5, 1.5, 2.5),
  ]

  /// The page of two runs, what it was made of, and the tables of both.
  private func compared(_ seed: UInt64, _ one: Double, _ other: Double) throws -> (
    page: Node, comparison: Comparison, tables: [Predictions]
  ) {
    let (first, second) = try pair(seed, (one, other))
    let document = document(first, second)
    return (
      try MarkupReader.read(document.html()),
      try #require(document.comparisons.first?.comparison), [first, second]
    )
  }

  private func rows(_ table: Node) -> [[Node]] {
    (table.first("tbody")?.all("tr") ?? []).map { $0.children.filter { !$0.tag.isEmpty } }
  }

  @Test(arguments: seeds)
  func `verdicts follow from the intervals, the way that is better`(
    seed: UInt64, one: Double, other: Double
  ) throws {
    let compared = try compared(seed, one, other)
    let (page, comparison) = (compared.page, compared.comparison)
    let section = try #require(page.with(id: "differences"))
    let table = try #require(
      section.all("table").first {
        $0.first("caption")?.words == "Paired differences on 240 images"
      })
    let kinds = Set(["better", "worse", "no difference shown", "–"])
    var seen = 0
    for cells in rows(table) {
      let isLoss = cells[0].words.hasSuffix(" less is better")
      let anchor = cells[0].first("a")?["href"] ?? ""
      let metric = try #require(
        Metric.catalogue.first { "#" + (Definition.of($0.name)?.anchor ?? "") == anchor })
      #expect(isLoss == !metric.higherIsBetter)
      let found = try #require(comparison.metrics[metric.name])
      let words = cells[2].words
      #expect(kinds.contains(words), "\(words)")
      guard let difference = found.difference, let interval = found.interval else { continue }
      seen += 1
      let (low, high) = isLoss ? (-interval.high, -interval.low) : (interval.low, interval.high)
      #expect(
        words == (low > 0 ? "better" : high < 0 ? "worse" : "no difference shown"), "\(metric.name)"
      )
      // The verdict never goes against the difference that is shown.
      if words == "better" { #expect((difference > 0) != isLoss) }
      if words == "worse" { #expect((difference < 0) != isLoss) }
      let values = compared.tables.map { MetricsReport($0, shots: nil)[metric.name] }
      if let a = values[0], let b = values[1] { #expect(abs(b - a - difference) < 1e-9) }
    }
    #expect(seen > 5)
  }

  @Test(arguments: seeds)
  func `images that only one run decides rightly are counted`(
    seed: UInt64, one: Double, other: Double
  ) throws {
    let (first, second) = try pair(seed, (one, other))
    let page = try MarkupReader.read(document(first, second).html())
    let onlyFirst = (0..<240).count {
      first.predicted[$0] == first.truths[$0] && second.predicted[$0] != second.truths[$0]
    }
    let onlySecond = (0..<240).count {
      first.predicted[$0] != first.truths[$0] && second.predicted[$0] == second.truths[$0]
    }
    let words = try #require(page.with(id: "differences")).words
    #expect(
      words.contains(
        "McNemar: only one <1> is right on \(onlyFirst) images, only two on \(onlySecond); p "))
  }

  @Test(arguments: seeds)
  func `classes show what each run found of them, and winners have corrected p values`(
    seed: UInt64, one: Double, other: Double
  ) throws {
    let compared = try compared(seed, one, other)
    let (page, comparison) = (compared.page, compared.comparison)
    let section = try #require(page.with(id: "classes"))
    let shown = rows(try #require(section.first("table")))
    #expect(shown.count == Self.classes.count)
    for cells in shown {
      let name = cells[0].words
      let index = try #require(Self.classes.firstIndex(of: name))
      let support = compared.tables[0].truths.count { $0 == index }
      #expect(cells[1].words == "\(support)")
      for (place, table) in zip([2, 3], compared.tables) {
        let right = (0..<240).count {
          table.truths[$0] == index && table.predicted[$0] == index
        }
        let value = try #require(cells[place].number("data-v"))
        #expect(abs(value - Double(right) / Double(support)) < 1e-12)
        if support < 10 { #expect(cells[place].words == "\(right) of \(support)") }
      }
    }
    let sentence = try #require(section.first("p")).words
    let proven = comparison.perClass.filter { ($0.mcNemarAdjusted ?? 1) < 0.05 }
    if proven.isEmpty {
      #expect(
        sentence
          == "In no class is a difference of recall shown, after correction for their number.")
    } else {
      let rising = { (row: ClassComparison) in (row.recall.difference ?? 0) > 0 }
      let better = proven.filter(rising).map(\.name).sorted()
      let worse = proven.filter { !rising($0) }.map(\.name).sorted()
      let parts = sentence.components(separatedBy: ", worse on ")
      #expect(parts.count == 2)
      let won = parts[0].components(separatedBy: " is better on ").last ?? ""
      let lost = parts[1].components(separatedBy: ";").first ?? ""
      #expect(won.components(separatedBy: ", ").sorted() == (better.isEmpty ? ["none"] : better))
      #expect(lost.components(separatedBy: ", ").sorted() == (worse.isEmpty ? ["none"] : worse))
    }
  }

  @Test(arguments: seeds)
  func `the sentence at the top repeats the table's difference and verdict`(
    seed: UInt64, one: Double, other: Double
  ) throws {
    let compared = try compared(seed, one, other)
    let (page, comparison) = (compared.page, compared.comparison)
    let sentence = try #require(page.first("header")?.first("li")).words
    #expect(sentence.hasPrefix("two: "))
    let parts = sentence.dropFirst("two: ".count).components(separatedBy: "; ")
    #expect(parts.count == 3)
    for (part, key) in zip(parts, ["mcc", "balanced_accuracy", "f1_macro"]) {
      let difference = try #require(comparison.metrics[key]?.difference)
      let name = try #require(Definition.of(key)).name
      #expect(part.hasPrefix("\(name) \(Figures.signed(difference)) ("), "\(part)")
    }
  }

  /// A model beside itself: no image, no class, no metric is said to differ.
  @Test func `a run beside itself wins nothing`() throws {
    let (first, _) = try pair(7, (2, 2))
    let page = try MarkupReader.read(document(first, first).html())
    let words = page.words
    #expect(words.contains("In no class is a difference of recall shown"))
    #expect(words.contains("is right on 0 images, only two on 0; p 1.000."))
    let section = try #require(page.with(id: "differences"))
    let table = try #require(section.all("table").last)
    for cells in rows(table) {
      #expect(cells[2].words == "no difference shown" || cells[2].words == "–", "\(cells[0].words)")
    }
  }

  @Test func `runs on other images are not compared, and the page says why`() throws {
    let (first, _) = try pair(8, (2, 2))
    let other = try Predictions(
      classes: first.classes, paths: first.paths.map { $0 + "x" }, truths: first.truths,
      probabilities: first.probabilities)
    let document = document(first, other)
    let found = try #require(document.comparisons.first)
    #expect(found.comparison == nil && found.reason?.isEmpty == false)
    let page = try MarkupReader.read(document.html())
    let reason = Escape.visible(found.reason ?? "")
    #expect(page.first("header")?.words.contains("two: not compared, for \(reason)") == true)
    #expect(page.with(id: "differences")?.words.contains("two was not compared: \(reason)") == true)
    #expect(page.with(id: "classes")?.words.contains("No two runs could be compared") == true)
  }

  /// Each run has a line of its own in every chart of training, and the legend names them in that order.
  @Test func `eight runs have eight lines that can be seen`() throws {
    let page = try Documents.page("eight runs")
    let section = try #require(page.with(id: "training"))
    let names = (0..<8).map { "run \($0)" }
    let charts = try DrawnChart.all(in: section)
    #expect(charts.count == 4)
    for chart in charts {
      #expect(chart.names == names)
      #expect(try chart.rules().isEmpty, "which epoch was taken is of one run")
    }
    let legend = try #require(section.all("ul").first { $0.has("legend") })
    #expect(legend.all("bdi").map(\.words) == names)
    #expect(
      legend.all("polyline").map { $0["class"] }
        == charts[0].node.all("polyline").map { $0["class"] })
    #expect(
      page.with(id: "caution")?.words.contains("The best of 8 runs is partly the luckiest") == true)
    #expect(
      page.with(id: "compared")?.words.contains("The runs do not differ in any option.") == true)
  }
}
