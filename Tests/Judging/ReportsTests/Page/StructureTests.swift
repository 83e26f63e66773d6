import Foundation
import Reports
import Testing

/// Every page, read by a strict reader: what a screen reader and a keyboard need, and tables that say one thing.
@Suite struct StructureTests {
  @Test(arguments: Documents.names)
  func `headings form a tree that begins with the title`(name: String) throws {
    let page = try Documents.page(name)
    let heads = page.below.filter { ["h1", "h2", "h3", "h4", "h5", "h6"].contains($0.tag) }
    #expect(heads.first?.tag == "h1" && heads.count { $0.tag == "h1" } == 1)
    let levels = heads.compactMap { $0.tag.last?.wholeNumberValue }
    for (level, next) in zip(levels, levels.dropFirst()) {
      #expect(next <= level + 1, "\(heads.map(\.words))")
    }
    #expect(heads.allSatisfy { !$0.words.allSatisfy(\.isWhitespace) })
    #expect(page["lang"] == "en" && page.first("title")?.words.isEmpty == false)
    #expect(page.all("main").count == 1 && page.first("main")?["id"] == "main")
  }

  @Test(arguments: Documents.names)
  func `the contents name every section in order, and sections are numbered`(name: String) throws {
    let page = try Documents.page(name)
    let sections = page.all("section")
    let entries = try #require(page.first("nav")).all("a")
    #expect(entries.count == sections.count)
    for (place, (entry, section)) in zip(entries, sections).enumerated() {
      let head = try #require(section.first("h2"))
      #expect(entry["href"] == "#" + (section["id"] ?? ""))
      #expect(section["aria-labelledby"] == head["id"])
      #expect(head.all("span").first?.words == "\(place + 1)")
      #expect(head.words == "\(place + 1) " + entry.words)
    }
    // A keyboard reaches the report past the contents.
    let skip = try #require(page.all("a").first)
    #expect(skip["href"] == "#main" && skip.has("skip"))
  }

  @Test(arguments: Documents.names)
  func `pictures have words or are left out, and words are of this picture`(name: String) throws {
    let page = try Documents.page(name)
    var titles: [String] = []
    for picture in page.all("svg") where picture["aria-hidden"] != "true" {
      #expect(picture["role"] == "img")
      if let label = picture["aria-label"] {
        #expect(!label.isEmpty)
        continue
      }
      let ids = (picture["aria-labelledby"] ?? "").split(separator: " ").map(String.init)
      let words = ids.compactMap { picture.with(id: $0)?.words }
      #expect(words.count == 2 && words.allSatisfy { !$0.isEmpty }, "\(ids)")
      titles.append(words.first ?? "")
    }
    #expect(Set(titles).count == titles.count, "two pictures are called alike: \(titles)")
    for image in page.all("img") { #expect(image["alt"] != nil) }
    for hidden in page.all("svg") where hidden["aria-hidden"] == "true" {
      #expect(hidden.all("a").isEmpty && hidden["tabindex"] == nil)
    }
  }

  @Test(arguments: Documents.names)
  func `tables are rectangles with named columns, rows and regions`(name: String) throws {
    let page = try Documents.page(name)
    for box in page.all("div") where box.has("scroll") {
      let table = try #require(box.first("table"))
      let caption = try #require(table.first("caption")).words
      #expect(!caption.isEmpty && box["role"] == "region" && box["tabindex"] == "0")
      // A matrix is called what its section is called.
      if !table.has("matrix") {
        #expect(box["aria-label"] == caption, "\(caption)")
      }
      let heads = try #require(table.first("thead")).all("th")
      #expect(heads.allSatisfy { $0["scope"] == "col" })
      for row in try #require(table.first("tbody")).all("tr") {
        let cells = row.children.filter { !$0.tag.isEmpty }
        #expect(cells.count == heads.count, "\(caption): \(row.words)")
        #expect(cells.first?.tag == "th" && cells.first?["scope"] == "row")
        #expect(cells.dropFirst().allSatisfy { $0.tag == "td" })
      }
    }
    #expect(page.all("table").count == page.all("caption").count)
  }

  /// What a table is sorted by is what stands in the cell.
  @Test(arguments: Documents.names)
  func `the number that a cell is sorted by is the number that it shows`(name: String) throws {
    let page = try Documents.page(name)
    for table in page.all("table") {
      let caption = table.first("caption")?.words ?? ""
      for cell in table.all("td") {
        guard let order = cell["data-v"] else { continue }
        let value = try #require(Double(order), "\(caption): \(order)")
        #expect(value.isFinite)
        let shown = try Self.shown(cell)
        guard let shown else { continue }
        #expect(
          abs(shown.value - value) <= shown.half * 1.000001 + 1e-12,
          "\(caption): \(cell.words) is sorted by \(order)")
      }
    }
  }

  /// The first number of a cell with half its last digit; `nil` for a bound or a bar alone.
  private static func shown(_ cell: Node) throws -> (value: Double, half: Double)? {
    let text = cell.words(without: "small").trimmingCharacters(in: .whitespacesAndNewlines)
    if text.isEmpty || text.hasPrefix("<") { return nil }
    let words = text.split(separator: " ").map(String.init)
    if words.count == 3, words[1] == "of", let a = Double(words[0]), let b = Double(words[2]) {
      return (a / b, 1e-9)
    }
    if words.count == 6, words[1] == "TP", words[3] == "FP", words[5] == "FN",
      let hits = Double(words[0]), let alarms = Double(words[2]), let missed = Double(words[4])
    {
      return (2 * hits / (2 * hits + alarms + missed), 1e-9)
    }
    let plain = words[0].replacing("−", with: "-").replacing("+", with: "")
      .replacing(",", with: "")
    guard let number = Double(plain) else { throw MarkupFault("a cell of \(text)") }
    let decimals = plain.split(separator: ".").dropFirst().first?.count ?? 0
    return (number, 0.5 * pow(10, -Double(decimals)))
  }

  /// A caption that names an order is a promise about the rows.
  @Test(arguments: Documents.names)
  func `rows come in the order that the caption says`(name: String) throws {
    let page = try Documents.page(name)
    for table in page.all("table") {
      let caption = table.first("caption")?.words ?? ""
      let heads =
        table.first("thead")?.all("th").map {
          $0.words.trimmingCharacters(in: .whitespacesAndNewlines)
        } ?? []
      let isRising =
        caption.contains("the rarest first") || caption.contains("the rarest class first")
      guard isRising || caption.contains("the largest in training first") else { continue }
      let column = ["n", "Images", "Prevalence", "train"].lazy
        .compactMap { heads.firstIndex(of: $0) }.first
      let place = try #require(column, "\(caption): \(heads)")
      let numbers =
        table.first("tbody")?.all("tr").compactMap { row -> Double? in
          let cell = row.children.filter { !$0.tag.isEmpty }[place]
          return cell.number("data-v") ?? Double(cell.words.replacing(",", with: ""))
        } ?? []
      #expect(numbers == (isRising ? numbers.sorted() : numbers.sorted(by: >)), "\(caption)")
    }
  }

  @Test(arguments: Documents.names)
  func `axes are labelled where their ticks stand, each tick otherwise`(name: String) throws {
    for chart in try DrawnChart.all(in: Documents.page(name)) {
      #expect(chart.faultsOfTicks() == [], "\(chart.title): \(chart.faultsOfTicks())")
      #expect(chart.xTicks.count >= 2 || chart.yTicks.count >= 2, "\(chart.title)")
    }
  }

  /// A class of the style sheet must be there for every line: one without has no stroke.
  @Test(arguments: Documents.names)
  func `every line has a look`(name: String) throws {
    let page = try Documents.page(name)
    let sheet = try #require(page.first("style")).words
    for line in page.all("polyline") {
      let style = try #require(line["class"])
      #expect(
        sheet.contains("polyline.\(style){") || sheet.contains("polyline.\(style),"), "\(style)")
    }
    for bar in page.all("rect") where bar["rx"] == "1.5" {
      let style = try #require(bar["class"])
      #expect(sheet.contains(".\(style){"), "\(style)")
    }
  }

  @Test(arguments: Documents.names)
  func `equal documents give equal bytes`(name: String) throws {
    let document = try Documents.named(name)
    #expect(document.html() == document.html())
    #expect(document.modelCard() == document.modelCard())
  }

  /// Every link to a definition goes to the one whose name or key it stands for, and every definition is linked.
  @Test(arguments: Documents.names)
  func `the glossary has what is linked and no more`(name: String) throws {
    let page = try Documents.page(name)
    let glossary = try #require(page.with(id: "glossary"))
    let entries = glossary.all("div").compactMap { $0["id"] }
    let above = page.all("section").filter { $0["id"] != "glossary" } + page.all("header")
    let linked = Set(
      above.flatMap { $0.all("a") }.compactMap { $0["href"] }.filter { $0.hasPrefix("#def-") }
        .map { String($0.dropFirst()) })
    #expect(Set(entries) == linked)
    #expect(entries.count == Set(entries).count)
    let order = Definition.all.map(\.anchor).filter { linked.contains($0) }
    #expect(entries == order)
  }

  /// What a page says is missing it does not show as a number.
  @Test func `a part without truth, scores or predictions says so`() throws {
    let decided = try Documents.page("decisions alone")
    for id in ["curves", "areas", "thresholds", "reliability", "decisions", "failures"] {
      let section = try #require(decided.with(id: id))
      #expect(
        section.words.contains("This needs scores, and these predictions have decisions alone."))
      #expect(section.all("svg").isEmpty && section.all("table").isEmpty, "\(id)")
    }
    #expect(try #require(decided.with(id: "confusion")).all("table").count == 2)
    let metrics = try Documents.page("metrics alone")
    #expect(try #require(metrics.with(id: "curves")).words.contains("no predictions-*.csv"))
    #expect(
      try #require(metrics.with(id: "results")).words.contains("Only rates have intervals"))
  }

  /// Names that begin with a combining mark join the bracket of the element before them.
  @Test(arguments: ["hostile", "marks"])
  func `each class is named as it can be seen`(name: String) throws {
    let page = try Documents.page(name)
    let names = name == "marks" ? Documents.marks : Samples.hostile
    let table = try #require(
      page.with(id: "results")?.all("table").first { $0.has("classes") })
    let shown = table.first("tbody")?.all("tr").compactMap { $0.first("bdi")?.words } ?? []
    #expect(Set(shown) == Set(names.map { Escape.visible($0) }))
    let matrix = try #require(page.all("table").first { $0.has("matrix") })
    let rows = matrix.first("tbody")?.all("bdi").map(\.words) ?? []
    #expect(Set(rows) == Set(names.map { Escape.visible($0) }))
  }
}
