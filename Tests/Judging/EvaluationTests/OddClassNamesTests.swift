import Evaluation
import Files
import Randomness
import TestSupport
import Testing

/// What the programme writes of classes with any names it reads back to the same predictions.
@Suite("Predictions of oddly named classes")
struct OddClassNamesTests {
  static let names: [[String]] = [
    // Numbers that are no places, or other places.
    ["1", "0"], ["1", "2"], ["2", "1", "0"], ["10", "9"], ["0.0", "1.0"], ["-1", "1"], ["01", "1"],
    // Taxonomies: more of these marks than commas, in the header and in each row.
    [
      "Bacteria;Firmicutes;Bacilli;Lactobacillales;x", "Bacteria;Proteobacteria;Gamma;Entero;y",
    ],
    ["a|b|c|d|e|f", "g|h|i|j|k|l"], ["a\tb\tc\td\te", "f\tg\th\ti\tj"], ["a, b, c", "d, e, f"],
    // Letters and blanks.
    ["a", "A"], [" a", "a "], ["a", " a"], ["\u{FEFF}a", "b"], ["a\nb", "c\r\nd"],
    ["'a'", "\"b\""],
    ["é", "ê", "🦠"], ["nan", "inf"], ["true", "false"], ["None", "null"], ["prob_a", "a"],
    ["logit_a", "a"], ["y_pred", "y_true"], ["path", "id"], ["=1+1", "@x"], ["?", "-"],
  ]

  @Test("read back the same", arguments: names)
  func roundTrip(classes: [String]) throws {
    var random = RandomKey(seed: 7).source
    let count = 12
    let scores = (0..<count).flatMap { _ -> [Double] in
      let row = classes.map { _ in 0.05 + random.uniform() }
      let sum = row.reduce(0, +)
      return row.map { $0 / sum }
    }
    let predictions = try Predictions(
      classes: classes, paths: (0..<count).map { "\($0).png" },
      truths: (0..<count).map { $0 == 5 ? nil : $0 % classes.count },
      predicted: (0..<count).map { ($0 + 1) % classes.count }, probabilities: scores,
      columns: [.init("group", (0..<count).map { "g\($0 / 3)" })])
    for name in ["p.csv", "p.tsv"] {
      try withTemporaryFolder { folder in
        try predictions.write(to: folder + "/" + name)
        let again = try Predictions.read(folder + "/" + name)
        #expect(again == predictions, "\(name)")
      }
    }
    #expect(
      try Predictions.read(bytes: Array(predictions.text().utf8), name: "p.csv") == predictions)
  }
}
