import Files
package import Weights

/// A file of weights in any of the forms that `--pretrained` takes, told apart by its name.
package enum PretrainedFile {
  /// - Throws: `WeightsError` for a damaged file, `OptionError` for a name of no known form.
  package static func read(_ path: String) throws -> StateDict {
    switch FilePath.fileExtension(of: path) {
    case "safetensors": return try Safetensors.read(path).tensors
    case "pth", "pt", "bin": return try TorchPickle.read(path)
    case "npz": return try BiTArchive.read(path)
    default:
      throw OptionError.conflict(
        "pretrained: '\(path)' is none of .safetensors, .pth, .pt, .bin (PyTorch), .npz (BiT)")
    }
  }
}
