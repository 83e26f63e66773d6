import Evaluation
import Files
import Foundation
import Reports
import Runs

/// A real run directory, read as the command would.
enum RunFolder {
  static func contents(_ path: String, name: String? = nil) throws -> RunContents {
    let run = try RunDirectory(existing: path)
    var contents = RunContents(name: name ?? FilePath.name(of: path), path: path)
    contents.config = try ConfigRecord.read(run.config)
    contents.environment = try EnvironmentRecord.readIfPresent(run.environment)
    contents.data = try DataRecord.readIfPresent(run.data)
    contents.history = try MetricsLog.readIfPresent(run.metricsLines)
    contents.evaluations = try ["test", "val"].map { split in
      .init(
        split: split, predictions: try Predictions.read(run.predictions(split)),
        judgement: try Judgement.read(run.metrics(split)))
    }
    return contents
  }
}
