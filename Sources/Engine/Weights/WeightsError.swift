public import Files

/// What can go wrong with a file of weights. Each case carries facts; ``description`` makes the English.
public enum WeightsError: Error, Equatable, Sendable {
  /// The file cannot be read or written.
  case file(FileError)
  /// The content breaks its format.
  case malformed(path: String, format: Format, reason: String)
  /// A tensor in a safetensors file is described wrongly.
  case tensor(path: String, name: String, reason: String)
  /// A pickle asks for something other than tensors: a class or a function, never called.
  case refused(path: String, name: String)
  /// The file is something else than weights, or than its name says.
  case foreign(path: String, ForeignContent)
  /// Neither name nor content say in what form the weights are.
  case unknownForm(path: String)
  /// Values that are NaN or infinite.
  case notFinite(network: String, name: String, count: Int, tensors: Int)
  /// More than one prefix holds a whole network.
  case ambiguous(network: String, prefixes: [String])
  /// The weights lack parameters of the network.
  case missing(network: String, names: [String])
  /// The weights have tensors that the network has not.
  case unexpected(network: String, names: [String])
  /// A tensor has another shape than the network's.
  case shape(network: String, name: String, expected: [Int], got: [Int])
  /// Several tensors have another shape than the network's or are absent: the first of them, and how many there are.
  case differences(network: String, first: [Difference], count: Int)
  /// The weights are of another network, whose tensors have the same names.
  case twin(network: String, of: String, reason: String)

  /// What is not as the network has it in one tensor.
  public struct Difference: Equatable, Sendable {
    /// Its name in the network.
    public let name: String
    /// Its shape in the network.
    public let expected: [Int]
    /// Its shape in the weights; `nil` where they lack it.
    public let got: [Int]?

    /// A difference.
    public init(name: String, expected: [Int], got: [Int]?) {
      (self.name, self.expected, self.got) = (name, expected, got)
    }
  }

  /// A format of weights.
  public enum Format: String, Sendable {
    /// Hugging Face's `.safetensors`.
    case safetensors
    /// PyTorch's `.pth`, `.pt`.
    case pytorch = "PyTorch state dict"
    /// Big Transfer's `.npz`.
    case bigTransfer = "BiT .npz"
  }
}

extension WeightsError: CustomStringConvertible {
  /// One sentence: what is wrong with which file or network, and what to do.
  public var description: String {
    switch self {
    case .file(let error):
      error.description
    case .malformed(let path, let format, let reason):
      "\(path): not a readable \(format.rawValue) file: \(reason)"
    case .tensor(let path, let name, let reason):
      "\(path): tensor '\(name)': \(reason)"
    case .refused(let path, let name):
      "\(path): asks to run '\(name)', which is not part of a state dict; nothing was run."
        + " Save it from PyTorch with torch.save(model.state_dict(), path)"
    case .foreign(let path, let content):
      "\(path): \(content.advice)"
    case .unknownForm(let path):
      "\(path): neither its name nor its content is that of .safetensors, of PyTorch's .pth, .pt, .bin, .ckpt"
        + " or of BiT's .npz"
    case .notFinite(let network, let name, let count, let tensors):
      "the weights have \(count) values that are NaN or infinite in '\(name)'"
        + (tensors > 1 ? " and others in \(tensors - 1) more tensors" : "")
        + " of \(network): the training that made them diverged, or the file is damaged"
    case .ambiguous(let network, let prefixes):
      "the weights hold \(network) \(prefixes.count) times, under "
        + prefixes.map { $0.isEmpty ? "the bare names" : "'\($0)'" }.joined(separator: ", ")
        + "; save the one that is meant by itself"
    case .missing(let network, let names):
      "the weights lack \(Self.list(names)) of \(network); are they of another network?"
    case .unexpected(let network, let names):
      "the weights have \(Self.list(names)), which \(network) has not; are they of another network?"
    case .shape(let network, let name, let expected, let got):
      "'\(name)' of \(network) has shape \(expected), the weights have \(got);"
        + " are they of another network or class count?"
    case .differences(let network, let first, let count):
      "the weights are not those of \(network): \(first.map(Self.words).joined(separator: "; "))"
        + (count > first.count ? "; and \(count - first.count) more" : "")
        + "; are they of another network?"
    case .twin(let network, let other, let reason):
      "the weights are of \(other): \(reason). Its tensors have the names and shapes of \(network)'s, which would"
        + " take them and compute something else"
    }
  }

  private static func words(_ difference: Difference) -> String {
    "'\(difference.name)' has shape \(difference.expected), the weights "
      + (difference.got.map { "have \($0)" } ?? "lack it")
  }

  private static func list(_ names: [String]) -> String {
    let shown = names.prefix(3).map { "'\($0)'" }.joined(separator: ", ")
    return names.count > 3 ? "\(shown) and \(names.count - 3) more" : shown
  }
}
