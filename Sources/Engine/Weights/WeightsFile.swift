import Files
public import OrderedCollections
import Torch

/// A file of weights in any form that is read here.
public enum WeightsFile {
  /// Reads every tensor: of `.safetensors`, of PyTorch's `.pth`, `.pt`, `.bin`, `.ckpt` and `.tar`, of BiT's
  /// `.npz`. A file of another name is told by its content.
  ///
  /// A name that promises another form than the content has is an error: who asks for safetensors may not
  /// want a pickle, though none is ever run here.
  ///
  /// - Parameter path: The file.
  /// - Returns: Tensors on the CPU, in the file's order.
  /// - Throws: ``WeightsError`` for a file that is missing, damaged, or something else.
  public static func read(_ path: String) throws(WeightsError) -> StateDict {
    let (content, form) = (try content(of: path), FilePath.fileExtension(of: path))
    switch content {
    case .safetensors? where form != "npz" && !pyTorch.contains(form):
      return try Safetensors.read(path).tensors
    case .zip? where form == "npz": return try BiTArchive.read(path)
    case .zip? where form != "safetensors": return try TorchPickle.read(path)
    case .pickle? where form != "safetensors" && form != "npz": return try TorchPickle.read(path)
    case let content?: throw .foreign(path: path, content)
    case nil where form == "safetensors": return try Safetensors.read(path).tensors
    case nil where form == "npz": return try BiTArchive.read(path)
    case nil where pyTorch.contains(form): return try TorchPickle.read(path)
    case nil: throw .unknownForm(path: path)
    }
  }

  private static let pyTorch = ["pth", "pt", "bin", "ckpt", "tar"]

  private static func content(of path: String) throws(WeightsError) -> ForeignContent? {
    do throws(FileError) {
      let file = try MappedFile(path: path)
      return withExtendedLifetime(file) { ForeignContent(file.bytes) }
    } catch {
      throw .file(error)
    }
  }
}
