import Boosting
import Evaluation
import Files
import Foundation
import Randomness
import TestSupport
import Testing

/// `train --method lightgbm`, as a user asks for it.
@Suite(.enabled(if: Programme.isBuilt, "the programme is not built")) struct LightGBMRunTests {
  static let isInstalled = (try? LightGBM.library()) != nil

  /// Rows of two features of three classes, the last of them rare; and the features of its rows by name.
  private func table(_ path: String) throws -> [String: [Float]] {
    var source = RandomSource(seed: 3)
    var lines = ["id,feature_0,feature_1,label,split"]
    var features: [String: [Float]] = [:]
    for row in 0..<300 {
      let label = row % 10 == 9 ? 2 : row % 3 == 0 ? 1 : 0
      let (x, y) = (
        Float(source.normal()) + Float(label), Float(source.normal()) * (label == 1 ? 2 : 1)
      )
      let part = row < 180 ? "train" : row < 240 ? "val" : "test"
      lines.append("r\(row),\(x),\(y),c\(label),\(part)")
      features["r\(row)"] = [x, y]
    }
    try AtomicFile.write(lines.joined(separator: "\n") + "\n", to: path)
    return features
  }

  private func arguments(_ more: [String]) -> [String] {
    [
      "train", "t.csv", "--method", "lightgbm", "--output-dir", "runs", "--experiment", "r",
      "--set", "least=5", "--set", "rounds=60", "--set", "patience=10",
    ] + more
  }

  @Test(.enabled(if: isInstalled, "LightGBM is not installed; see STEELYARD_LIGHTGBM"))
  func aTableEndToEnd() throws {
    try withTemporaryFolder { folder in
      let features = try table(folder + "/t.csv")
      let trained = try Programme.run(arguments(["--threads", "1"]), in: folder)
      #expect(trained.status == 0, "\(trained.errors)")
      #expect(
        trained.errors.contains(
          "rounds are kept, those of the smallest multi_logloss of validation"),
        "\(trained.errors)")
      let run = folder + "/runs/r"
      // The run's probabilities are those of its own text.
      let text = try FileBytes.read(run + "/lightgbm.txt")
      #expect(String(decoding: text, as: UTF8.self).hasPrefix("tree\n"))
      let booster = try Booster(text: text)
      let predictions = try Predictions.read(run + "/predictions-test.csv")
      #expect(predictions.paths.count == 60 && predictions.classes == ["c0", "c1", "c2"])
      let values = try predictions.paths.flatMap { try #require(features[$0]) }
      let raw = try booster.rawScores(values, count: 60)
      for row in 0..<60 {
        let odds = raw[row * 3..<row * 3 + 3].map { exp($0) }
        let sum = odds.reduce(0, +)
        #expect(
          difference(Array(predictions[row]), odds.map { $0 / sum }, relative: 1e-4, absolute: 1e-6)
            == nil)
      }
      for command in [["predict", run, "t.csv"], ["evaluate", run], ["decide", run]] {
        let result = try Programme.run(command, in: folder)
        #expect(result.status == 0, "\(command): \(result.errors)")
      }
      // Threads change no byte.
      let other = try Programme.run(
        arguments(["--threads", "2", "--experiment", "s"]), in: folder)
      #expect(other.status == 0, "\(other.errors)")
      #expect(try FileBytes.read(folder + "/runs/s/lightgbm.txt") == text)
    }
  }

  @Test func withoutTheLibraryItIsRefusedByName() throws {
    try withTemporaryFolder { folder in
      _ = try table(folder + "/t.csv")
      let asked = [
        arguments([]),
        ["crossfit", "t.csv", "--method", "lightgbm", "--output-dir", "runs"],
        ["compare", "t.csv", "--methods", "lightgbm,erm", "--output", "runs"],
      ]
      for arguments in asked {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Programme.path)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(
          [LightGBM.variable: folder + "/none.so"]) { $1 }
        let refused = try Programme.finish(process, in: folder)
        #expect(refused.status != 0)
        #expect(
          refused.errors.contains(
            "lightgbm: STEELYARD_LIGHTGBM names \(folder)/none.so, which is not read as a library"),
          "\(arguments[0]): \(refused.errors)")
        #expect(!FileManager.default.fileExists(atPath: folder + "/runs"), "\(arguments[0])")
      }
    }
  }

  @Test func itIsListedWithItsSettings() throws {
    try withTemporaryFolder { folder in
      let all = try Programme.run(["methods"], in: folder)
      #expect(all.output.contains("Where its library is installed:\nlightgbm  "))
      let page = try Programme.run(["methods", "lightgbm"], in: folder)
      #expect(page.status == 0 && page.output.contains("patience"), "\(page.errors)")
    }
  }
}
