import Foundation
import SteelyardCommand
import TestSupport
import Testing

/// `train --pretrained imagenet`, as a person has it after `make weights`.
@Suite(.enabled(if: Programme.isBuilt, "the programme is not built"))
struct ImageNetWeightsTests {
  private static let weights = "pretrained/" + PublishedWeights.file

  private func train(_ folder: String, _ more: [String] = []) throws -> Programme.Result {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Programme.path)
    process.arguments =
      [
        "train", "images", "--pretrained", "imagenet", "--img-size", "32", "--epochs", "1",
        "--threads", "1", "--amp", "off", "--no-tensorboard", "--experiment", "run",
      ] + more
    process.environment = ProcessInfo.processInfo.environment.merging(
      ["XDG_CACHE_HOME": folder + "/cache"]
    ) { $1 }
    return try Programme.finish(process, in: folder)
  }

  private func withImages(_ body: (String) throws -> Void) throws {
    try withTemporaryFolder { folder in
      let set = DemoSet(seed: 1, side: 16, most: 12, ratio: 3, testPerClass: 2)
      _ = try DemoFolder(folder).draw(set, threads: 2)
      try body(folder)
    }
  }

  @Test func withoutTheFileNothingIsWritten() throws {
    try withImages { folder in
      let ended = try train(folder, ["--model", "efficientnet_lite0"])
      #expect(ended.status != 0)
      #expect(ended.errors.contains("'make weights'"), "\(ended.errors)")
      #expect(ended.errors.contains(PublishedWeights.file), "\(ended.errors)")
      #expect(!FileManager.default.fileExists(atPath: folder + "/runs"))
    }
  }

  @Test(.enabled(if: RealData.has(weights), "\(RealData.absent)"))
  func beginsFromThem() throws {
    try withImages { folder in
      let cache = folder + "/cache/steelyard/weights"
      try FileManager.default.createDirectory(atPath: cache, withIntermediateDirectories: true)
      let file = "\(cache)/\(PublishedWeights.file)"
      try FileManager.default.copyItem(atPath: RealData.path(Self.weights), toPath: file)
      let ended = try train(folder, ["--model", "efficientnet_lite0"])
      #expect(ended.status == 0, "\(ended.errors)")
      for words in [
        "pretrained: 294 tensors taken over\n",
        "pretrained: the file has names as efficientnet_pytorch spells them; each was translated\n",
        "pretrained: left as they were: classifier.weight, classifier.bias\n",
        "pretrained: images reach the network at 32 × 32 pixels (bicubic, whole), in 0…1, less (0.498, 0.498,"
          + " 0.498), over (0.502, 0.502, 0.502)\n",
      ] {
        #expect(ended.errors.contains(words), "\(ended.errors)")
      }
      let config = try String(contentsOfFile: folder + "/runs/run/config.yaml", encoding: .utf8)
      #expect(
        config.split(separator: "\n").contains {
          $0.hasPrefix("pretrained: \(file) ") && $0.hasSuffix("# flag: imagenet")
        }, "\(config)")
    }
  }
}
