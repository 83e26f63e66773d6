import Evaluation
import Files
import Foundation
import Reports

/// A real run directory, read as the command would.
enum RunFolder {
  static func contents(_ path: String, name: String? = nil) throws -> RunContents {
    let file = { (name: String) in try? FileBytes.read(FilePath.join(path, name)) }
    var contents = RunContents(name: name ?? FilePath.name(of: path), path: path)
    contents.config = file("config.yaml")
    contents.environment = file("environment.json")
    contents.data = file("data.json")
    contents.history = file("metrics.jsonl")
    contents.evaluations = try ["test", "val"].map { split in
      let metrics = try JSONFile.read(
        Judgement.self, from: FilePath.join(path, "metrics-\(split).json"))
      return .init(
        split: split,
        predictions: try Predictions.read(FilePath.join(path, "predictions-\(split).csv")),
        judgement: metrics)
    }
    return contents
  }
}
