import Datasets
import Evaluation
import Foundation
import Reports
import Runs
import Testing

@Suite struct ModelCardTests {
  private func card(_ classes: [String] = ["a", "b", "c"]) throws -> String {
    try ReportDocument([Samples.contents(classes: classes)]).modelCard()
  }

  @Test func `the head is what Hugging Face reads`() throws {
    let document = try ReportDocument([Samples.contents(classes: ["a", "b", "c"])])
    let text = document.modelCard()
    let head = try #require(text.components(separatedBy: "\n---\n").first)
    let f1 = try #require(document.runs[0].evaluations[0].metrics["f1_macro"])
    #expect(text.hasPrefix("---\nlicense: \"apache-2.0\"\npipeline_tag: image-classification\n"))
    for part in [
      "tags:\n- image-classification\n", "- \"mobilenet-v2\"\n- \"balanced-mixup\"\n",
      "model-index:\n- name: \"mobilenet-v2, balanced-mixup, cells\"\n  results:\n  - task:\n"
        + "      type: image-classification\n",
      "    dataset:\n      name: \"cells\"\n      type: \"cells\"\n      split: \"test\"\n    metrics:\n",
      "    - type: f1\n      name: \"macro F1\"\n      value: \(String(format: "%.4f", f1).dropLast())",
      "      args:\n        average: macro\n",
    ] { #expect(head.contains(part), "\(part)") }
  }

  @Test func `undefined metrics are left out of the head, never 0`() throws {
    let predictions = try Predictions(
      classes: ["a", "b"], paths: ["1"], truths: [0], probabilities: [0.9, 0.1])
    let text = ReportDocument([
      RunContents(name: "x", evaluations: [.init(split: "test", predictions: predictions)])
    ]).modelCard()
    #expect(!text.contains("type: roc_auc"))
    #expect(text.contains("type: accuracy\n      name: \"accuracy\"\n      value: 1.0\n"))
  }

  @Test func `every section is there, filled or saying what is missing`() throws {
    let text = try card()
    for name in [
      "Intended use", "Data", "Training", "Results on test", "Limits", "How to use",
      "Reproducibility",
    ] { #expect(text.contains("\n## \(name)\n"), "\(name)") }
    #expect(text.contains("Where the labels come from was not stated."))
    #expect(text.contains("Weights of epoch 9 of 12, chosen by mcc on validation."))
    #expect(text.contains("steelyard predict runs/run IMAGES"))
    let empty = ReportDocument([RunContents(name: "nothing")]).modelCard()
    #expect(empty.contains("\n  results: []\n---\n") && empty.contains("## Data\n\nNot known."))
  }

  @Test func `what people wrote below the last line stays`() throws {
    let document = try ReportDocument([Samples.contents(classes: ["a", "b", "c"])])
    let first = document.modelCard()
    #expect(first.hasSuffix("stays when the card is made anew. -->\n"))
    let notes: [UInt8] =
      Array("\n## Ours\r\n\nNot for f".utf8) + [0xFC] + Array("r children.\n".utf8)
    let own = Array(first.utf8) + notes
    #expect(document.modelCard(after: own) == own, "bytes that are no UTF-8 too")
    #expect(document.modelCard(after: Array(first.utf8)) == Array(first.utf8))
    #expect(document.modelCard(after: Array("an older card".utf8)) == Array(first.utf8))
    #expect(ReportDocument.isCard(own) && !ReportDocument.isCard(Array("older".utf8)))
  }

  @Test func `all that the short card said is still said`() throws {
    let text = try card()
    for part in [
      "A classifier of 3 classes", "on 4,625 images", "at 40 pixels", "`model.safetensors`",
      "`split.csv`",
    ] {
      #expect(text.contains(part), "\(part)")
    }
  }

  @Test func `hostile names change neither tables nor head`() throws {
    let text = try card(Samples.hostile)
    #expect(!text.contains("<script>") && !text.contains("\u{202E}") && !text.contains("\u{0}"))
    let tables = text.components(separatedBy: "\n").filter { $0.hasPrefix("|") }
    var width = 0
    for (index, row) in tables.enumerated() {
      let cells = row.components(separatedBy: "|").count
      // The rule under the head says how many cells a table has.
      if index + 1 < tables.count, tables[index + 1].hasPrefix("| ---") { width = cells }
      #expect(cells == width, "\(row)")
    }
    #expect(text.count(of: "\n---\n") == 1)
  }

  @Test func `the caution about leakage leads`() throws {
    var document = try ReportDocument([Samples.contents(classes: ["a", "b"])])
    document.runs[0].splits?.leaks = [.init(kind: .bytes, copies: [])]
    #expect(document.modelCard().contains("> **Caution.** The parts of the data share images"))
  }

  @Test func `quoted names are YAML's double-quoted style`() throws {
    var document = try ReportDocument([Samples.contents(classes: ["a", "b"])])
    document.title = "a \"b\" \\ c\n--- \u{85}"
    #expect(document.modelCard().contains("- name: \"a \\\"b\\\" \\\\ c\\n--- \\u0085\"\n"))
  }

  @Test func `the path is a word of a shell`() throws {
    var document = try ReportDocument([Samples.contents(classes: ["a", "b"])])
    document.runs[0].facts?.path = "my runs/it's `x`"
    #expect(
      document.modelCard().contains("steelyard predict 'my runs/it'\\''s 'x'' IMAGES") == false)
    #expect(document.modelCard().contains("steelyard predict 'my runs/"))
    #expect(document.modelCard().count(of: "```") % 2 == 0)
  }
}
