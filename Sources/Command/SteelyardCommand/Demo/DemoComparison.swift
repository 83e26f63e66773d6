import Console
import Evaluation
import Runs
import Training

/// Two runs or more over the same test images, side by side.
struct DemoComparison: Codable {
  /// One run of the comparison.
  struct Entry: Codable {
    var method: String
    var run: String
    var metrics: MetricsReport
  }

  var entries: [Entry]

  /// Takes the test part of each run, or validation where a run has no test.
  init(_ runs: [TrainRun.Result]) {
    entries = runs.compactMap { result in
      let reports = result.outcome.reports
      return (reports["test"] ?? reports["val"]).map {
        Entry(
          method: result.method, run: result.directory.path, metrics: $0)
      }
    }
  }

  /// Recall per class, then the summary metrics, a column for each run.
  func text(style: Style) -> String {
    guard let first = entries.first?.metrics else { return "" }
    var table = TextTable(
      [.left("recall on test"), .right("train"), .right("test")]
        + entries.map { .right($0.method) })
    let rows = first.perClass.indices.sorted {
      (first.perClass[$0].training ?? 0) > (first.perClass[$1].training ?? 0)
    }
    for index in rows {
      let row = first.perClass[index]
      table.add(
        [row.name, row.training.map(Format.count) ?? "", Format.count(row.support)]
          + entries.map { Format.decimal($0.metrics.perClass[index].recall) })
    }
    table.addRule()
    let names = [
      "mcc", "balanced_accuracy", "f1_macro", "recall_many", "recall_medium", "recall_few",
    ]
    for name in names {
      table.add([name, "", ""] + entries.map { Format.decimal($0.metrics[name]) })
    }
    let runs = entries.map { "\($0.method): \($0.run)\n" }.joined()
    return table.text(style: style) + "\n" + runs
  }
}
