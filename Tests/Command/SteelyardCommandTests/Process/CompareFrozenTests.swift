import Evaluation
import Files
import Foundation
import Networks
import Runs
import SteelyardCommand
import TestSupport
import Testing
import Torch
import Uncertainty
import Weights

/// `compare --frozen`: the baseline to beat as rows like any other.
@Suite(.serialized, .enabled(if: Programme.isBuilt, "the programme is not built"))
struct CompareFrozenTests {
  private static let shared = [
    "--model", "resnet20", "--pretrained", "w.safetensors", "--epochs", "1", "--threads", "1",
    "--amp", "off", "--no-tensorboard", "--seed", "4",
  ]

  private func withImages(_ body: (String) throws -> Void) throws {
    try withTemporaryFolder { folder in
      let set = DemoSet(seed: 1, side: 16, most: 24, ratio: 4, testPerClass: 6)
      _ = try DemoFolder(folder).draw(set, threads: 2)
      let network = try Architectures.named("resnet20").build(
        classes: 5, using: Generator(seed: 1))
      try Safetensors.write(network.stateDict, to: folder + "/w.safetensors")
      try body(folder)
    }
  }

  private func compare(_ folder: String, _ more: [String]) throws -> Programme.Result {
    try Programme.run(
      ["compare", "images", "--output", "c", "--resamples", "40"] + Self.shared + more, in: folder)
  }

  /// Rows are done, paired with the others, and what the training's own report says of the same weights.
  @Test func rowsLikeAnyOther() throws {
    try withImages { folder in
      // What is about training is not about them.
      let ended = try compare(
        folder,
        ["--methods", "erm,class-balanced", "--frozen", "--seeds", "2", "--head", "cosine"])
      #expect(ended.status == 0, "\(ended.errors)")
      let cells = try CellTable.read(folder + "/c/cells.csv").cells
      #expect(
        cells.prefix(4).map(\.name) == [
          "erm_seed4", "class-balanced_seed4", "frozen-knn_seed4", "frozen-logistic_seed4",
        ])
      #expect(cells.count == 8 && cells.allSatisfy { $0.status == .done })
      #expect(cells.allSatisfy { ($0.seconds ?? 0) > 0 && $0.metrics["mcc"] != nil })
      let record = try GridRecord.read(folder + "/c/compare.json")
      let comparison = try #require(record.parts.first?.comparison)
      #expect(comparison.rows.map(\.label).suffix(2) == ["frozen-knn", "frozen-logistic"])
      let page = try String(contentsOfFile: folder + "/c/compare.md", encoding: .utf8)
      #expect(page.contains("frozen-logistic"))
      let trained = try Programme.run(
        ["train", "images", "--method", "erm", "--experiment", "alone"] + Self.shared, in: folder)
      #expect(trained.status == 0, "\(trained.errors)")
      let alone = try RunDirectory(existing: folder + "/runs/alone")
      for head in ["knn", "logistic"] {
        for part in ["val", "test"] {
          let own = try FileBytes.read(
            folder + "/c/runs/frozen-\(head)_seed4/predictions-\(part).csv")
          #expect(try FileBytes.read(alone.frozenPredictions(head, part)) == own)
        }
        // The model that is kept is the one that was judged.
        let run = "c/runs/frozen-\(head)_seed4"
        let before = try Predictions.read("\(folder)/\(run)/predictions-test.csv")
        let again = try Programme.run(["evaluate", run, "--output-dir", "e"], in: folder)
        #expect(again.status == 0, "\(again.errors)")
        let after = try Predictions.read(folder + "/e/predictions-test.csv")
        #expect(after.paths == before.paths)
        #expect(difference(after.probabilities, before.probabilities, absolute: 1e-5) == nil)
      }
    }
  }

  /// A cell without its card begins anew, and the folder alone knows that there are such rows.
  @Test func theyGoOn() throws {
    try withImages { folder in
      let flags = ["--methods", "erm", "--seeds", "1"]
      #expect(try compare(folder, flags).status == 0)
      #expect(try CellTable.read(folder + "/c/cells.csv").cells.count == 1)
      let more = try compare(folder, flags + ["--frozen"])
      #expect(more.status == 0, "\(more.errors)")
      let whole = try CellTable.read(folder + "/c/cells.csv").cells
      #expect(whole.map(\.status) == [.done, .done, .done])
      let run = folder + "/c/runs/frozen-knn_seed4"
      let before = try FileBytes.read(run + "/predictions-test.csv")
      try FileManager.default.removeItem(atPath: run + "/README.md")
      try FileManager.default.removeItem(atPath: run + "/predictions-test.csv")
      let resumed = try Programme.run(["compare", "--resume", "c"], in: folder)
      #expect(resumed.status == 0, "\(resumed.errors)")
      #expect(try FileBytes.read(run + "/predictions-test.csv") == before)
      let runs = try FileManager.default.contentsOfDirectory(atPath: folder + "/c/runs")
      #expect(runs.count == 3, "\(runs)")
      let twice = try Programme.run(["compare", "--resume", "c", "--frozen"], in: folder)
      #expect(twice.status == 64 && twice.errors.contains("leave out --frozen"))
    }
  }

  @Test func itIsForImagesWithWeights() throws {
    try withImages { folder in
      let none = try Programme.run(
        ["compare", "images", "--methods", "erm", "--frozen", "--output", "d"], in: folder)
      #expect(none.status == 64 && none.errors.contains("give some with --pretrained"))
      try AtomicFile.write(
        "id,feature_0,label\na,1,x\nb,2,y\nc,3,x\nd,4,y\n", to: folder + "/t.csv")
      let rows = try Programme.run(
        ["compare", "t.csv", "--methods", "erm", "--frozen", "--output", "d"], in: folder)
      #expect(
        rows.status == 64 && rows.errors.contains("add knn and logistic to --methods"),
        "\(rows.errors)")
      #expect(!FileManager.default.fileExists(atPath: folder + "/d"))
    }
  }
}
