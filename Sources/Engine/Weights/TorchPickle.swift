import Files
public import OrderedCollections
import Torch

/// PyTorch's `.pth`: a state dict saved with `torch.save`, read without running anything.
///
///     let weights = try TorchPickle.read("mobilenet_v2-b0353104.pth")
///
/// Reads the zip format (PyTorch 1.6 and later) and the stream of pickles before it, which the oldest
/// torchvision weights have. A dictionary that holds the state dict under `state_dict`, `model_state_dict` or
/// `model`, one within the other or not, is unwrapped; dictionaries within it give names with dots, and what
/// is no tensor is left out. The pickle can only describe tensors and containers of them; a
/// file that names anything else is refused by that name, and nothing is executed.
public enum TorchPickle {
  /// Reads every tensor of a state dict.
  ///
  /// - Parameter path: The file.
  /// - Returns: Dense tensors on the CPU, in the file's order.
  /// - Throws: ``WeightsError/refused(path:name:)`` for a pickle that asks for anything but tensors,
  ///   another case for a file that is missing, damaged or no state dict.
  public static func read(_ path: String) throws(WeightsError) -> StateDict {
    let file: MappedFile
    do throws(FileError) { file = try MappedFile(path: path) } catch { throw .file(error) }
    return try withExtendedLifetime(file) { () throws(WeightsError) in
      if let content = ForeignContent(file.bytes), content != .zip, content != .pickle {
        throw .foreign(path: path, content)
      }
      return try parse(file.bytes, name: path)
    }
  }

  /// Reads a file held in memory; `name` is what errors call it.
  package static func parse(
    _ bytes: UnsafeRawBufferPointer, name: String
  ) throws(WeightsError) -> StateDict {
    do throws(PickleError) {
      if bytes.starts(with: Array("PK".utf8)) {
        return try TorchZip(bytes, name: name).read()
      }
      if bytes.starts(with: TorchStream.signature) { return try TorchStream(bytes).read() }
      throw .malformed("it is neither a zip archive nor a pickle of torch.save")
    } catch {
      switch error {
      case .malformed(let reason):
        throw .malformed(path: name, format: .pytorch, reason: reason)
      case .refused(let function): throw .refused(path: name, name: function)
      }
    }
  }

  /// The tensors of the state dict that `value` is or holds, by name.
  static func tensors(
    in value: PickleValue
  ) throws(PickleError) -> OrderedDictionary<String, PickleTensor> {
    guard case .container(let container) = value, var members = container.members else {
      throw .malformed("it holds no dictionary of names")
    }
    // A nest within itself would never end.
    for _ in 0..<8 {
      guard let inner = wrapped(members) else { break }
      members = inner
    }
    var result = OrderedDictionary<String, PickleTensor>()
    try collect(members, under: "", depth: 0, into: &result)
    if result.isEmpty, let first = members.first {
      throw .malformed("'\(first.key)' is not a tensor")
    }
    return result
  }

  private typealias Members = [(key: String, value: PickleValue)]

  /// The members of the dictionary that holds the weights beside what else a checkpoint holds.
  private static func wrapped(_ members: Members) -> Members? {
    let isTensor = { (value: PickleValue) in if case .tensor = value { true } else { false } }
    guard !members.contains(where: { isTensor($0.value) }) else { return nil }
    for name in ["state_dict", "model_state_dict", "model"] {
      guard case .container(let inner)? = members.first(where: { $0.key == name })?.value,
        let found = inner.members
      else { continue }
      return found
    }
    return nil
  }

  private static func collect(
    _ members: Members, under prefix: String, depth: Int,
    into result: inout OrderedDictionary<String, PickleTensor>
  ) throws(PickleError) {
    for (name, value) in members {
      switch value {
      case .tensor(let tensor):
        guard result.updateValue(tensor, forKey: prefix + name) == nil else {
          throw .malformed("'\(prefix + name)' stands twice")
        }
      case .container(let container) where depth < 8:
        guard let inner = container.members, !name.hasPrefix("optimizer") else { continue }
        try collect(inner, under: prefix + name + ".", depth: depth + 1, into: &result)
      default: continue
      }
    }
  }
}
