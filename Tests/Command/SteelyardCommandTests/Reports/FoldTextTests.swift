import Evaluation
import Runs
import SteelyardCommand
import Testing
import Uncertainty

/// Metrics over folds, by Nadeau and Bengio's interval worked out by hand.
@Suite struct FoldTextTests {
  /// Of .5 and .7 in two of three folds: mean .6, deviation √.02 = .1414, and half an interval of 12.706 · √(.02 (1/2 + 1/2)) =
  /// 1.797, with Student's t of one degree of freedom.
  @Test func rowsAreWorkedOutByHand() throws {
    let record = FoldsRecord(
      names: ["1", "2", "3"], sizes: [4, 4, 4],
      metrics: [
        "mcc": FoldSummary([0.5, 0.7, nil]), "rmse": FoldSummary([nil, nil, 2]),
        "unheard_of": FoldSummary([1, 1, 1]),
      ])
    let lines = FoldText.text(record).split(separator: "\n").map(String.init)
    #expect(lines[0] == "over 3 folds, mean with its interval, training on other data included:")
    let heading = try #require(lines.first { $0.hasPrefix("over folds") })
    #expect(
      cells(heading) == ["over folds", "mean", "95 % interval", "sd", "fold 1", "fold 2", "fold 3"])
    let mcc = try #require(lines.first { $0.hasPrefix("mcc") })
    #expect(cells(mcc) == ["mcc", "0.600", "-1.197–2.397", "0.141", "0.500", "0.700", "n/a"])
    let rmse = try #require(lines.first { $0.hasPrefix("rmse") })
    #expect(cells(rmse) == ["rmse", "2.000", "n/a", "n/a", "n/a", "n/a", "2.000"])
    #expect(!lines.contains { $0.contains("unheard_of") }, "metrics of little use are in the file")
  }

  /// The level is that of the intervals, with as many digits as it has.
  @Test(arguments: [(0.9, "90 % interval"), (0.99, "99 % interval"), (0.995, "99.5 % interval")])
  func otherLevels(_ level: Double, _ words: String) {
    let record = FoldsRecord(
      names: ["a", "b"], sizes: [1, 1],
      metrics: ["accuracy": FoldSummary([0.25, 0.75], level: level)])
    #expect(FoldText.text(record).contains(words))
  }

  /// Labels, studies and numbers are shown in an order of their own, and nothing twice.
  @Test func metricsOfOtherTargets() {
    let names = [
      "pearson", "mae", "rmse", "average_precision_macro", "average_precision_macro_studies", "mcc",
      "f1_macro",
    ]
    var metrics: [String: FoldSummary] = [:]
    for name in names { metrics[name] = FoldSummary([0.1, 0.2]) }
    let rows = FoldText.text(FoldsRecord(names: ["1", "2"], sizes: [3, 3], metrics: metrics))
      .split(separator: "\n").compactMap { cells(String($0)).first }.filter { names.contains($0) }
    #expect(
      rows == [
        "mcc", "f1_macro", "average_precision_macro", "average_precision_macro_studies", "mae",
        "rmse", "pearson",
      ])
  }

  /// Cells stand two blanks or more apart.
  private func cells(_ line: String) -> [String] {
    line.replacing(#/ {2,}/#, with: "\t").split(separator: "\t").map(String.init)
  }
}
