import Evaluation
import Foundation
import Randomness
import Reports
import Runs
import Testing
import Uncertainty

/// What a page says, counted again from the rows of the table that it was made from.
@Suite struct CountedTests {
  /// A table of `classes` classes, a page of it, and the page read.
  struct Case: Sendable, CustomTestStringConvertible {
    var classes: Int
    var rows: Int
    var seed: UInt64
    var testDescription: String { "\(rows) rows of \(classes) classes, seed \(seed)" }
  }

  static let cases: [Case] = [
    .init(classes: 2, rows: 60, seed: 1), .init(classes: 3, rows: 200, seed: 2),
    .init(classes: 5, rows: 150, seed: 3), .init(classes: 15, rows: 160, seed: 4),
    .init(classes: 23, rows: 240, seed: 5), .init(classes: 45, rows: 200, seed: 6),
  ]

  private func predictions(_ one: Case) throws -> Predictions {
    let table = try Samples.predictions(
      classes: Samples.names(one.classes), count: one.rows, seed: one.seed, skill: 1)
    // Without groups, so that curves have bands.
    return try Predictions(
      classes: table.classes, paths: table.paths, truths: table.truths,
      probabilities: table.probabilities)
  }

  private func page(_ predictions: Predictions) throws -> Node {
    var options = Documents.options
    options.intervals = nil
    let document = ReportDocument(
      [RunContents(name: "x", evaluations: [.init(split: "test", predictions: predictions)])],
      options: options)
    return try MarkupReader.read(document.html())
  }

  private func rows(_ table: Node?) -> [[Node]] {
    (table?.first("tbody")?.all("tr") ?? []).map { $0.children.filter { !$0.tag.isEmpty } }
  }

  private func plain(_ cell: Node) -> String {
    cell.words(without: "small").trimmingCharacters(in: .whitespacesAndNewlines)
  }

  @Test(arguments: cases)
  func `every class's row is what its images say`(one: Case) throws {
    let table = try predictions(one)
    let shown = rows(
      try #require(try page(table).with(id: "results")?.all("table").first { $0.has("classes") }))
    #expect(shown.count == one.classes)
    for cells in shown {
      let index = try #require(table.classes.firstIndex(of: plain(cells[0])))
      let counts = PlainCounts(table, index)
      #expect(plain(cells[1]) == "–", "no training counts are known")
      #expect(plain(cells[2]) == "\(counts.support)" && plain(cells[3]) == "\(counts.hits)")
      let expected: [(Int, Double?)] = [
        (4, counts.recall), (5, counts.ofDecided), (6, counts.specificity), (7, counts.f1),
        (8, counts.area), (9, counts.precision),
      ]
      for (place, value) in expected {
        let found = cells[place].number("data-v")
        #expect((found == nil) == (value == nil), "\(table.classes[index]) column \(place)")
        if let found, let value { #expect(abs(found - value) < 1e-9, "column \(place)") }
      }
      // A rate of few is a count.
      if counts.support > 0, counts.support < 10 {
        #expect(plain(cells[4]) == "\(counts.hits) of \(counts.support)")
        #expect(cells[4].has("w") && cells[8].has("w") && cells[9].has("w"))
      } else if counts.support >= 10 {
        #expect(!plain(cells[4]).contains("of") && !cells[8].has("w"))
      }
    }
  }

  @Test(arguments: cases)
  func `the matrix holds every image once, in its row and column`(one: Case) throws {
    let table = try predictions(one)
    let section = try #require(try page(table).with(id: "confusion"))
    let matrix = try #require(section.all("table").first { $0.has("matrix") })
    let heads = try #require(matrix.first("thead")).all("bdi").map { $0["title"] ?? "" }
    #expect(heads.sorted() == table.classes.sorted())
    let body = rows(matrix)
    #expect(body.map { $0[0].words } == heads, "rows and columns have one order")
    for cells in body {
      let truth = try #require(table.classes.firstIndex(of: cells[0].words))
      let total = table.truths.count { $0 == truth }
      #expect(cells.last?.words == "\(total)" && cells.count == heads.count + 2)
      for (column, name) in heads.enumerated() {
        let decided = try #require(table.classes.firstIndex(of: name))
        let count = (0..<table.count).count {
          table.truths[$0] == truth && table.predicted[$0] == decided
        }
        let cell = cells[column + 1]
        let style = cell["class"] ?? ""
        if count == 0 {
          #expect(cell.words.isEmpty && style == (truth == decided ? "y0" : ""))
          continue
        }
        let rate = Double(count) / Double(total)
        let kind = truth == decided ? "y" : "x"
        #expect(style == kind + "\(max(1, Int((rate * 10).rounded())))", "\(name)")
        let hint = try #require(cell["title"])
        #expect(hint.hasPrefix("\(cells[0].words) decided as \(name): \(count), "))
        let percent = try #require(
          Double(hint.dropLast(" % of its row".count).split(separator: " ").last ?? ""))
        #expect(abs(percent - 100 * rate) <= (rate < 0.0995 ? 0.0501 : 0.501), "\(hint)")
        if one.classes <= 40 {
          #expect(cell.first("b")?.words == "\(count)")
        } else {
          #expect(cell.words.isEmpty)
        }
      }
    }
  }

  @Test(arguments: cases)
  func `the most frequent confusions are the ten largest off the diagonal`(one: Case) throws {
    let table = try predictions(one)
    let section = try #require(try page(table).with(id: "confusion"))
    let list = try #require(section.all("table").last)
    var counts: [(Int, String)] = []
    for truth in table.classes.indices {
      for decided in table.classes.indices where truth != decided {
        let count = (0..<table.count).count {
          table.truths[$0] == truth && table.predicted[$0] == decided
        }
        if count > 0 { counts.append((count, "\(table.classes[truth])>\(table.classes[decided])")) }
      }
    }
    let shown = rows(list)
    let expected = counts.map(\.0).sorted(by: >).prefix(10)
    #expect(shown.compactMap { $0[2].number("data-v") } == expected.map(Double.init))
    for cells in shown {
      let pair = "\(cells[0].words)>\(cells[1].words)"
      let count = try #require(counts.first { $0.1 == pair })
      #expect(cells[2].words == "\(count.0)")
      let truth = table.classes.firstIndex(of: cells[0].words)
      let total = table.truths.count { $0 == truth }
      #expect(abs((cells[3].number("data-v") ?? -1) - Double(count.0) / Double(total)) < 1e-12)
    }
  }

  @Test(arguments: cases)
  func `mistakes are the surest ones, a pair at most three times`(one: Case) throws {
    let table = try predictions(one)
    let section = try #require(try page(table).with(id: "failures"))
    let wrong = (0..<table.count).filter { table.truths[$0] != table.predicted[$0] }
    let cards = section.all("li")
    #expect(
      section.first("p")?.words.hasPrefix("The \(cards.count) surest of \(wrong.count) mistakes")
        == true)
    let width = table.classes.count
    let sure = { (row: Int) in table.probabilities[row * width + table.predicted[row]] }
    var (left, expected): ([String: Int], [Int]) = ([:], [])
    for row in wrong.sorted(by: { (-sure($0), $0) < (-sure($1), $1) }) where expected.count < 24 {
      let pair = "\(table.truths[row] ?? -1)-\(table.predicted[row])"
      guard left[pair, default: 3] > 0 else { continue }
      left[pair, default: 3] -= 1
      expected.append(row)
    }
    #expect(cards.count == expected.count)
    for (card, row) in zip(cards, expected) {
      let names = card.all("strong").map(\.words)
      #expect(
        names == [table.classes[table.truths[row] ?? 0], table.classes[table.predicted[row]]])
      #expect(card.all("bdi").last?.words == Escape.visible(table.paths[row]))
      #expect(card.words.contains("sure \(Figures.fixed(sure(row)))"))
    }
  }

  /// The curve of a class lies on that of its scores, and its area is the number beside it.
  @Test(arguments: cases)
  func `drawn curves have the areas that stand beside them`(one: Case) throws {
    let table = try predictions(one)
    let section = try #require(try page(table).with(id: "curves"))
    let figures = section.all("figure")
    #expect(figures.count == one.classes)
    for figure in figures {
      let name = try #require(figure.first("bdi")).words
      let index = try #require(table.classes.firstIndex(of: name))
      let counts = PlainCounts(table, index)
      let charts = try DrawnChart.all(in: figure)
      #expect(charts.map(\.title) == ["ROC curve of \(name)", "Precision–recall curve of \(name)"])
      let roc = try charts[0].line("sensitivity")
      #expect(abs(Self.area(roc) - (counts.area ?? -1)) < 0.006, "\(name)")
      #expect(abs(roc[0].x) < 0.001 && abs(roc[0].y) < 0.001)
      #expect(abs(roc[roc.count - 1].x - 1) < 0.001 && abs(roc[roc.count - 1].y - 1) < 0.001)
      #expect(zip(roc, roc.dropFirst()).allSatisfy { $0.x <= $1.x && $0.y <= $1.y })
      let precision = try charts[1].line("precision")
      #expect(abs(Self.area(precision) - (counts.precision ?? -1)) < 0.006, "\(name)")
      let rule = try #require(try charts[1].rules().first)
      let share = Double(counts.support) / Double(table.count)
      #expect(abs(rule.from.y - share) < 0.001 && abs(rule.to.y - share) < 0.001)
      #expect(rule.name == "prevalence \(Figures.fixed(share))")
      let words = try #require(figure.first("figcaption")).words
      #expect(words.contains("\(counts.support) of \(table.count); AUROC "))
      for (label, value) in [("AUROC ", counts.area), ("AUPRC ", counts.precision)] {
        let said = try #require(words.components(separatedBy: label).last?.prefix(5))
        let number = try #require(Double(said), "\(words)")
        #expect(abs(number - (value ?? -1)) < 0.000501, "\(words)")
      }
      // Bands hold their lines.
      for (chart, line) in zip(charts, [roc, precision]) {
        guard let band = chart.node.first("polygon") else { continue }
        let ends = try DrawnChart.pairs(band).map(chart.value)
        #expect(ends.count == 2 * line.count)
        for (place, point) in line.enumerated() {
          #expect(ends[place].y >= point.y - 0.002)
          #expect(ends[ends.count - 1 - place].y <= point.y + 0.002)
        }
      }
    }
    // The rarest come first, and what stands behind the click has no fewer images.
    let sizes = figures.map { figure -> Int in
      let name = figure.first("bdi")?.words ?? ""
      return table.truths.count { $0 == table.classes.firstIndex(of: name) }
    }
    #expect(sizes == sizes.sorted())
    if let summary = section.first("summary") {
      #expect(
        summary.words == "The other \(one.classes - 12) classes, none of which has fewer images")
      #expect(section.first("details")?.all("figure").count == one.classes - 12)
    } else {
      #expect(one.classes <= 14)
    }
  }

  private static func area(_ line: [(x: Double, y: Double)]) -> Double {
    zip(line, line.dropFirst()).reduce(0) { $0 + ($1.1.x - $1.0.x) * ($1.1.y + $1.0.y) / 2 }
  }

  /// Net benefit by its definition: (TP − FP t / (1 − t)) / N.
  @Test(arguments: cases)
  func `decision curves are net benefits, and their words follow from them`(one: Case) throws {
    let table = try predictions(one)
    let width = table.classes.count
    let charts = try DrawnChart.all(in: page(table)).filter { $0.title.hasPrefix("Decision curve") }
    #expect(charts.count == min(6, one.classes))
    for chart in charts {
      let name = String(chart.title.dropFirst("Decision curve of ".count))
      let index = try #require(table.classes.firstIndex(of: name))
      let isIll = table.truths.map { $0 == index }
      let scores = (0..<table.count).map { table.probabilities[$0 * width + index] }
      let n = Double(table.count)
      let ill = Double(isIll.count { $0 })
      let share = ill / n
      var (better, model): ([Double], [Double]) = ([], [])
      for step in 1...50 {
        let t = Double(step) / 100
        let odds = t / (1 - t)
        let hits = zip(scores, isIll).count { $0.0 >= t && $0.1 }
        let alarms = zip(scores, isIll).count { $0.0 >= t && !$0.1 }
        let worth = (Double(hits) - Double(alarms) * odds) / n
        model.append(worth)
        if worth > max(0, (ill - (n - ill) * odds) / n) + 1e-12 { better.append(t) }
      }
      let drawn = try chart.line("the model")
      #expect(drawn.count == 50)
      for (place, point) in drawn.enumerated() {
        #expect(abs(point.x - Double(place + 1) / 100) <= chart.accuracy.x * 1.01)
        #expect(abs(point.y - model[place]) <= chart.accuracy.y * 1.01, "\(name) at \(point.x)")
      }
      for point in try chart.line("treating all") {
        let right = share - (1 - share) * point.x / (1 - point.x)
        // Between two thresholds the tenth of a unit is worth more where the curve is steep.
        #expect(abs(point.y - right) <= chart.accuracy.y + chart.accuracy.x * 4.1, "\(name)")
      }
      let expected =
        better.isEmpty
        ? "The model is nowhere above treating all or none."
        : "The model is above treating all and none at \(better.count) of 50 thresholds, from "
          + "\(Figures.fixed(better[0], 2)) to \(Figures.fixed(better[better.count - 1], 2))."
      #expect(chart.description == expected)
    }
  }

  /// Risk at full coverage is the part decided wrongly.
  @Test(arguments: cases)
  func `risk against coverage ends at the error rate`(one: Case) throws {
    let table = try predictions(one)
    let chart = try #require(
      try DrawnChart.all(in: page(table)).first { $0.title == "Risk against coverage" })
    let wrong = (0..<table.count).count { table.truths[$0] != table.predicted[$0] }
    let rate = Double(wrong) / Double(table.count)
    let line = try chart.line("all classes")
    let last = try #require(line.last)
    #expect(abs(last.x - 1) <= chart.accuracy.x && abs(last.y - rate) <= chart.accuracy.y)
    #expect(chart.description.hasSuffix("at full coverage \(Figures.fixed(rate))."))
    #expect(zip(line, line.dropFirst()).allSatisfy { $0.x <= $1.x })
    #expect(chart.names.count == 1 + min(5, one.classes))
  }
}
