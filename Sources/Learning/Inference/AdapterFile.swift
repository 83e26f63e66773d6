import Files
public import Networks
public import OrderedCollections
import Requirements
public import Torch
public import Weights

/// An adapter beside its network, as Hugging Face's PEFT has it: a folder with `adapter_config.json` and
/// `adapter_model.safetensors`, whose names have `base_model.model.` before them.
///
///     try AdapterFile.write(network, to: "run/adapter")
///     let adapter = try AdapterFile.read("run/adapter")
///
/// LoRA that is written here loads into `peft` over a network of the same weights and answers the same, the last layer with
/// it where it is linear (`modules_to_save`); LoRA that `peft` wrote loads here. PEFT knows no AdaptFormer: such a folder has
/// the same two files, and `ADAPTFORMER` for its type.
public struct AdapterFile: Sendable {
  /// What it adds.
  public let adapter: Adapter
  /// Its tensors, and those of the last layer that was trained with it, by their names in the network.
  public let tensors: StateDict
  /// Digest of the weights that it was made beside (`Network.digestWithoutAdapter`); `nil` where the file says nothing of
  /// them, as PEFT's do.
  public let base: String?
  /// Where it was read from.
  public let path: String

  /// Key of ``base`` in the metadata of the file of weights, which PEFT passes over.
  private static let baseKey = "steelyard_base"
  private static let prefix = "base_model.model."
  private static let (config, weights) = ("adapter_config.json", "adapter_model.safetensors")

  /// What `adapter_config.json` says; keys are PEFT's.
  private struct Config: Codable {
    var peftType: String
    var baseModelNameOrPath: String?
    var r: Int?
    var loraAlpha: Double?
    var loraDropout: Double?
    var targetModules: Targets?
    var modulesToSave: [String]?
    var bias: String?
    var fanInFanOut: Bool?
    var inferenceMode: Bool?
    var useDora: Bool?
    var useRslora: Bool?
    var rankPattern: [String: Int]?
    var alphaPattern: [String: Double]?

    enum CodingKeys: String, CodingKey {
      case r, bias
      case peftType = "peft_type"
      case baseModelNameOrPath = "base_model_name_or_path"
      case loraAlpha = "lora_alpha"
      case loraDropout = "lora_dropout"
      case targetModules = "target_modules"
      case modulesToSave = "modules_to_save"
      case fanInFanOut = "fan_in_fan_out"
      case inferenceMode = "inference_mode"
      case useDora = "use_dora"
      case useRslora = "use_rslora"
      case rankPattern = "rank_pattern"
      case alphaPattern = "alpha_pattern"
    }
  }

  /// A list of names, or one pattern.
  private enum Targets: Codable {
    case names([String]), pattern(String)

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let names = try? container.decode([String].self) {
        self = .names(names)
      } else {
        self = .pattern(try container.decode(String.self))
      }
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      switch self {
      case .names(let names): try container.encode(names)
      case .pattern(let pattern): try container.encode(pattern)
      }
    }
  }

  /// Writes the adapter of a network and its last layer, each file atomically.
  ///
  /// - Parameters:
  ///   - network: one with an adapter of rank 1 or more.
  ///   - folder: where to; it exists.
  /// - Throws: `FileError` or `WeightsError` when it cannot be written.
  /// - Precondition: the network has such an adapter.
  public static func write(_ network: Network, to folder: String) throws {
    guard let adapter = network.form.adapter, !network.adapterNames.isEmpty else {
      requirementFailed(
        "AdapterFile.write: expected a network with an adapter, got \(network.form)")
    }
    let names = Set(network.adapterNames + network.headNames)
    var tensors = StateDict()
    for (name, tensor) in network.stateDict where names.contains(name) {
      tensors[prefix + name] = tensor
    }
    let isLoRA = adapter.kind == .lora
    let head = network.headNames.first.map {
      $0.split(separator: ".").dropLast().joined(separator: ".")
    }
    let config = Config(
      peftType: isLoRA ? "LORA" : "ADAPTFORMER", baseModelNameOrPath: network.name,
      r: adapter.rank, loraAlpha: isLoRA ? adapter.alpha ?? adapter.rank.map(Double.init) : nil,
      loraDropout: isLoRA ? 0 : nil, targetModules: isLoRA ? .names(targets(of: network)) : nil,
      modulesToSave: network.form.head == .linear ? head.map { [$0] } : nil,
      bias: isLoRA ? "none" : nil, fanInFanOut: isLoRA ? false : nil, inferenceMode: true)
    try Safetensors.write(
      tensors, metadata: ["format": "pt", baseKey: network.digestWithoutAdapter],
      to: FilePath.join(folder, weights))
    try JSONFile.write(config, to: FilePath.join(folder, Self.config))
  }

  /// The last two words of the layers that have something added, each once: `attn.qkv`.
  private static func targets(of network: Network) -> [String] {
    var targets = OrderedSet<String>()
    for name in network.adapterNames {
      targets.append(name.split(separator: ".").dropLast(2).suffix(2).joined(separator: "."))
    }
    return Array(targets)
  }

  /// Reads an adapter.
  ///
  /// - Parameter path: its folder, or the file of its weights in it.
  /// - Throws: `FileError`, `WeightsError`, or ``AdapterFileError`` for one that no network here can have.
  public static func read(_ path: String) throws -> AdapterFile {
    let folder = FilePath.isFolder(path) ? path : FilePath.folder(of: path)
    let config = try JSONFile.read(Config.self, from: FilePath.join(folder, Self.config))
    let kind: Adapter.Kind
    switch config.peftType {
    case "LORA": kind = .lora
    case "ADAPTFORMER": kind = .adaptFormer
    default: throw AdapterFileError.unknownKind(config.peftType, path: folder)
    }
    let others = [
      ("use_dora", config.useDora == true), ("use_rslora", config.useRslora == true),
      ("rank_pattern", config.rankPattern?.isEmpty == false),
      ("alpha_pattern", config.alphaPattern?.isEmpty == false),
      ("bias", config.bias ?? "none" != "none"),
    ].filter { $0.1 }.map { $0.0 }
    guard others.isEmpty else { throw AdapterFileError.unknownParts(others, path: folder) }
    let adapter = Adapter(
      kind, rank: config.r ?? 8, alpha: kind == .lora ? config.loraAlpha ?? 8 : nil)
    let (whole, metadata) = try Safetensors.read(FilePath.join(folder, weights))
    var tensors = StateDict()
    for (name, tensor) in whole {
      tensors[name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : name] = tensor
    }
    return AdapterFile(
      adapter: adapter, tensors: tensors, base: metadata[baseKey], path: folder)
  }

  /// What cannot be checked, as a sentence; `nil` where the file says which weights it was made beside.
  public var doubt: String? {
    base == nil
      ? "adapter: \(path) does not say which weights it was made beside; it is taken to be these"
      : nil
  }

  /// Refuses a network of other weights than those that the adapter was made beside; where it does not say, all will do.
  ///
  /// - Parameter network: with the adapter or without it.
  /// - Throws: ``AdapterFileError/otherBase(expected:got:path:)``.
  public func check(over network: Network) throws(AdapterFileError) {
    guard let base else { return }
    let found = network.digestWithoutAdapter
    guard found == base else { throw .otherBase(expected: base, got: found, path: path) }
  }

  /// What became of the tensors.
  public struct Report: Sendable, Equatable {
    /// Names of the adapter's tensors that were copied.
    public var loaded: [String] = []
    /// Whether the last layer was copied with them; where it is of other classes it stays as it was.
    public var hasHead = false
  }

  /// Copies the tensors into a network that has such an adapter. Layers that the file says nothing of have nothing added.
  ///
  /// - Parameters:
  ///   - network: of the form's adapter.
  ///   - needsHead: whether the last layer must be in the file as well.
  /// - Throws: `WeightsError` for a name that the network has not, or another shape; nothing is copied then.
  @discardableResult
  public func load(into network: Network, needsHead: Bool = false) throws(WeightsError) -> Report {
    let (own, adapters, heads) = (
      network.stateDict, Set(network.adapterNames), Set(network.headNames)
    )
    let unknown = tensors.keys.filter { !adapters.contains($0) && !heads.contains($0) }
    guard unknown.isEmpty else { throw .unexpected(network: network.name, names: Array(unknown)) }
    for (name, tensor) in tensors where adapters.contains(name) || needsHead {
      guard let mine = own[name], mine.shape != tensor.shape else { continue }
      throw .shape(network: network.name, name: name, expected: mine.shape, got: tensor.shape)
    }
    let fits = heads.allSatisfy { name in
      tensors[name].map { $0.shape == own[name]?.shape } ?? false
    }
    if needsHead && !fits {
      throw .missing(network: network.name, names: network.headNames.filter { tensors[$0] == nil })
    }
    var report = Report(hasHead: fits)
    withoutGradients {
      for name in network.adapterNames {
        if let source = tensors[name] {
          own[name]?.copy(from: source)
          report.loaded.append(name)
        } else if name.hasSuffix("lora_B.weight") {
          own[name]?.zero()
        }
      }
      if fits {
        for name in heads { if let source = tensors[name] { own[name]?.copy(from: source) } }
      }
    }
    return report
  }

  /// A network with the weights of another, this adapter, and the last layer that was trained with it.
  ///
  /// - Parameters:
  ///   - network: gives all that the adapter does not; its own adapter is left out.
  ///   - description: of the model that the network was read from.
  /// - Throws: ``AdapterFileError`` or `WeightsError` where they do not fit.
  public func network(
    over network: Network, _ description: ModelDescription, on device: Device
  ) throws -> Network {
    try check(over: network)
    var form = network.form
    form.adapter = adapter
    let architecture = try Architectures.named(description.architecture)
    if let problem = architecture.problem(of: form, classes: description.classes.count) {
      throw AdapterFileError.unfit(problem, path: path)
    }
    let adapted = architecture.build(
      classes: description.classes.count, inputs: description.preprocessing.width, form: form,
      on: device, using: Generator(seed: 0))
    let weights = network.stateDict
    withoutGradients {
      for (name, tensor) in adapted.stateDict {
        if let source = weights[name], source.shape == tensor.shape { tensor.copy(from: source) }
      }
    }
    try load(into: adapted, needsHead: true)
    return adapted
  }
}

/// What can be wrong with an adapter.
public enum AdapterFileError: Error, Equatable, Sendable, CustomStringConvertible {
  /// It adds something that is not known here.
  case unknownKind(String, path: String)
  /// It has parts that are not known here.
  case unknownParts([String], path: String)
  /// The network cannot have it.
  case unfit(String, path: String)
  /// The network has other weights than those that it was made beside; digests of both.
  case otherBase(expected: String, got: String, path: String)

  /// What is wrong, and what would do.
  public var description: String {
    switch self {
    case .unknownKind(let kind, let path):
      "\(path): an adapter of type \(kind); LORA and ADAPTFORMER are read"
    case .unknownParts(let parts, let path):
      "\(path): an adapter with \(parts.joined(separator: ", ")), which is not read; plain LoRA is"
    case .unfit(let reason, let path): "\(path): \(reason)"
    case .otherBase(let expected, let got, let path):
      "\(path): an adapter made beside weights of digest \(expected.prefix(16))…, and these are of \(got.prefix(16))…;"
        + " it would mean nothing here: take the weights that it was made with"
    }
  }
}
