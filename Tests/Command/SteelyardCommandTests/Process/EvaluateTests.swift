import Files
import Foundation
import SteelyardCommand
import TestSupport
import Testing

/// A trained model on images that are not its own, and on runs that are not ready.
@Suite(.enabled(if: Programme.isBuilt, "the programme is not built")) struct EvaluateTests {
  /// A run of one epoch on a drawn set, and a table `other.csv` of two of its test images.
  private func withRun(_ body: (_ folder: String) throws -> Void) throws {
    try withTemporaryFolder { folder in
      let set = DemoSet(seed: 1, side: 16, most: 16, ratio: 4, testPerClass: 3)
      _ = try DemoFolder(folder).draw(set, threads: 2)
      let trained = try Programme.run(
        [
          "train", "images", "--model", "resnet20", "--img-size", "16", "--epochs", "1",
          "--threads", "1", "--no-tensorboard", "--experiment", "run", "-q",
        ], in: folder)
      #expect(trained.status == 0 && trained.errors == "", "\(trained.errors)")
      try body(folder)
    }
  }

  private func table(_ rows: [String], in folder: String) throws {
    let text = "path,label,patient_id\n" + rows.joined(separator: "\n") + "\n"
    try AtomicFile.write(text, to: folder + "/other.csv")
  }

  private func evaluate(_ folder: String, _ more: [String] = []) throws -> Programme.Result {
    try Programme.run(["evaluate", "runs/run", "--data", "other.csv"] + more, in: folder)
  }

  @Test func unseenImagesAreEvaluatedAndFilesOfThatNameReplaced() throws {
    try withRun { folder in
      try table(
        ["images/test/oval/oval-0001.png,oval,p1", "images/test/round/round-0001.png,round,p2"],
        in: folder)
      for word in ["wrote", "replaced"] {
        let ended = try evaluate(folder)
        #expect(ended.status == 0, "\(ended.errors)")
        #expect(
          ended.errors.contains(
            "\(word) predictions-other-all.csv and metrics-other-all.json in runs/run\n"),
          "\(ended.errors)")
      }
      let quiet = try evaluate(folder, ["--quiet", "--json"])
      #expect(quiet.errors == "")
    }
  }

  @Test func copiesOfTrainingImagesAreRefusedUnlessAllowed() throws {
    try withRun { folder in
      try FileManager.default.copyItem(
        atPath: folder + "/images/train/oval/oval-0001.png", toPath: folder + "/new.png")
      try table(["new.png,oval,p1", "images/test/round/round-0001.png,round,p2"], in: folder)
      let refused = try evaluate(folder)
      #expect(refused.status == 2)
      #expect(
        refused.errors.hasSuffix(
          """
          Error: the model has learned from some of these data, so the numbers would flatter:
          same pixels: new.png = train/oval/oval-0001.png (train)
          Leave them out, or go on all the same with --allow-leakage.

          """), "\(refused.errors)")
      #expect(!FilePath.isFile(folder + "/runs/run/metrics-other-all.json"))
      let allowed = try evaluate(folder, ["--allow-leakage"])
      #expect(allowed.status == 0, "\(allowed.errors)")
      #expect(allowed.errors.contains("leakage, allowed by --allow-leakage: the model has learned"))
    }
  }

  @Test func aRunWithoutDigestsIsComparedByNameAndSaysSo() throws {
    try withRun { folder in
      try FileManager.default.removeItem(atPath: folder + "/runs/run/images.csv")
      let ended = try Programme.run(
        ["evaluate", "runs/run", "--data", "images", "--split", "train"], in: folder)
      #expect(ended.status == 2, "\(ended.errors)")
      #expect(
        ended.errors.contains(
          "leakage: runs/run has no images.csv; compared by path and group alone, so copies "
            + "under other names go unseen"), "\(ended.errors)")
      #expect(ended.errors.contains("same path: train/burr/burr-0001.png\n"))
    }
  }

  @Test func unreadableImagesAreNamedOrLeftOut() throws {
    try withRun { folder in
      try AtomicFile.write("no image", to: folder + "/bad.png")
      try table(["bad.png,oval,p1", "images/test/round/round-0001.png,round,p2"], in: folder)
      let refused = try evaluate(folder)
      #expect(refused.status == 2 && refused.errors.contains("bad.png"), "\(refused.errors)")
      let skipped = try evaluate(folder, ["--on-bad-image", "skip"])
      #expect(skipped.status == 0 && skipped.errors.contains("left out: bad.png"))
      let images = ["bad.png", "images/test/round/round-0001.png"]
      let failed = try Programme.run(["predict", "runs/run"] + images, in: folder)
      #expect(failed.status == 2 && failed.output.isEmpty)
      let predicted = try Programme.run(
        ["predict", "runs/run", "--on-bad-image", "skip"] + images, in: folder)
      #expect(predicted.status == 0, "\(predicted.errors)")
      #expect(predicted.output.split(separator: "\n").count == 2)
      #expect(predicted.errors.contains("left out: bad.png"))
      let quiet = try Programme.run(
        ["predict", "runs/run", "--on-bad-image", "skip", "-q"] + images, in: folder)
      #expect(quiet.errors == "" && quiet.output == predicted.output)
    }
  }

  @Test func aRunWithoutWeightsSaysHowToGetSome() throws {
    try withRun { folder in
      for name in ["model.safetensors", "checkpoints/best.safetensors"] {
        try FileManager.default.removeItem(atPath: folder + "/runs/run/" + name)
      }
      for arguments in [["evaluate", "runs/run"], ["predict", "runs/run", "images/test"]] {
        let ended = try Programme.run(arguments, in: folder)
        #expect(ended.status == 1)
        #expect(
          ended.errors.contains(
            "runs/run: the run stopped before its first epoch was done, and has no weights yet; "
              + "go on with it: steelyard train --resume runs/run"), "\(ended.errors)")
      }
    }
  }

  @Test func aRunThatEndedOrTrainedElsewhereSaysSo() throws {
    try withRun { folder in
      let resumed = try Programme.run(["train", "--resume", "runs/run"], in: folder)
      #expect(resumed.status == 0)
      #expect(
        resumed.errors.contains(
          "training was finished already, after epoch 1 of 1; only the results are made again"),
        "\(resumed.errors)")
      let config = folder + "/runs/run/config.yaml"
      let text = try String(contentsOfFile: config, encoding: .utf8)
      try AtomicFile.write(
        text.replacingOccurrences(of: "device: cpu ", with: "device: cuda:7 "), to: config)
      let predicted = try Programme.run(["predict", "runs/run", "images/test"], in: folder)
      #expect(predicted.status == 0, "\(predicted.errors)")
      #expect(
        predicted.errors.contains(
          "the run computed on cuda:7, which is not here; computing on "), "\(predicted.errors)")
    }
  }
}
