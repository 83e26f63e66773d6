import Batches
import Datasets
import Evaluation
import Files
import Foundation
import Inference
import Networks
import Torch
import Training

/// A trained network, ready to judge images.
struct TrainedModel {
  var network: Network
  var description: ModelDescription
  var predictor: Predictor

  /// Reads the model of a run directory, or the file itself.
  /// - Throws: `RunError` when there is neither, `ModelError` or `WeightsError` for a damaged file.
  init(_ path: String, _ flags: InferenceFlags) throws {
    Engine.tuneAllocator()
    if let threads = flags.threads { Engine.threads = threads }
    let device = try Device(named: flags.device)
    (network, description) = try ModelFile.read(Self.file(path), on: device)
    predictor = Predictor(
      batchSize: flags.batchSize, workers: flags.workers,
      autocast: flags.amp.precision(on: device), device: device)
  }

  /// `model.safetensors`; of a run that was stopped, the best weights so far.
  private static func file(_ path: String) throws(RunError) -> String {
    guard FilePath.isFolder(path) else { return path }
    let run = try RunDirectory(existing: path)
    return FilePath.isFile(run.model) ? run.model : run.best
  }

  /// The predictions on a set of images, with a bar on standard error.
  func predictions(on images: ImageSet, label: String, isQuiet: Bool) throws -> Predictions {
    let progress = PassProgress(label, total: images.count, isQuiet: isQuiet)
    defer { progress.finish() }
    return try predictor.predictions(
      on: images, by: network, classes: description.classes, description.preprocessing
    ) { done in
      progress.advance(to: done)
    }
  }
}

extension Device {
  /// A device by its name on the command line.
  /// - Throws: `OptionError`, because a name that is not there is the person's mistake.
  init(named name: String) throws(OptionError) {
    do {
      self = try Device(name)
    } catch {
      throw .conflict("\(error)")
    }
  }
}
