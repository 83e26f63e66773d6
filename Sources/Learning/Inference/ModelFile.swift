import Batches
import Datasets
public import Decisions
import Files
import Imaging
public import Networks
public import OrderedCollections
public import Torch
public import Weights

/// A trained model on disk: `model.safetensors`, parameters by their names in PyTorch (``Networks/Network``), and
/// all that is needed to use it as metadata.
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

  /// Key of a decision rule in the metadata: apart from the description, so that a rule which cannot
  /// be read does not lock up the weights.
  private static let ruleKey = "decision_rule"

  /// The decision rule stored with a model; `nil` where the largest probability decides.
  ///
  /// - Parameter path: The model.
  /// - Throws: `WeightsError` for a damaged file, `ModelError` for a description or a rule that cannot be
  ///   read.
  public static func rule(of path: String) throws -> DecisionRule? {
    let metadata = try Safetensors.metadata(of: path)
    guard let text = metadata[ruleKey] else { return nil }
    let classes = try ModelDescription(metadata: metadata, path: path).classes
    do {
      let rule = try JSONFile.decode(DecisionRule.self, from: Array(text.utf8), name: ruleKey)
      return try rule.checked(for: classes)
    } catch {
      throw ModelError.badRule(path, reason: "\(error)")
    }
  }

  /// Gives a model another decision rule, whatever the one before was; its weights stay as they are.
  ///
  /// - Parameters:
  ///   - rule: How it decides; `nil` is the largest probability.
  ///   - path: The model.
  /// - Throws: `FileError`, `WeightsError`, `ModelError` or `DecisionRuleError` saying what is wrong; the
  ///   file is then as it was.
  public static func store(_ rule: DecisionRule?, in path: String) throws {
    var (tensors, metadata) = try Safetensors.read(path)
    let classes = try ModelDescription(metadata: metadata, path: path).classes
    metadata[ruleKey] = try rule.map {
      String(decoding: try JSONFile.encodeLine($0.checked(for: classes)).dropLast(), as: UTF8.self)
    }
    try Safetensors.write(tensors, metadata: metadata, to: path)
  }

  /// Reads a model and builds its network on `device`.
  /// - Throws: `FileError`, `WeightsError` or `ModelError` saying what is wrong with the file; `BoostingError` where it is of trees
  ///   that cannot be asked.
  public static func read(
    _ path: String, on device: Device
  ) throws -> (network: Network, description: ModelDescription) {
    let (tensors, metadata) = try Safetensors.read(path)
    let description = try ModelDescription(metadata: metadata, path: path)
    guard let architecture = try? Architectures.named(description.architecture) else {
      throw ModelError.unknownArchitecture(description.architecture, path: path)
    }
    let (own, input) = (architecture.input.rawValue, description.kindOfNetwork.rawValue)
    guard own == input else {
      throw ModelError.badDescription(
        path, reason: "\(architecture.name) takes \(own), and its preprocessing is of \(input)")
    }
    let (count, form) = (description.classes.count, description.form ?? NetworkForm())
    if let problem = architecture.problem(of: form, classes: count) {
      throw ModelError.badDescription(path, reason: problem)
    }
    let multiple =
      try description.backbone.map { backbone in
        try Architectures.named(backbone.architecture).sideMultiple
      } ?? architecture.sideMultiple
    if let size = description.preprocessing.images?.size,
      ![size.width, size.height].allSatisfy({ $0 % multiple == 0 })
    {
      throw ModelError.badDescription(
        path, reason: "expected images with sides that are multiples of \(multiple), got \(size)")
    }
    let outputs = form.decoding.outputs(for: count)
    let rows = description.backbone?.standardization
    // Before a network of that many classes is made: the list may be anything.
    guard tensors.values.contains(where: { $0.shape.first == outputs }) else {
      throw ModelError.badDescription(
        path, reason: "it names \(count) classes, but no tensor has \(outputs) rows")
    }
    let head = architecture.build(
      classes: count, inputs: rows?.width ?? description.preprocessing.width, form: form,
      on: device, using: Generator(seed: 0))
    let network = try whole(head, description, path, on: device)
    try network.load(tensors)
    try network.checkTrees()
    return (network, description)
  }

  /// The network on its backbone, where it has one.
  private static func whole(
    _ head: Network, _ description: ModelDescription, _ path: String, on device: Device
  ) throws -> Network {
    guard let backbone = description.backbone else { return head }
    let below = try backbone.build(on: device)
    let (width, rows) = (below.featureCount * below.form.branches, backbone.standardization)
    guard rows.width == width else {
      throw ModelError.badDescription(
        path,
        reason: "\(backbone.architecture) has \(width) features, and its head takes \(rows.width)")
    }
    return head.standing(on: below, mean: rows.mean, std: rows.std)
  }

  /// The part of a model that stands on a backbone, without it: a model of features.
  ///
  /// - Parameters:
  ///   - path: the model.
  ///   - device: where the network lives.
  /// - Returns: `nil` where the model has no backbone.
  /// - Throws: as ``read(_:on:)``.
  public static func readWithoutBackbone(
    _ path: String, on device: Device
  ) throws -> (network: Network, description: ModelDescription)? {
    let (tensors, metadata) = try Safetensors.read(path)
    var description = try ModelDescription(metadata: metadata, path: path)
    guard let backbone = description.backbone else { return nil }
    let network = try Architectures.named(description.architecture).build(
      classes: description.classes.count, inputs: backbone.standardization.width,
      form: description.form ?? NetworkForm(), on: device, using: Generator(seed: 0))
    try network.load(
      tensors.filter {
        !$0.key.hasPrefix("backbone.") && !$0.key.hasPrefix("standardization.")
      })
    try network.checkTrees()
    description.preprocessing = .rows(backbone.standardization)
    description.backbone = nil
    return (network, description)
  }
}

extension ModelDescription {
  /// What the network takes that the architecture names: features, where it stands on a backbone.
  fileprivate var kindOfNetwork: InputKind { backbone == nil ? preprocessing.kind : .features }
}
