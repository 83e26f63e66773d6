import Foundation
import Reports
import Runs
import Testing
import Uncertainty

/// The comparison of methods as page and Markdown, read back, and what it concludes from its own numbers.
@Suite struct GridStructureTests {
  private static let kinds = [1, 2, 3]

  private func record(_ seeds: Int) throws -> GridRecord {
    try GridPageTests.record(
      seeds: seeds, names: ["erm", "better", "a|b <i>", "\u{301}mark"], imbalances: [nil, 10])
  }

  private func tables(_ page: Node) -> [(caption: String, rows: [[Node]])] {
    page.all("table").map { table in
      (
        table.first("caption")?.words ?? "",
        (table.first("tbody")?.all("tr") ?? []).map { $0.children.filter { !$0.tag.isEmpty } }
      )
    }
  }

  @Test(arguments: kinds)
  func `the page is well formed, its tables rectangles, its headings a tree`(seeds: Int) throws {
    let page = try MarkupReader.read(try record(seeds).html())
    #expect(page.all("h1").count == 1)
    for table in page.all("table") {
      let heads = table.first("thead")?.all("th").count
      for row in table.first("tbody")?.all("tr") ?? [] {
        #expect(row.children.filter { !$0.tag.isEmpty }.count == heads)
        #expect(row.first("th")?["scope"] == "row")
      }
    }
    let names = Set(["erm", "better", "a|b <i>", "\u{301}mark"].map { Escape.visible($0) })
    let results = try #require(tables(page).first { $0.caption.hasPrefix("Results, ") })
    #expect(Set(results.rows.compactMap { $0.first?.words }) == names)
    #expect(results.rows.allSatisfy { $0[1].words.hasPrefix("\(seeds)") })
  }

  /// Better and worse need a corrected p below 0.05, and go the way of the difference.
  @Test(arguments: kinds)
  func `verdicts follow from the corrected p values and the sign`(seeds: Int) throws {
    let record = try record(seeds)
    let page = try MarkupReader.read(record.html())
    let found = tables(page).filter { $0.caption.hasPrefix("Difference of mcc to erm") }
    #expect(found.count == 2)
    for (table, part) in zip(found, record.parts) {
      let comparison = try #require(part.comparison)
      for (cells, row) in zip(table.rows, comparison.rows) {
        let verdict = cells[4].words
        if row.label == "erm" {
          #expect(verdict == "reference")
          continue
        }
        let difference = try #require(row.differences["mcc"])
        guard let mean = difference.mean, let p = difference.adjusted else {
          #expect(verdict == "cannot be said")
          continue
        }
        #expect(verdict == (p >= 0.05 ? "no difference shown" : mean > 0 ? "better" : "worse"))
        #expect(cells[1].words.hasPrefix(Figures.signed(mean)), "\(cells[1].words)")
        #expect(p >= (difference.pValue ?? 2), "a correction makes no p value smaller")
        let known = difference.differences.compactMap(\.self)
        #expect(abs(known.reduce(0, +) / Double(known.count) - mean) < 1e-12)
      }
    }
    let sentence = try #require(record.conclusions.first)
    for part in record.parts {
      for row in part.comparison?.rows ?? [] where row.label != "erm" {
        #expect(sentence.contains(row.label), "\(row.label)")
      }
    }
  }

  @Test(arguments: kinds)
  func `the Markdown has the page's tables, cell by cell as many`(seeds: Int) throws {
    let record = try record(seeds)
    let page = try MarkupReader.read(record.html())
    let text = record.markdown()
    var blocks: [[Int]] = [[]]
    for line in text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.first == "|" {
        blocks[blocks.count - 1].append(line.count { $0 == "|" } - 1)
      } else if blocks.last?.isEmpty == false {
        blocks.append([])
      }
    }
    blocks.removeAll(where: \.isEmpty)
    // The page has the table of cells without a result besides.
    let shown = tables(page).filter { $0.caption != "They are in no mean" }
    #expect(blocks.count == shown.count)
    for (block, table) in zip(blocks, shown) {
      #expect(Set(block).count == 1, "\(table.caption)")
      #expect(block.count == table.rows.count + 2 && block.first == table.rows.first?.count)
    }
    #expect(!text.contains("<i>"))
  }
}
