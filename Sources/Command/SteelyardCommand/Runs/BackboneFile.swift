import Datasets
import Files
import Inference
import Networks
import Runs
import Torch
import Weights

/// The network that is to stand under a head of features.
enum BackboneFile {
  /// Reads the weights that features were made with: a file of weights, a run directory, or its model.
  ///
  /// - Parameters:
  ///   - path: the file or the run.
  ///   - data: the features.
  ///   - features: their path.
  ///   - device: where it computes.
  /// - Throws: `EmbeddingError` where the features say nothing of a network or it is another, `OptionError` where they
  ///   are means of several views, `WeightsError`, `WeightsMismatch`, `ModelError`.
  static func read(
    _ path: String, for data: Dataset, features: String, on device: Device
  ) throws -> FeatureBackbone {
    guard let origin = data.origin else { throw EmbeddingError.noOrigin(features: features) }
    guard origin.views == 1 else {
      throw OptionError.conflict(
        "--backbone: the features are means of \(origin.views) views, and the model would see one; embed with"
          + " --views 1, or leave --backbone out")
    }
    return try FeatureBackbone(
      try network(path, origin, features, on: device), for: origin, features: features, path: path)
  }

  private static func network(
    _ path: String, _ origin: FeatureOrigin, _ features: String, on device: Device
  ) throws -> Network {
    let file = FilePath.isFolder(path) ? try RunDirectory(existing: path).model : path
    if FilePath.fileExtension(of: file) == "safetensors",
      try Safetensors.metadata(of: file)["steelyard"] != nil
    {
      return try ModelFile.read(file, on: device).network
    }
    let architecture = try Architectures.named(origin.architecture)
    let form = try origin.form.map {
      try JSONFile.decode(NetworkForm.self, from: Array($0.utf8), name: features)
    }
    if let problem = architecture.problem(of: form ?? NetworkForm(), classes: 1) {
      throw FileError.malformed(path: features, reason: "its origin cannot be used: \(problem)")
    }
    let network = architecture.build(
      classes: 1, form: form ?? NetworkForm(), on: device, using: Generator(seed: 0))
    let weights = try PretrainedFile.read(file, for: architecture.name)
    do throws(WeightsError) {
      _ = try network.loadPretrained(weights)
    } catch {
      throw WeightsMismatch(error, weights, of: architecture.input)
    }
    return network
  }
}
