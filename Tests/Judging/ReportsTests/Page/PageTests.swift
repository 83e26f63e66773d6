import Datasets
import Evaluation
import Files
import Foundation
import Reports
import Runs
import Testing
import Uncertainty

@Suite struct PageTests {
  static let documents: [String: ReportDocument] = {
    var all: [String: ReportDocument] = [:]
    for count in [2, 23, 100] {
      all["\(count)"] = try? ReportDocument([
        Samples.contents(classes: Samples.names(count), count: 10 * count)
      ])
    }
    all["hostile"] = try? ReportDocument([
      Samples.contents(name: Samples.hostile[0], classes: Samples.hostile, hasRule: true)
    ])
    all["nothing"] = ReportDocument([RunContents(name: "nothing")])
    all["two"] = try? ReportDocument([
      Samples.contents(name: "first", classes: Samples.hostile),
      Samples.contents(
        name: Samples.hostile[1], classes: Samples.hostile, skill: 2.5, hasRule: true),
    ])
    return all
  }()
  static let names = ["2", "23", "100", "hostile", "nothing", "two"]

  private func page(_ name: String) throws -> String { try #require(Self.documents[name]).html() }

  @Test(arguments: names)
  func `nothing is loaded from anywhere`(name: String) throws {
    let text = try page(name)
    #expect(!text.contains("<link") && !text.contains("@import") && !text.contains("url("))
    #expect(text.contains("default-src &#39;none&#39;"))
    for found in text.matches(of: /\s(src|srcset|poster|data|action|background)="([^"]*)"/) {
      #expect(found.2.hasPrefix("data:image/"), "\(found.0)")
    }
    for found in text.matches(of: /href="([^"]*)"/) {
      #expect(found.1.hasPrefix("#"), "\(found.0)")
    }
    #expect(text.count(of: "<script") == 1 && text.count(of: "</script") == 1)
    #expect(text.count(of: "<style") == 1 && text.count(of: "</style") == 1)
  }

  @Test(arguments: names)
  func `every link has its place, and no identifier stands twice`(name: String) throws {
    let text = try page(name)
    let ids = text.matches(of: /\sid="([^"]*)"/).map { String($0.1) }
    #expect(Set(ids).count == ids.count)
    for found in text.matches(of: /href="#([^"]*)"/) {
      #expect(ids.contains(String(found.1)), "\(found.0)")
    }
    for found in text.matches(of: /aria-labelledby="([^"]*)"/) {
      for id in found.1.split(separator: " ") { #expect(ids.contains(String(id)), "\(found.0)") }
    }
  }

  @Test(arguments: names)
  func `elements are closed in the order they were opened`(name: String) throws {
    var open: [Substring] = []
    let void: Set<Substring> = [
      "meta", "input", "img", "br", "line", "rect", "circle", "path", "polyline", "polygon",
    ]
    var text = try page(name)[...]
    text.removeFirst("<!DOCTYPE html>".count)
    for tag in text.matches(of: /<(\/?)([a-zA-Z][a-z0-9]*)((?:[^<>"]|"[^"]*")*)>/) {
      if tag.1 == "/" {
        // A drawing's line is closed only where it has a title.
        while let last = open.last, last != tag.2, void.contains(last) { open.removeLast() }
        #expect(open.popLast() == tag.2, "\(tag.0)")
      } else if !tag.3.hasSuffix("/") {
        if !["meta", "input", "img", "br"].contains(tag.2) { open.append(tag.2) }
      }
      if tag.2 == "script" { break }
    }
    #expect(open == ["html", "body", "script"])
  }

  @Test func `pictures have words, tables have heads and captions`() throws {
    let text = try page("23")
    #expect(text.count(of: "<table") == text.count(of: "<caption>"))
    for found in text.matches(of: /<th[ >][^>]*>/) {
      #expect(found.0.contains("scope="), "\(found.0)")
    }
    for found in text.matches(of: /<svg [^>]*>/) {
      #expect(
        found.0.contains("role=\"img\"") || found.0.contains("aria-hidden=\"true\""), "\(found.0)")
    }
    #expect(text.count(of: "<title id=") == text.count(of: "<desc id="))
    #expect(text.contains("<html lang=\"en\">") && text.contains("Skip to the report"))
  }

  @Test func `hostile names are text, wherever they stand`() throws {
    for name in ["hostile", "two"] {
      let text = try page(name)
      #expect(text.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
      #expect(!text.contains("<script>alert") && !text.contains("<img src=x"))
      #expect(!text.contains("\u{202E}") && text.contains("gpj⟨U+202E⟩exe.txt"))
      #expect(!text.contains("\u{0}") && !text.contains("\u{1B}"))
    }
  }

  @Test func `the sections come in the order of the checklists`() throws {
    let heads = try page("23").matches(of: /<section id="([a-z]+)"/).map { String($0.1) }
    #expect(
      heads == [
        "population", "splits", "reference", "drawn", "training", "results", "confusion", "curves",
        "areas", "thresholds", "reliability", "decisions", "groups", "failures", "limits",
        "reproducibility", "glossary",
      ])
  }

  @Test func `the advice on both areas follows the stated use`() throws {
    var contents = try Samples.contents(classes: ["a", "b", "c"])
    let open = ReportDocument([contents]).html()
    #expect(open.contains("steelyard report RUN --acts-on all|top|top-per-group"))
    contents.use = "Triage of <all> slides"
    let words: [ActsOn: String] = [
      .all: "Since every image is acted upon",
      .top: "Since only the few images ranked highest are acted upon",
      .topPerGroup: "Shot groups and subgroups</a>), never by one over all",
    ]
    for actsOn in ActsOn.allCases {
      contents.actsOn = actsOn
      let document = ReportDocument([contents])
      let page = document.html()
      #expect(page.contains("<p>Stated use: Triage of &lt;all&gt; slides</p>"))
      for (use, text) in words { #expect(page.contains(text) == (use == actsOn), "\(use)") }
      let bytes = try JSONFile.encode(document)
      #expect(try JSONFile.decode(ReportDocument.self, from: bytes, name: "x") == document)
    }
  }

  @Test func `what is missing is said, with the command that makes it`() throws {
    let text = try page("nothing")
    #expect(
      text.contains(
        "no <code>data.json</code>. To have it: <code>steelyard train --data-dir DATA</code>"))
    #expect(text.count(of: "class=\"missing\"") >= 9)
    #expect(text.contains("No results yet."))
  }

  @Test func `the numbers of the page are those of the metrics`() throws {
    let document = try #require(Self.documents["23"])
    let (text, metrics) = (document.html(), document.runs[0].evaluations[0].metrics)
    for key in ["mcc", "balanced_accuracy", "f1_macro", "roc_auc_ovr", "log_loss"] {
      let value = try #require(metrics[key])
      let anchor = try #require(Definition.of(key)).anchor
      #expect(text.contains("href=\"#\(anchor)\" tabindex=\"-1\">\(Figures.fixed(value))</a>"))
    }
    let interval = try #require(
      document.runs[0].evaluations[0].judgement.assessment?.intervals["mcc"])
    #expect(text.contains(Figures.range(interval.low, interval.high, 2)))
  }

  @Test func `fewer than ten images are counted, not rated`() throws {
    let document = try #require(Self.documents["23"])
    let (text, rows) = (document.html(), document.runs[0].evaluations[0].metrics.perClass)
    let row = try #require(rows.first { (2..<10).contains($0.support) })
    #expect(text.contains(">\(row.correct) of \(row.support)</a>"))
    #expect(
      text.contains(
        "\(row.correct) TP \(row.predicted - row.correct) FP \(row.support - row.correct) FN"))
    #expect(text.contains("found; "))
  }

  @Test func `undefined is a dash`() throws {
    let predictions = try Predictions(
      classes: ["here", "absent"], paths: ["1", "2"], truths: [0, 0],
      probabilities: [0.9, 0.1, 0.8, 0.2])
    let text = ReportDocument([
      RunContents(name: "x", evaluations: [.init(split: "test", predictions: predictions)])
    ]).html()
    #expect(text.contains("href=\"#def-roc-auc\" tabindex=\"-1\">–</a>"))
    #expect(text.contains("href=\"#def-recall\" tabindex=\"-1\">–</a>"))
    #expect(
      text.contains("Not tested at all, for want of images: <bdi class=\"name\">absent</bdi>."))
    #expect(
      text.contains(
        "Without an image in test, hence without curves: <bdi class=\"name\">absent</bdi>."))
  }

  @Test func `a picture from elsewhere is not put into the page`() throws {
    var document = try #require(Self.documents["2"])
    let mistake = FailureCases.Mistake(
      path: "p", truth: "a", predicted: "b", confidence: 1, truthProbability: 0,
      thumbnail: "http://tracker/x.png")
    document.runs[0].evaluations[0].failures = FailureCases(
      total: 1, mistakes: [mistake], perPair: 1)
    #expect(!document.html().contains("tracker"))
    #expect(document.html().contains("aria-label=\"no picture\""))
  }

  @Test func `leakage is said at the top`() throws {
    var document = try #require(Self.documents["2"])
    document.runs[0].splits?.groups = [.init(group: "p1", examples: ["train": 2, "test": 1])]
    let text = document.html()
    #expect(text.contains("so every number here flatters"))
    #expect(
      text.contains(
        "<th scope=\"row\"><bdi class=\"name\">p1</bdi></th><td class=\"n\">2</td><td class=\"n\">0</td><td class=\"n\">1</td>"
      ))
  }

  @Test func `ten thousand images of 23 classes: under a second, under 3 MB`() throws {
    var options = ReportOptions()
    options.intervals = nil
    let contents = try Samples.contents(classes: Samples.names(23), count: 10_000)
    let start = ContinuousClock.now
    let document = ReportDocument([contents], options: options)
    let assembled = ContinuousClock.now - start
    let page = document.html()
    let whole = ContinuousClock.now - start
    #expect(whole - assembled < .seconds(1), "rendering took \(whole - assembled)")
    #expect(page.utf8.count < 3_000_000, "\(page.utf8.count) bytes")
    print(
      "10,000 × 23: assembled in \(assembled), rendered in \(whole - assembled), \(page.utf8.count) bytes"
    )
  }
}

extension String {
  func count(of part: String) -> Int { components(separatedBy: part).count - 1 }
}
