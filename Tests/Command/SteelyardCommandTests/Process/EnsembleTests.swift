import Files
import Foundation
import Randomness
import TestSupport
import Testing

@Suite(.enabled(if: Programme.isBuilt, "the programme is not built")) struct EnsembleTests {
  /// 120 examples in three folds, of which two models know a half each.
  private func tables(in folder: String, hasTruth: Bool = true) throws {
    var source = RandomSource(seed: 8)
    let header = hasTruth ? "path,y_true,y_pred,fold" : "path,y_pred"
    var (first, second) = ([header], [header])
    for row in 0..<120 {
      let (a, b) = (source.normal(), source.normal())
      let (truth, end) = hasTruth ? ("\(a + b),", ",\(row % 3 + 1)") : ("", "")
      first.append("r\(row),\(truth)\(a + 0.2 * source.normal())\(end)")
      second.append("r\(row),\(truth)\(b + 0.2 * source.normal())\(end)")
    }
    try AtomicFile.write(first.joined(separator: "\n") + "\n", to: folder + "/a.csv")
    try AtomicFile.write(second.joined(separator: "\n") + "\n", to: folder + "/b.csv")
  }

  @Test func twoModelsAreFittedKeptAndPutTogetherAgain() throws {
    try withTemporaryFolder { folder in
      try tables(in: folder)
      let fitted = try Programme.run(
        ["ensemble", "a.csv", "b.csv", "--save", "w.json", "-o", "both.csv", "--json"], in: folder)
      #expect(fitted.status == 0, "\(fitted.errors)")
      let summary = try #require(
        try JSONSerialization.jsonObject(with: Data(fitted.output.utf8)) as? [String: Any])
      let together = try #require(summary["ensemble"] as? [String: Any])
      let models = try #require(summary["models"] as? [[String: Any]])
      #expect(models.count == 2 && models.allSatisfy { ($0["weight"] as? Double ?? 0) > 0.5 })
      let best = models.compactMap { $0["pearson"] as? Double }.max() ?? 1
      #expect((together["pearson"] as? Double ?? 0) >= best - 0.005)
      let both = String(decoding: try FileBytes.read(folder + "/both.csv"), as: UTF8.self)
      #expect(both.hasPrefix("path,y_true,y_pred,fold\n"))

      let again = try Programme.run(
        ["ensemble", "a.csv", "b.csv", "--save", "w.json"], in: folder)
      #expect(again.status == 64 && again.errors.contains("save: w.json exists"), "\(again.errors)")
      let same = try Programme.run(
        ["ensemble", "a.csv", "b.csv", "--save", "x.csv", "-o", "./x.csv"], in: folder)
      #expect(
        same.status == 64 && same.errors.contains("--output and --save both name"), "\(same.errors)"
      )
      // Of new examples no truth is known.
      try tables(in: folder, hasTruth: false)
      let said = try Programme.run(
        ["ensemble", "a.csv", "b.csv", "--weights", "w.json", "-o", "said.csv"], in: folder)
      #expect(said.status == 0, "\(said.errors)")
      #expect(said.output.contains("the weights are those of the file"))
      let rows = String(decoding: try FileBytes.read(folder + "/said.csv"), as: UTF8.self)
      #expect(rows.hasPrefix("path,y_pred\n") && rows.split(separator: "\n").count == 121)
      // Intervals are the models' own, and are not written.
      let bounded = (0..<120).map { "r\($0),1,0,2" }
      try AtomicFile.write(
        (["path,y_pred,lower,upper"] + bounded).joined(separator: "\n") + "\n",
        to: folder + "/c.csv")
      let without = try Programme.run(
        ["ensemble", "c.csv", "b.csv", "--weights", "w.json"], in: folder)
      #expect(
        without.status == 0
          && without.output.contains("prediction intervals of the models are left out"),
        "\(without.output)\(without.errors)")
      let blind = try Programme.run(["ensemble", "a.csv", "b.csv"], in: folder)
      #expect(blind.status == 2, "\(blind.errors)")
      #expect(blind.errors.contains("no column holds the true number"), "\(blind.errors)")
    }
  }
}
