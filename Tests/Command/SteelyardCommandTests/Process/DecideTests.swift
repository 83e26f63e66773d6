import Decisions
import Evaluation
import Files
import Foundation
import Inference
import SteelyardCommand
import TestSupport
import Testing
import Weights

/// A rule chosen for a run: stored with the model, followed by `predict`, taken out again.
@Suite(.enabled(if: Programme.isBuilt, "the programme is not built")) struct DecideTests {
  @Test func theRuleIsStoredFollowedAndTakenOut() throws {
    try withTemporaryFolder { folder in
      let set = DemoSet(seed: 1, side: 16, most: 24, ratio: 3, testPerClass: 3)
      _ = try DemoFolder(folder).draw(set, threads: 2)
      let trained = try Programme.run(
        [
          "train", "images", "--model", "resnet20", "--img-size", "16", "--epochs", "1",
          "--threads", "1", "--no-tensorboard", "--experiment", "run", "-q",
        ], in: folder)
      #expect(trained.status == 0, "\(trained.errors)")
      let weights = try FileBytes.read(folder + "/runs/run/model.safetensors")
      let plain = try predictions(folder)

      let decided = try Programme.run(
        ["decide", "runs/run", "--sensitivity", "oval=1", "--conformal", "0.5"], in: folder)
      #expect(decided.status == 0, "\(decided.errors)")
      #expect(decided.output.contains("oval: sensitivity ≥ 1.0"), "\(decided.output)")
      let rule = try JSONFile.read(DecisionRule.self, from: folder + "/runs/run/decision.json")
      let expected = try rule.applied(to: plain)
      let followed = try predictions(folder)
      #expect(followed.predicted == expected.predicted)
      #expect(followed.columns.map(\.name) == ["flagged", "set"])
      #expect(try predictions(folder, ["--no-rule"]) == plain)

      let said = try Programme.run(
        ["report", "runs/run", "--reference", "two readers <agreed>"], in: folder)
      #expect(said.status == 0, "\(said.errors)")

      let again = try Programme.run(
        ["report", "runs/run/report.json", "--output", "again.html"], in: folder)
      #expect(again.status == 0, "\(again.errors)")
      #expect(
        try FileBytes.read(folder + "/again.html")
          == FileBytes.read(folder + "/runs/run/report.html"))

      let model = folder + "/runs/run/model.safetensors"
      let tensors = try Safetensors.read(model).tensors
      var metadata = try Safetensors.metadata(of: model)
      metadata["decision_rule"] = "{}"
      try Safetensors.write(tensors, metadata: metadata, to: model)
      let locked = try Programme.run(["predict", "runs/run", "images/test"], in: folder)
      #expect(locked.status == 2 && !locked.errors.contains("predicting"), "\(locked.errors)")
      #expect(locked.errors.contains("its decision rule cannot be read"))
      #expect(try predictions(folder, ["--no-rule"]) == plain)
      let without = try Programme.run(["report", "runs/run"], in: folder)
      #expect(
        without.status == 0 && without.errors.contains("the page is without it"),
        "\(without.errors)")

      let removed = try Programme.run(["decide", "runs/run", "--remove"], in: folder)
      #expect(removed.status == 0, "\(removed.errors)")
      #expect(try FileBytes.read(folder + "/runs/run/model.safetensors") == weights)
      #expect(!FilePath.isFile(folder + "/runs/run/decision.json"))
      #expect(try predictions(folder) == plain)
      let page = String(
        decoding: try FileBytes.read(folder + "/runs/run/report.html"), as: UTF8.self)
      #expect(
        page.contains("two readers &lt;agreed&gt;"), "a statement outlives the report it was for")
    }
  }

  /// A model of a loss that favours rare classes answers for other shares, of which a temperature knows nothing.
  @Test func sharesThatALossHasMovedAreNotMovedTwice() throws {
    try withTemporaryFolder { folder in
      let set = DemoSet(seed: 1, side: 16, most: 24, ratio: 3, testPerClass: 3)
      _ = try DemoFolder(folder).draw(set, threads: 2)
      for method in ["balanced-softmax", "erm"] {
        let trained = try Programme.run(
          [
            "train", "images", "--model", "resnet20", "--img-size", "16", "--epochs", "1",
            "--method",
            method, "--threads", "1", "--no-tensorboard", "--experiment", method, "-q",
          ], in: folder)
        #expect(trained.status == 0, "\(trained.errors)")
        for (calibration, isTold) in [("temperature", true), ("vector", false)] {
          let decided = try Programme.run(
            [
              "decide", "runs/\(method)", "--target-prior", "uniform", "--calibration", calibration,
            ], in: folder)
          #expect(decided.status == 0 || !isTold, "\(decided.errors)")
          let words = "the model's probabilities are those of other class frequencies"
          #expect(
            decided.errors.contains(words) == (isTold && method == "balanced-softmax"),
            "\(method), \(calibration): \(decided.errors)")
        }
      }
    }
  }

  private func predictions(_ folder: String, _ more: [String] = []) throws -> Predictions {
    let file = "said-\(UUID().uuidString).csv"
    let ended = try Programme.run(
      ["predict", "runs/run", "images/test", "-o", file, "-q"] + more, in: folder)
    #expect(ended.status == 0, "\(ended.errors)")
    return try Predictions.read(folder + "/" + file)
  }
}
