import Files
import Foundation
import Runs
import SteelyardCommand
import TestSupport
import Testing

/// Models of several experts, through the command.
@Suite(.enabled(if: Programme.isBuilt, "the programme is not built")) struct ExpertsTests {
  private func withRun(
    _ method: String, _ more: [String] = [], _ body: (_ folder: String) throws -> Void
  ) throws {
    try withTemporaryFolder { folder in
      let set = DemoSet(seed: 1, side: 16, most: 16, ratio: 4, testPerClass: 6)
      _ = try DemoFolder(folder).draw(set, threads: 2)
      let trained = try Programme.run(
        [
          "train", "images", "--model", "resnet20", "--img-size", "16", "--epochs", "2",
          "--method", method, "--threads", "1", "--no-tensorboard", "--experiment", "run", "-q",
        ] + more, in: folder)
      #expect(trained.status == 0 && trained.errors == "", "\(trained.errors)")
      try body(folder)
    }
  }

  private func steelyard(_ arguments: [String], in folder: String) throws -> Programme.Result {
    try Programme.run(arguments, in: folder)
  }

  private func bytes(_ folder: String, _ name: String) throws -> [UInt8] {
    try FileBytes.read(folder + "/runs/run/" + name)
  }

  @Test func evaluateWeighsExpertsAndLeavesTheModelAsItIs() throws {
    try withRun("sade") { folder in
      let (model, plain) = (
        try bytes(folder, "model.safetensors"), try bytes(folder, "predictions-test.csv")
      )
      let ended = try steelyard(
        ["evaluate", "runs/run", "--adapt-experts", "--resamples", "0"], in: folder)
      #expect(ended.status == 0, "\(ended.errors)")
      #expect(
        ended.errors.contains("images without their labels: expert 1 0."), "\(ended.errors)")
      #expect(ended.errors.contains("passes, seed 0; agreement of two views "), "\(ended.errors)")
      #expect(
        ended.errors.contains("wrote predictions-test-adapted.csv and metrics-test-adapted.json"),
        "\(ended.errors)")
      let record = try ExpertsRecord.read(folder + "/runs/run/experts-test-adapted.json")
      #expect(record.weights.count == 3 && close(record.weights.reduce(0, +), 1, relative: 1e-9))
      #expect(try bytes(folder, "model.safetensors") == model)
      #expect(try bytes(folder, "predictions-test.csv") == plain)
      let adapted = try bytes(folder, "predictions-test-adapted.csv")
      #expect(adapted != plain)
      let again = try steelyard(
        ["evaluate", "runs/run", "--adapt-experts", "--resamples", "0", "-q"], in: folder)
      #expect(again.status == 0 && again.errors == "", "\(again.errors)")
      #expect(try bytes(folder, "predictions-test-adapted.csv") == adapted)
      _ = try steelyard(
        ["evaluate", "runs/run", "--adapt-experts", "--adapt-seed", "3", "--resamples", "0", "-q"],
        in: folder)
      let other = try ExpertsRecord.read(folder + "/runs/run/experts-test-adapted.json")
      #expect(other.seed == 3 && other.weights != record.weights)
    }
  }

  @Test func predictWeighsExpertsForTheImagesItIsGiven() throws {
    try withRun("sade") { folder in
      let plain = try steelyard(["predict", "runs/run", "images/test", "-q"], in: folder)
      let adapted = try steelyard(
        ["predict", "runs/run", "images/test", "--adapt-experts"], in: folder)
      #expect(adapted.status == 0, "\(adapted.errors)")
      #expect(adapted.errors.contains("experts weighed for these "), "\(adapted.errors)")
      #expect(adapted.output != plain.output)
      #expect(
        adapted.output.split(separator: "\n").count == plain.output.split(separator: "\n").count)
    }
  }

  @Test func testDistributions() throws {
    try withRun("sade") { folder in
      let ended = try steelyard(
        ["evaluate", "runs/run", "--test-distribution", "backward-3", "--resamples", "0"],
        in: folder)
      #expect(ended.status == 0, "\(ended.errors)")
      #expect(ended.errors.contains("test distribution backward-3: "), "\(ended.errors)")
      #expect(ended.errors.contains("wrote predictions-test-backward-3.csv"), "\(ended.errors)")
      let wrong = try steelyard(
        ["evaluate", "runs/run", "--test-distribution", "sideways"], in: folder)
      #expect(wrong.status == 64)
      #expect(wrong.errors.contains("forward-50"), "\(wrong.errors)")
    }
  }

  @Test func whatHasNoExpertsIsRefused() throws {
    try withRun("bbn") { folder in
      for command in [
        ["evaluate", "runs/run"], ["predict", "runs/run", "images/test"],
      ] {
        let ended = try steelyard(command + ["--adapt-experts"], in: folder)
        #expect(ended.status == 64, "\(ended.errors)")
        #expect(
          ended.errors.contains(
            "Error: the model, trained by 'bbn', has one head, so there are no experts to weigh"),
          "\(ended.errors)")
      }
      let alone = try steelyard(["evaluate", "runs/run", "--adapt-seed", "3"], in: folder)
      #expect(alone.status == 64)
      #expect(
        alone.errors.contains(
          "--adapt-seed: it is the seed of --adapt-experts, which is not given."),
        "\(alone.errors)")
      let table = try steelyard(
        ["evaluate", "runs/run/predictions-test.csv", "--adapt-experts"], in: folder)
      #expect(
        table.errors.contains("adapt-experts: a table of predictions has no experts to weigh"),
        "\(table.errors)")
    }
  }

  /// Weights of a plain network go into every branch, and this is said.
  @Test func pretrainedWeightsGoIntoEveryBranch() throws {
    try withRun("erm") { folder in
      let ended = try steelyard(
        [
          "train", "images", "--model", "resnet20", "--img-size", "16", "--epochs", "1",
          "--method", "sade", "--threads", "1", "--no-tensorboard", "--experiment", "experts",
          "--pretrained", "runs/run/model.safetensors",
        ], in: folder)
      #expect(ended.status == 0, "\(ended.errors)")
      #expect(
        ended.errors.contains("of the file's tensors went into every branch of the network"),
        "\(ended.errors)")
    }
  }
}
