import Evaluation
import Files
import Foundation
import Randomness
import Reports
import Runs
import Targets
import Testing
import Uncertainty

/// Model cards read back by a plain reader of Markdown tables and of the head.
@Suite struct CardTableTests {
  /// Tables of a card: rows of cells, the head first; a bar that is escaped is none.
  private func tables(_ card: String) -> [[[String]]] {
    var (tables, open): ([[[String]]], [[String]]) = ([], [])
    // By scalars, as GitHub's reader goes.
    for line in card.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false) {
      guard line.first == "|" else {
        if !open.isEmpty { tables.append(open) }
        open = []
        continue
      }
      let cells = line.split(separator: "|", omittingEmptySubsequences: false)
        .dropFirst().dropLast()
        .map { String($0).trimmingCharacters(in: .whitespaces) }
      open.append(cells)
    }
    return tables
  }

  /// The blocks of the head between the lines of dashes.
  private func head(_ card: String) throws -> [String] {
    let lines = card.components(separatedBy: "\n")
    #expect(lines.first == "---")
    let end = try #require(lines.dropFirst().firstIndex(of: "---"))
    return Array(lines[1..<end])
  }

  @Test(arguments: Documents.names)
  func `every table is a rectangle with a rule below its head`(name: String) throws {
    for table in tables(try Documents.named(name).modelCard()) {
      #expect(Set(table.map(\.count)).count == 1, "\(table.prefix(3))")
      #expect(table.count > 1 && table[1].allSatisfy { $0 == "---" || $0 == "---:" })
      #expect(table[1].first == "---" && table[1].dropFirst().allSatisfy { $0 == "---:" })
    }
  }

  @Test(arguments: Documents.names)
  func `headings are a title and then sections, none twice`(name: String) throws {
    let card = try Documents.named(name).modelCard()
    let body = card.components(separatedBy: "\n---\n").dropFirst().joined(separator: "\n---\n")
    let lines = body.components(separatedBy: "\n")
    var (isCode, heads): (Bool, [String]) = (false, [])
    for line in lines {
      if line.hasPrefix("```") { isCode.toggle() }
      if !isCode, line.hasPrefix("#") { heads.append(line) }
    }
    #expect(!isCode, "a fence is open")
    #expect(
      heads.first?.hasPrefix("# ") == true && heads.dropFirst().allSatisfy { $0.hasPrefix("## ") })
    #expect(Set(heads).count == heads.count)
    #expect(heads.last == "## Reproducibility")
    #expect(card.hasSuffix(" -->\n") && ReportDocument.isCard(Array(card.utf8)))
  }

  /// Names are text to a reader of Markdown: what could open something is escaped, scalar by scalar.
  @Test(arguments: ["hostile", "marks"])
  func `names open nothing`(name: String) throws {
    let card = try Documents.named(name).modelCard()
    let table = try #require(tables(card).last)
    let names = name == "marks" ? Documents.marks : Samples.hostile
    #expect(table.count == names.count + 2)
    for cells in table.dropFirst(2) {
      let scalars = Array(cells[0].unicodeScalars)
      for (place, scalar) in scalars.enumerated() {
        #expect(scalar != "<" && scalar != ">" && scalar != "|", "\(cells[0])")
        if "`*_[]#!~$".unicodeScalars.contains(scalar) {
          let isNumber = scalar == "#" && place > 0 && scalars[place - 1] == "&"
          #expect(isNumber || (place > 0 && scalars[place - 1] == "\\"), "\(cells[0])")
        }
      }
    }
    // The head is YAML and fenced lines are text as they stand.
    var isText = false
    var prose: [Substring] = []
    for line in card.split(separator: "\n", omittingEmptySubsequences: false) {
      if line == "---" || line.hasPrefix("```") {
        isText.toggle()
      } else if !isText {
        prose.append(line)
      }
    }
    #expect(!isText && !prose.isEmpty)
    #expect(!prose.contains { $0.contains("<script") })
    #expect(!card.contains("\u{202E}") && !card.contains("\u{200F}"))
  }

  @Test func `each class's row of the card is that of the page`() throws {
    for name in ["two", "three with rule", "a class is absent", "hundred", "no intervals"] {
      let document = try Documents.named(name)
      let part = document.runs[0].evaluations[0]
      let table = try #require(
        tables(document.modelCard()).first { $0[0].first == "class" && $0[0].contains("AUPRC") })
      #expect(table.count == part.metrics.classes.count + 2)
      for (cells, row) in zip(table.dropFirst(2), part.metrics.perClass) {
        #expect(cells[2] == Figures.count(row.support) && cells[3] == Figures.count(row.correct))
        let recall =
          row.support > 0 && row.support < 10
          ? "\(row.correct) of \(row.support)"
          : row.support == 0 ? "–" : Figures.fixed(Double(row.correct) / Double(row.support))
        #expect(cells[4] == recall)
        #expect(cells[7] == Figures.fixed(row.f1) && cells[8] == Figures.fixed(row.rocAUC))
        #expect(cells[9] == Figures.fixed(row.averagePrecision))
      }
    }
  }

  @Test func `the data of the card are the population, the largest class first`() throws {
    let document = try Documents.named("hundred")
    let population = try #require(document.runs[0].population)
    let table = try #require(
      tables(document.modelCard()).first { $0[0] == ["class", "train", "test"] })
    let train = table.dropFirst(2).compactMap { Int($0[1].replacing(",", with: "")) }
    #expect(train == population.parts[0].counts.sorted(by: >))
    let sums = (1...2).map { column in
      table.dropFirst(2).compactMap { Int($0[column].replacing(",", with: "")) }.reduce(0, +)
    }
    #expect(sums == population.parts.map(\.total))
    #expect(
      document.modelCard().contains(
        "\(Figures.count(sums[0])) images in train, \(Figures.count(sums[1])) images in test."))
  }

  /// Hugging Face reads the values: each is a plain number, and the number is that of the metric.
  @Test(arguments: Documents.names)
  func `values of the head are numbers, and those of the metrics`(name: String) throws {
    let document = try Documents.named(name)
    let lines = try head(document.modelCard())
    let values = lines.filter { $0.hasPrefix("      value: ") }.map { $0.dropFirst(13) }
    for value in values {
      #expect(value.wholeMatch(of: /-?[0-9]+\.[0-9]+(e[+-][0-9]+)?/) != nil, "\(value)")
    }
    guard document.runs.count == 1, let part = document.runs[0].evaluations.first else { return }
    if part.metrics.n > 0, let accuracy = part.metrics["accuracy"] {
      let place = try #require(lines.firstIndex(of: "    - type: accuracy"))
      let value = try #require(Double(lines[place + 2].dropFirst(13)))
      #expect(abs(value - accuracy) <= 5.01e-7)
    }
    #expect(lines.filter { $0.hasPrefix("metrics:") }.count <= 1)
    let types = lines.filter { $0.hasPrefix("    - type: ") }.map { String($0.dropFirst(12)) }
    if let start = lines.firstIndex(of: "metrics:") {
      let listed = lines[(start + 1)...].prefix { $0.hasPrefix("- ") }.map {
        String($0.dropFirst(2))
      }
      #expect(Set(listed).count == listed.count && Set(listed).isSubset(of: Set(types)))
    }
  }

  /// Errors of large numbers: a zero of the exponent is none of the fraction.
  @Test(arguments: [
    (1e20, "1.0e+20"), (1.5e20, "1.5e+20"), (2e30, "2.0e+30"), (2_500_000, "2500000.0"),
    (0.25, "0.25"), (100, "100.0"), (4e10, "40000000000.0"),
  ])
  func `large values of the head stay what they are`(error: Double, text: String) throws {
    let table = "path,y_true,y_pred\na,0,\(error)\nb,\(error),0\n"
    let predictions = try NumberPredictions.read(bytes: Array(table.utf8), name: "t.csv")
    let facts = NumberRunFacts(
      name: "x", config: ConfigRecord([]), data: nil, history: [],
      evaluations: [.init(part: "test", found: NumberAssessment(predictions, settings: nil))])
    let card = facts.card(version: "1")
    #expect(card.contains("    - type: mae\n      name: mae\n      value: \(text)\n"), "\(card)")
    // The range of the truth is said with all its zeros too.
    let sheet = try #require(facts.sheets.first)
    let high = try #require(
      sheet.heading.components(separatedBy: " to ").last?.components(separatedBy: ";").first)
    let said = try #require(Double(high), "\(sheet.heading)")
    #expect(abs(said - error) <= 1e-4 * error, "\(sheet.heading)")
  }

  /// A command is copied into a shell: what the shell reads must be the path.
  @Test(arguments: [
    ("runs/a", "runs/a/config.yaml"), ("my runs/a", "'my runs/a/config.yaml'"),
    ("it's", "'it'\\''s/config.yaml'"), ("a;rm -rf b", "'a;rm -rf b/config.yaml'"),
    ("q'\u{301};x", "'q'\\''\u{301};x/config.yaml'"), ("$HOME", "'$HOME/config.yaml'"),
  ])
  func `the command that repeats a run names its folder as one word`(path: String, word: String)
    throws
  {
    var contents = try Samples.contents(classes: ["a", "b"])
    contents.path = path
    var options = Documents.options
    options.intervals = nil
    let document = ReportDocument([contents], options: options)
    #expect(document.runs[0].facts?.command == "steelyard train --config " + word)
  }

  /// A shell itself reads a word that is quoted: undone by the rules of POSIX, section 2.2.2.
  @Test func `quoted words read back`() throws {
    var random = RandomKey(seed: 95).source
    let pieces = ["'", "a", " ", "\"", "$", "\\", "\u{301}", "*", "é", "-"]
    for _ in 0..<100 {
      var contents = RunContents(name: "x")
      let path =
        "p" + (0..<random.below(8)).map { _ in pieces[random.below(pieces.count)] }.joined()
      contents.path = path
      contents.config = try ConfigRecord(parsing: Samples.config, name: "config.yaml")
      let command = try #require(ReportDocument([contents]).runs[0].facts?.command)
      let word = command.unicodeScalars.dropFirst("steelyard train --config ".unicodeScalars.count)
      var (read, isQuoted, isEscaped): (String.UnicodeScalarView, Bool, Bool) = (
        .init(), false, false
      )
      for scalar in word {
        if isEscaped {
          read.append(scalar)
          isEscaped = false
        } else if scalar == "'" {
          isQuoted.toggle()
        } else if scalar == "\\", !isQuoted {
          isEscaped = true
        } else {
          #expect(isQuoted || !" \"$*".unicodeScalars.contains(scalar), "\(command)")
          read.append(scalar)
        }
      }
      #expect(!isQuoted && !isEscaped)
      #expect(String(read).unicodeScalars.elementsEqual((path + "/config.yaml").unicodeScalars))
    }
  }
}
