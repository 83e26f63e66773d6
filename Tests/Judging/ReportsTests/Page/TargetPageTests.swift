import Foundation
import Randomness
import Reports
import Runs
import Targets
import Testing
import Uncertainty

/// Pages of labels, grades and numbers, read back, and what their tables say of the rows that were judged.
@Suite struct TargetPageTests {
  private func rows(_ table: Node?) -> [[Node]] {
    (table?.first("tbody")?.all("tr") ?? []).map { $0.children.filter { !$0.tag.isEmpty } }
  }

  private func check(_ page: Node) {
    #expect(page.all("h1").count == 1 && page.below.first { $0.tag == "h1" } != nil)
    #expect(page.first("nav")?.all("a").count == page.all("section").count)
    for table in page.all("table") {
      let heads = table.first("thead")?.all("th").count
      for row in rows(table) {
        #expect(row.count == heads, "\(table.first("caption")?.words ?? "")")
      }
    }
    let ids = page.below.compactMap { $0["id"] }
    #expect(Set(ids).count == ids.count)
  }

  /// Labels `a` and `<b>` of `count` images; some entries are not known.
  private func labels(_ count: Int, _ seed: Int) throws -> (
    page: Node, truths: [[Bool?]], scores: [[Double]]
  ) {
    var random = RandomKey(seed: 110).folding(seed).source
    var (truths, scores): ([[Bool?]], [[Double]]) = ([], [])
    var table = "path,true_a,true_<b>,prob_a,prob_<b>\n"
    for row in 0..<count {
      let entries: [Bool?] = (0..<2).map { label in
        if row < 2 { return row == label }
        return label == 1 && random.uniform() < 0.1 ? nil : random.uniform() < 0.3
      }
      let said = entries.map { entry in
        ((entry == true ? 0.3 : 0) + 0.6 * random.uniform()).rounded(to: 4)
      }
      truths.append(entries)
      scores.append(said)
      table +=
        "\(row),"
        + (entries.map { $0.map { $0 ? "1" : "0" } ?? "" } + said.map { "\($0)" })
        .joined(separator: ",") + "\n"
    }
    let predictions = try LabelPredictions.read(bytes: Array(table.utf8), name: "t.csv")
    let found = LabelAssessment(predictions, settings: nil)
    return (
      try MarkupReader.read(TargetSheet.html([TargetSheet(found)], title: "<labels>")), truths,
      scores
    )
  }

  @Test(arguments: 0..<8)
  func `each label is counted among the images whose entry is known`(seed: Int) throws {
    let (page, truths, scores) = try labels(40 + 5 * seed, seed)
    check(page)
    #expect(page.first("h1")?.words == "<labels>")
    let table = try #require(
      page.all("table").first { $0.first("caption")?.words == "Each label against its absence" })
    let shown = rows(table)
    #expect(shown.map { $0[0].words } == ["a", "<b>"])
    for (label, cells) in shown.enumerated() {
      let known = truths.indices.filter { truths[$0][label] != nil }
      let ill = known.filter { truths[$0][label] == true }.map { scores[$0][label] }
      let well = known.filter { truths[$0][label] == false }.map { scores[$0][label] }
      #expect(cells[1].words == "\(known.count)" && cells[2].words == "\(ill.count)")
      var pairs = 0.0
      for a in ill { for b in well { pairs += a > b ? 1 : a == b ? 0.5 : 0 } }
      let area = try #require(cells[5].number("data-v"))
      #expect(abs(area - pairs / Double(ill.count * well.count)) < 1e-9)
      let prevalence = try #require(Double(cells[4].words))
      #expect(abs(prevalence - Double(ill.count) / Double(known.count)) <= 0.000501)
      let hits = ill.count { $0 >= 0.5 }
      let recall = try #require(cells[8].number("data-v"))
      #expect(abs(recall - Double(hits) / Double(ill.count)) < 1e-12)
    }
    let unknown = truths.joined().count { $0 == nil }
    if unknown > 0 {
      #expect(
        page.first("header")?.words.contains(
          "\(unknown) of \(2 * truths.count) entries unknown") == true)
    }
    // Images with both labels, of those that have each.
    let both = truths.count { $0[0] == true && $0[1] == true }
    let pairs = page.all("table").first {
      $0.first("caption")?.words.hasPrefix("Labels that come together") == true
    }
    #expect((pairs == nil) == (both == 0))
    if let pairs { #expect(rows(pairs)[0][1].words == "\(both)") }
  }

  @Test(arguments: 0..<8)
  func `errors of numbers are those of the rows`(seed: Int) throws {
    var random = RandomKey(seed: 111).folding(seed).source
    let rows = (0..<30 + seed).map { _ in
      (
        truth: (100 * random.uniform()).rounded(to: 3),
        said: (100 * random.uniform()).rounded(to: 3)
      )
    }
    let table =
      "path,y_true,y_pred\n"
      + rows.enumerated().map { "\($0),\($1.truth),\($1.said)\n" }.joined()
    let predictions = try NumberPredictions.read(bytes: Array(table.utf8), name: "t.csv")
    let found = NumberAssessment(predictions, settings: nil)
    let page = try MarkupReader.read(TargetSheet.html([TargetSheet(found)], title: "numbers"))
    check(page)
    let tables = page.all("table")
    let values = Dictionary(
      self.rows(tables[0]).map { ($0[0].words, $0[1].number("data-v")) },
      uniquingKeysWith: { first, _ in first })
    let n = Double(rows.count)
    let errors = rows.map { $0.said - $0.truth }
    let mean = rows.map(\.truth).reduce(0, +) / n
    let spread = rows.reduce(0) { $0 + ($1.truth - mean) * ($1.truth - mean) }
    let square = errors.reduce(0) { $0 + $1 * $1 }
    for (key, right) in [
      ("mae", errors.reduce(0) { $0 + abs($1) } / n), ("rmse", (square / n).squareRoot()),
      ("r2", 1 - square / spread),
    ] {
      let value = try #require(values[key] ?? nil, "\(values)")
      #expect(abs(value - right) < 1e-9, "\(key)")
    }
    // Ranges hold every row once.
    let sizes = self.rows(tables[1]).compactMap { Int($0[1].words) }
    #expect(sizes.reduce(0, +) == rows.count)
  }

  /// A log put together from runs of other labels: the page has a mean of those that agree.
  @Test func `epochs that drew other labels are in no mean`() throws {
    let draw = { (names: [String], count: Int) in
      EpochRecord(
        epoch: count, trainLoss: 1, learningRate: 0.1, mixing: nil,
        drawn: names.map {
          ClassDrawn(name: $0, examples: 10 * count, distinct: 5, mass: 1 / Double(names.count))
        }, validation: [:], isBest: false)
    }
    let facts = LabelRunFacts(
      name: "x", config: ConfigRecord([]), data: nil,
      history: [draw(["a", "b"], 1), draw(["a"], 2), draw(["a", "b"], 3)], evaluations: [])
    let sheet = try #require(facts.sheets.last)
    let part = try #require(
      sheet.parts.first { $0.caption.hasPrefix("Training: what an epoch drew") })
    #expect(part.rows.map { $0[1].text } == ["20.0", "20.0"])
    #expect(part.rows.map { $0[3].text } == ["50.0 %", "50.0 %"])
  }
}

extension Double {
  /// To so many decimals.
  fileprivate func rounded(to decimals: Int) -> Double {
    var power = 1.0
    for _ in 0..<decimals { power *= 10 }
    return (self * power).rounded() / power
  }
}
