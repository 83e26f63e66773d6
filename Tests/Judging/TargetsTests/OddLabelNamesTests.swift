import Evaluation
import Files
import Randomness
import Targets
import TestSupport
import Testing

/// What the programme writes of labels with any names it reads back to the same predictions.
@Suite struct OddLabelNamesTests {
  static let names: [[String]] = [
    ["1", "0"], ["0.0", "-1", "nan"], ["a|b", "c;d"], ["a", "A"], [" a", "a "], ["a, b", "\"c\""],
    ["a;b;c;d;e;f;g", "h;i;j;k;l;m;n"], ["a|b|c|d|e|f", "g|h|i|j|k|l"], ["a\nb", "c\td"],
    ["none", "No Finding"],
    ["?", "a?"], ["[", "[]", "[\"a\"]"], ["é", "🦠"], ["\u{FEFF}a", "b"], ["true_a", "prob_a", "a"],
    ["y_true", "y_pred"], ["path", "group"], ["null", "None", ""].dropLast().map { $0 },
  ]

  @Test(arguments: names) func theyComeBack(labels: [String]) throws {
    var random = RandomKey(seed: 8).source
    let rows = 9
    let truths = (0..<rows * labels.count).map { [true, false, nil][($0 * 7 + $0 / 5) % 3] }
    let predictions = LabelPredictions(
      labels: labels, paths: (0..<rows).map { " \($0).png" }, truths: truths,
      probabilities: truths.map { _ in random.uniform() },
      carried: CarriedColumns([.init("patient", (0..<rows).map { "p;\($0 / 2)" })]))
    try withTemporaryFolder { folder in
      try predictions.write(to: folder + "/t.csv")
      let again = try LabelPredictions.read(folder + "/t.csv")
      #expect(again.labels == labels)
      #expect(again == predictions)
    }
    let (columns, cells) = predictions.table(deciding: labels.map { _ in 0.5 })
    try withTemporaryFolder { folder in
      try DelimitedWriter.write(columns: columns, rows: cells, to: folder + "/d.csv")
      let again = try LabelPredictions.read(folder + "/d.csv")
      #expect(again.labels == labels && again.truths == truths)
    }
  }
}
