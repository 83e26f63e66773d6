import Files
public import OrderedCollections
import Torch

/// PyTorch's `.pth`: a state dict saved with `torch.save`, read without running anything.
///
///     let weights = try TorchPickle.read("mobilenet_v2-b0353104.pth")
///
/// Reads the zip format (PyTorch 1.6 and later) and the stream of pickles before it, which the oldest
/// torchvision weights have. A dictionary that holds the state dict under `state_dict`, `model` or
/// `model_state_dict` is unwrapped. The pickle can only describe tensors and containers of them; a
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
      try parse(file.bytes, name: path)
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
    let nested = members.first { ["state_dict", "model", "model_state_dict"].contains($0.key) }
    if case .container(let inner)? = nested?.value, let found = inner.members { members = found }
    var result = OrderedDictionary<String, PickleTensor>()
    for (name, value) in members {
      guard case .tensor(let tensor) = value else {
        throw .malformed("'\(name)' is not a tensor")
      }
      guard result.updateValue(tensor, forKey: name) == nil else {
        throw .malformed("'\(name)' stands twice")
      }
    }
    return result
  }
}
