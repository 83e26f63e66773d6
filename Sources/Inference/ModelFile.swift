public import Decisions
import Files
public import Networks
public import OrderedCollections
public import Torch
public import Weights

/// A trained model on disk: `model.safetensors`, torchvision's parameter names, and all that is
/// needed to use it as metadata.
public enum ModelFile {
  /// Writes tensors with their description, atomically.
  /// - Throws: `FileError` or `WeightsError` when the file cannot be written.
  public static func write(
    _ tensors: StateDict, _ description: ModelDescription, to path: String
  ) throws {
    try Safetensors.write(tensors, metadata: description.metadata(), to: path)
  }

  /// What a model says of itself, without reading its weights.
  /// - Throws: `WeightsError` or `ModelError` saying what is wrong with the file.
  public static func describe(_ path: String) throws -> ModelDescription {
    try ModelDescription(metadata: Safetensors.metadata(of: path), path: path)
  }

  /// Gives a model another decision rule; its weights stay as they are.
  ///
  /// - Parameters:
  ///   - rule: How it decides; `nil` is the largest probability.
  ///   - path: The model.
  /// - Throws: `FileError`, `WeightsError` or `ModelError` saying what is wrong with the file; it is
  ///   then as it was.
  public static func store(_ rule: DecisionRule?, in path: String) throws {
    let (tensors, metadata) = try Safetensors.read(path)
    var description = try ModelDescription(metadata: metadata, path: path)
    description.rule = try rule?.checked(for: description.classes)
    try write(tensors, description, to: path)
  }

  /// Reads a model and builds its network on `device`.
  /// - Throws: `FileError`, `WeightsError` or `ModelError` saying what is wrong with the file.
  public static func read(
    _ path: String, on device: Device
  ) throws -> (network: Network, description: ModelDescription) {
    let (tensors, metadata) = try Safetensors.read(path)
    let description = try ModelDescription(metadata: metadata, path: path)
    guard let architecture = try? Architectures.named(description.architecture) else {
      throw ModelError.unknownArchitecture(description.architecture, path: path)
    }
    let count = description.classes.count
    // Before a network of that many classes is made: the list may be anything.
    guard tensors.values.contains(where: { $0.shape.first == count }) else {
      throw ModelError.badDescription(
        path, reason: "it names \(count) classes, but no tensor has \(count) rows")
    }
    let network = architecture.build(
      classes: count, on: device, using: Generator(seed: 0))
    try network.load(tensors)
    return (network, description)
  }
}
