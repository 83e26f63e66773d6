import Files
import Foundation
import Networks
import SteelyardCommand
import TestSupport
import Testing
import Torch
import Weights

/// `--preprocessing`, as a person has it: weights see images as they did when they were published, and runs from before
/// there was a choice are gone on with as they were begun.
@Suite(.enabled(if: Programme.isBuilt, "the programme is not built"))
struct PreprocessingRunTests {
  /// Pictures in `images`, and weights in `w.safetensors` of a small network whose published ones see bicubic images.
  private func withImages(_ body: (String) throws -> Void) throws {
    try withTemporaryFolder { folder in
      let set = DemoSet(seed: 1, side: 24, most: 12, ratio: 2, testPerClass: 2)
      _ = try DemoFolder(folder).draw(set, threads: 2)
      let network = try Architectures.named("mobilenetv3_small_100").build(
        classes: 5, using: Generator(seed: 1))
      try Safetensors.write(network.stateDict, to: folder + "/w.safetensors")
      try body(folder)
    }
  }

  private func train(_ folder: String, _ name: String, _ more: [String]) throws -> Programme.Result
  {
    try Programme.run(
      [
        "train", "images", "--model", "mobilenetv3_small_100", "--pretrained", "w.safetensors",
        "--img-size", "64", "--batch-size", "8", "--epochs", "1", "--method", "erm", "--no-frozen",
        "--threads", "1", "--amp", "off", "--no-tensorboard", "--output-dir", "runs",
        "--experiment", name,
      ] + more, in: folder)
  }

  /// Takes the option out of the run's file, as if there had been none when it began.
  private func forgetChoice(_ folder: String, _ name: String) throws {
    let path = "\(folder)/runs/\(name)/config.yaml"
    let lines = String(decoding: try FileBytes.read(path), as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false)
    let kept = lines.filter { !$0.hasPrefix("preprocessing:") }
    #expect(kept.count == lines.count - 1)
    try AtomicFile.write(kept.joined(separator: "\n"), to: path)
  }

  @Test func aRunFromBeforeTheChoiceIsGoneOnWith() throws {
    try withImages { folder in
      let plain = try train(folder, "plain", ["--preprocessing", "plain", "--augment", "none"])
      #expect(plain.status == 0, "\(plain.errors)")
      #expect(plain.errors.contains("(bilinear, whole), in 0…1"), "\(plain.errors)")
      try forgetChoice(folder, "plain")
      let again = try Programme.run(["train", "--resume", "runs/plain"], in: folder)
      #expect(again.status == 0, "\(again.errors)")
      let own = try train(folder, "own", ["--augment", "resized-crop"])
      #expect(own.status == 0, "\(own.errors)")
      #expect(
        own.errors.contains("(bicubic, a centre crop of 0.875 of the shorter side), in 0…1"),
        "\(own.errors)")
      // Begun otherwise: its checkpoint is of other settings.
      try forgetChoice(folder, "own")
      let other = try Programme.run(["train", "--resume", "runs/own"], in: folder)
      #expect(other.status != 0, "\(other.errors)")
    }
  }

  /// The model keeps what it saw, and the features of embed say it.
  @Test func itIsKept() throws {
    try withImages { folder in
      let base = [
        "embed", "images", "--model", "mobilenetv3_small_100", "--pretrained", "w.safetensors",
        "--img-size", "64", "--threads", "1",
      ]
      let cases: [(output: String, more: [String], words: String?)] = [
        ("own.npz", [], #""interpolation":"bicubic""#),
        ("plain.npz", ["--preprocessing", "plain"], nil),
      ]
      for (output, more, words) in cases {
        let ended = try Programme.run(base + more + ["--output", output], in: folder)
        #expect(ended.status == 0, "\(ended.errors)")
        let origin = try #require(
          try NpzArchive(path: "\(folder)/\(output)").names(in: "origin").first)
        // JSON within JSON: its quotes are escaped.
        let text = origin.replacing("\\", with: "")
        #expect(text.contains(words ?? #""preset":"none""#), "\(text)")
        #expect(text.contains("interpolation") == (words != nil), "\(text)")
      }
      let features = ["own.npz", "plain.npz"].map { try? FileBytes.read("\(folder)/\($0)") }
      let same = features[0] == features[1]
      #expect(!same)
    }
  }
}
