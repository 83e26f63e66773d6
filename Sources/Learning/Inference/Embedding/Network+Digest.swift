import Files
public import Networks
import Torch

extension Network {
  /// SHA-256 of the tensors before the heads: name, shape and bytes of each, in the order of their names.
  ///
  /// The same weights have the same digest in whatever file they came. Counters of batches, which some files lack, are not
  /// in it.
  public var featureDigest: String {
    let lines = featureTensors.filter { !$0.name.hasSuffix(".num_batches_tracked") }
      .sorted { $0.name < $1.name }
      .map { name, tensor in
        let bytes = tensor.detached().moved(to: .cpu).contiguous().withBytes { Array($0) }
        return "\(name) \(tensor.dtype) \(tensor.shape) \(SHA256.hexadecimal(bytes))\n"
      }
    return SHA256.hexadecimal(Array(lines.joined().utf8))
  }
}
