import Files
public import Networks
import Torch

extension Network {
  /// SHA-256 of the tensors before the heads: name, shape and bytes of each, in the order of their names.
  ///
  /// The same weights have the same digest in whatever file they came. Counters of batches, which some files lack, are not
  /// in it.
  public var featureDigest: String { Self.digest(of: featureTensors) }

  /// The same without the tensors of an adapter: a network has it before and after one was learned beside it.
  public var digestWithoutAdapter: String {
    let adapters = Set(adapterNames)
    return Self.digest(of: featureTensors.filter { !adapters.contains($0.name) })
  }

  private static func digest(of tensors: [NamedTensor]) -> String {
    let lines = tensors.filter { !$0.name.hasSuffix(".num_batches_tracked") }
      .sorted { $0.name < $1.name }
      .map { name, tensor in
        let bytes = tensor.detached().moved(to: .cpu).contiguous().withBytes { Array($0) }
        return "\(name) \(tensor.dtype) \(tensor.shape) \(SHA256.hexadecimal(bytes))\n"
      }
    return SHA256.hexadecimal(Array(lines.joined().utf8))
  }
}
