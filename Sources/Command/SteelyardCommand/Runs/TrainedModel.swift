import Batches
import Datasets
import Evaluation
import Files
import Foundation
import Inference
import Networks
import Runs
import Targets
import Torch

/// A trained network, ready to judge examples.
struct TrainedModel {
  /// Its file.
  let file: String
  var network: Network
  var description: ModelDescription
  var predictor: Predictor

  /// Reads the model of a run directory, or the file itself; computes as the run did unless the flags
  /// say otherwise, so that the numbers are those that the run wrote.
  /// - Throws: `RunError` when there is neither, `ModelError` or `WeightsError` for a damaged file.
  init(
    _ path: String, _ flags: Flags<InferenceOptions>, adapter: String? = nil,
    note: (String) -> Void
  ) throws {
    try Engine.start()
    file = try Self.file(path, note: note)
    let trained = try Self.options(of: path)
    if let threads = flags.threads ?? trained.threads?.count.map({ min($0, Engine.threads) }) {
      Engine.threads = threads
    }
    var amp = flags.amp ?? trained.amp
    let device: Device
    if let name = flags.device {
      device = try Device(named: name)
    } else if let found = try? Device(trained.device) {
      device = found
    } else {
      device = try Device(named: "auto")
      amp = flags.amp ?? .auto
      note("the run computed on \(trained.device), which is not here; computing on \(device)")
    }
    if let doubt = amp.doubt(on: device) { note(doubt) }
    (network, description) = try ModelFile.read(file, on: device)
    if let adapter {
      let other = try AdapterFile.read(adapter)
      if let doubt = other.doubt { note(doubt) }
      network = try other.network(over: network, description, on: device)
      note(
        "adapter: \(Tuning.adapter(other.adapter)) of \(other.path), with the last layer that it was trained with"
      )
    }
    predictor = Predictor(
      batchSize: flags.batchSize ?? max(trained.batchSize, 32), workers: flags.typed.workers,
      autocast: amp.precision(on: device), device: device)
  }

  /// The part on top of a backbone, where the model has one and is shown features: nothing of the backbone is then
  /// needed.
  ///
  /// - Parameters:
  ///   - path: the data.
  ///   - note: told where the features do not say of which network they are.
  /// - Throws: as reading the model; `EmbeddingError.otherWeights` or `OptionError` for features of another network or
  ///   of images that were prepared otherwise.
  mutating func meet(_ path: String, note: (String) -> Void = { _ in }) throws {
    guard let backbone = description.backbone, (try? InputKind.found(at: path)) == .features
    else { return }
    if let origin = try FeatureOrigin.found(at: path) {
      guard origin.weights == backbone.weights else {
        throw EmbeddingError.otherWeights(
          features: path, expected: origin.weights, path: file, got: backbone.weights)
      }
      guard origin.views == 1 else {
        throw OptionError.conflict(
          "\(path): its features are means of \(origin.views) views, and the model's backbone sees one; embed with"
            + " --views 1")
      }
      let seen = try JSONFile.decode(
        Preprocessing.self, from: Array(origin.preprocessing.utf8), name: path)
      guard seen == description.preprocessing else {
        throw OptionError.conflict(
          "\(path): its features are of images that were prepared otherwise than the model's backbone sees them;"
            + " embed them as those that it was trained on")
      }
    } else {
      note(
        "\(path): does not say of which network its features are; they are taken for those of the model's backbone"
      )
    }
    guard let top = try ModelFile.readWithoutBackbone(file, on: predictor.device) else { return }
    (network, description) = top
  }

  /// `model.safetensors`; of a run that was stopped, the best weights so far.
  private static func file(_ path: String, note: (String) -> Void) throws(RunError) -> String {
    guard FilePath.isFolder(path) else { return path }
    let run = try RunDirectory(existing: path)
    if FilePath.isFile(run.model) { return run.model }
    guard FilePath.isFile(run.best) else { throw .noWeights(path) }
    note("\(path): training has not ended; these are the best weights so far")
    return run.best
  }

  /// What the run was trained with; the defaults for a file outside of any run.
  private static func options(of path: String) throws -> TrainOptions {
    let folder = FilePath.folder(of: path)
    // A run, its model, or one of its checkpoints.
    for place in [path, folder, FilePath.folder(of: folder)] {
      if let run = try? RunDirectory(existing: place) {
        return try run.options().values
      }
    }
    return .standard
  }

  /// The predictions on a set of images, with a bar on standard error.
  ///
  /// - Parameter leavingOut: told the images that cannot be read, which are then left out; without it
  ///   they are an error.
  func predictions(
    on images: ExampleSet, label: String, isQuiet: Bool,
    leavingOut: ((UnreadableImage) -> Void)? = nil
  ) throws -> Predictions {
    try withBar(label, images, isQuiet) { advance in
      try predictor.predictions(
        on: images, by: network, classes: description.classes, description.preprocessing,
        progress: advance, leavingOut: leavingOut)
    }
  }

  /// The same of a model of several labels.
  func labelPredictions(
    on images: ExampleSet, label: String, isQuiet: Bool,
    leavingOut: ((UnreadableImage) -> Void)? = nil
  ) throws -> LabelPredictions {
    try withBar(label, images, isQuiet) { advance in
      try predictor.labelPredictions(
        on: images, by: network, labels: description.classes, description.preprocessing,
        progress: advance, leavingOut: leavingOut)
    }
  }

  /// The same of a model of a number, without intervals.
  func numberPredictions(
    on images: ExampleSet, label: String, isQuiet: Bool,
    leavingOut: ((UnreadableImage) -> Void)? = nil
  ) throws -> NumberPredictions {
    guard let scale = description.number else {
      throw ModelError.badDescription(file, reason: "expected mean and scale of a number")
    }
    return try withBar(label, images, isQuiet) { advance in
      try predictor.numberPredictions(
        on: images, by: network, scale, description.preprocessing,
        progress: advance, leavingOut: leavingOut)
    }
  }

  /// The same, leaving out images that cannot be read, and where asked for with features and every expert's
  /// logits of the same pass.
  func judged(
    _ images: ExampleSet, label: String, isQuiet: Bool, keepsOutputs: Bool,
    leavingOut: @escaping (UnreadableImage) -> Void
  ) throws -> (Predictions, SetOutputs?) {
    guard keepsOutputs else {
      return (
        try predictions(on: images, label: label, isQuiet: isQuiet, leavingOut: leavingOut), nil
      )
    }
    return try withBar(label, images, isQuiet) { advance in
      try predictor.predictionsAndOutputs(
        on: images, by: network, classes: description.classes, description.preprocessing,
        progress: advance, leavingOut: leavingOut)
    }
  }

  /// What is made of a set of images, with a bar on standard error.
  private func withBar<Made>(
    _ label: String, _ images: ExampleSet, _ isQuiet: Bool,
    _ make: (_ advance: @escaping (Int) throws -> Void) throws -> Made
  ) rethrows -> Made {
    let progress = PassProgress(
      label, total: images.count, unit: description.preprocessing.kind.plural, isQuiet: isQuiet)
    defer { progress.finish() }
    return try make { progress.advance(to: $0) }
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
