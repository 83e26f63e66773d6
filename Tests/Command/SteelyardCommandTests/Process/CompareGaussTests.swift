import Files
import Foundation
import Gauss
import Runs
import TestSupport
import Testing
import Torch
import Uncertainty

/// A whole table as `compare` makes it: ten methods, three seeds, LT-Gauss.
@Suite(.serialized, .enabled(if: Programme.isBuilt, "the programme is not built"))
struct CompareGaussTests {
  private static let methods = [
    "erm", "class-balanced", "square-root", "balanced-softmax", "logit-adjustment", "ldam-drw",
    "mixup", "balanced-mixup", "crt", "tau-norm",
  ]
  /// Test rows of each class, of the 300 that there are.
  private static let tested = 60

  /// LT-Gauss as a table of rows with parts of their own; every eighth training row is validation.
  private func write(to path: String) throws {
    let data = LTGauss(seed: 1000)
    var lines = [
      (["id"] + (0..<LTGauss.features).map { "feature_\($0)" } + ["label", "split"])
        .joined(separator: ",")
    ]
    func add(_ values: [Float], _ labels: [Int], _ part: (Int) -> String?) {
      for (row, label) in labels.enumerated() {
        guard let part = part(row) else { continue }
        let own = values[row * LTGauss.features..<(row + 1) * LTGauss.features].map { "\($0)" }
        lines.append(
          (["\(part)\(row)"] + own + ["c\(label)", part]).joined(separator: ","))
      }
    }
    add(data.train.scalars(as: Float.self), data.trainLabels) { $0 % 8 == 3 ? "val" : "train" }
    add(data.test.scalars(as: Float.self), data.testLabels) {
      $0 % LTGauss.testPerClass < Self.tested ? "test" : nil
    }
    try AtomicFile.write(lines.joined(separator: "\n") + "\n", to: path)
  }

  @Test func tenMethodsThreeSeeds() throws {
    try withTemporaryFolder { folder in
      try write(to: folder + "/gauss.csv")
      let ended = try Programme.run(
        [
          "compare", "gauss.csv", "--methods", Self.methods.joined(separator: ","), "--seeds", "3",
          "--model", "mlp", "--epochs", "10", "--batch-size", "64", "--lr", "0.05", "--threads",
          "1",
          "--amp", "off", "--no-tensorboard", "--resamples", "50", "--metric", "balanced_accuracy",
          "--output", "grid",
        ], in: folder)
      #expect(ended.status == 0, "\(ended.errors)")
      let cells = try CellTable.read(folder + "/grid/cells.csv").cells
      #expect(cells.count == 30 && cells.allSatisfy { $0.status == .done })
      #expect(Set(cells.map(\.name)).count == 30)
      let record = try GridRecord.read(folder + "/grid/compare.json")
      let found = try #require(record.parts[0].comparison)
      #expect(found.rows.map(\.label) == Self.methods)
      #expect(found.rows.allSatisfy { $0.trainings == 3 } && found.design == .shared)
      #expect(found.testRows == 10 * Self.tested && found.reference == 0)
      let ranks = try #require(found.ranks["balanced_accuracy"])
      #expect(ranks.blocks == 3 && close(ranks.ranks.compactMap(\.self).reduce(0, +), 55))
      // What is known of this toy: correcting logits helps, most among the rarest, and costs no ranking.
      let (erm, balanced) = (found.rows[0], found.rows[3])
      let gain = try #require(balanced.differences["balanced_accuracy"]?.mean)
      #expect(gain > 0.02, "\(gain)")
      let (few, fewer) = (
        try #require(balanced.values["recall_few"]?.mean),
        try #require(erm.values["recall_few"]?.mean)
      )
      #expect(few > fewer + 0.05, "\(few), \(fewer)")
      #expect(
        try #require(found.rank(3, by: "balanced_accuracy")) < found.rank(
          0, by: "balanced_accuracy") ?? 0)
      for row in found.rows {
        #expect(row.values["roc_auc[c9]"]?.values.count == 3, "\(row.label)")
        #expect(row.values["recall_at_specificity_95"]?.mean != nil, "\(row.label)")
      }
    }
  }
}
