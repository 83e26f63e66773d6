import Files
public import OrderedCollections
import Torch

/// Big Transfer's published weights: a NumPy archive with TensorFlow's names and layout.
///
///     let weights = try BiTArchive.read("BiT-M-R50x1.npz")
///
/// The names become those of the authors' PyTorch version: `resnet/block1/unit01/a/…` holds `gn1` and
/// `conv1`, `b` and `c` the second and third, `a/proj` the `downsample`. Kernels turn from
/// `[H, W, in, out]` to `[out, in, H, W]`. Weights: <https://github.com/google-research/big_transfer>.
public enum BiTArchive {
  /// Reads every array of an archive.
  ///
  /// - Parameter path: The `.npz` file.
  /// - Returns: Float32 tensors on the CPU, in the archive's order.
  /// - Throws: ``WeightsError`` when the file is missing or damaged, or has an array that is no part
  ///   of such a network.
  public static func read(_ path: String) throws(WeightsError) -> StateDict {
    let archive: NpzArchive
    do throws(FileError) { archive = try NpzArchive(path: path) } catch { throw .file(error) }
    // All names and headers first, so that what is no such archive is refused before anything large is unpacked.
    var names: [(key: String, name: String)] = []
    for key in archive.names {
      guard let name = torchName(key) else {
        throw malformed(path, "'\(key)' is not an array of BiT")
      }
      try check(key, in: archive, path: path)
      names.append((key, name))
    }
    guard !names.isEmpty else { throw malformed(path, "it has no arrays") }
    var result = StateDict()
    for (key, name) in names {
      let array: NpyArray
      do throws(FileError) { array = try archive.array(key) } catch { throw .file(error) }
      result[name] = tensor(array, key: key)
    }
    return result
  }

  /// The PyTorch name of an array; `nil` for one that is not BiT's.
  ///
  /// - Parameter key: Such as `resnet/block2/unit01/a/proj/standardized_conv2d/kernel`.
  static func torchName(_ key: String) -> String? {
    var parts = key.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count >= 3, parts.removeFirst() == "resnet" else { return nil }
    switch parts {
    case ["root_block", "standardized_conv2d", "kernel"]: return "root.conv.weight"
    case ["group_norm", "gamma"]: return "head.gn.weight"
    case ["group_norm", "beta"]: return "head.gn.bias"
    case ["head", "conv2d", "kernel"]: return "head.conv.weight"
    case ["head", "conv2d", "bias"]: return "head.conv.bias"
    default: return unitName(parts)
    }
  }

  private static func unitName(_ parts: [String]) -> String? {
    guard parts.count >= 5, parts[0].hasPrefix("block"), parts[1].hasPrefix("unit"),
      let place = ["a", "b", "c"].firstIndex(of: parts[2])
    else { return nil }
    let unit = "body.\(parts[0]).\(parts[1])"
    switch Array(parts[3...]) {
    case ["standardized_conv2d", "kernel"]: return "\(unit).conv\(place + 1).weight"
    case ["group_norm", "gamma"]: return "\(unit).gn\(place + 1).weight"
    case ["group_norm", "beta"]: return "\(unit).gn\(place + 1).bias"
    case ["proj", "standardized_conv2d", "kernel"]: return "\(unit).downsample.weight"
    default: return nil
    }
  }

  /// Refuses an array by its header.
  private static func check(
    _ key: String, in archive: NpzArchive, path: String
  ) throws(WeightsError) {
    let layout: (dtype: NpyArray.Scalar?, shape: [Int])
    do throws(FileError) { layout = try archive.layout(of: key) } catch { throw .file(error) }
    guard layout.dtype == .float32 else {
      let type = layout.dtype?.rawValue ?? "a type that is not read"
      throw malformed(path, "'\(key)' holds \(type), expected float32")
    }
    guard byteCount(layout.shape, .float32) != nil else {
      throw malformed(path, "'\(key)' has the impossible shape \(layout.shape)")
    }
    guard !key.hasSuffix("/kernel") || layout.shape.count == 4 else {
      throw malformed(
        path, "the kernel '\(key)' has shape \(layout.shape), expected four sizes")
    }
  }

  private static func tensor(_ array: NpyArray, key: String) -> Tensor {
    let tensor = array.cOrdered.bytes.withUnsafeBytes {
      Tensor(copying: $0, shape: array.shape, dtype: .float32)
    }
    return key.hasSuffix("/kernel") ? tensor.permuted([3, 2, 0, 1]).contiguous() : tensor
  }

  private static func malformed(_ path: String, _ reason: String) -> WeightsError {
    .malformed(path: path, format: .bigTransfer, reason: reason)
  }
}
