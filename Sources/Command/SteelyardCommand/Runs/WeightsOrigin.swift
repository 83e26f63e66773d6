import Files
package import Networks
import Weights

/// Of which of two networks with the same tensors a file of weights is, where it can be told.
package enum WeightsOrigin {
  /// The architecture, told by what Steelyard wrote into the file, else by timm's name for it somewhere near the end of
  /// the path: `tf_efficientnet_b0_ns-c0e6a31c.pth`, `timm/efficientnet_b0.ra_in1k/model.safetensors`.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - model: the network that it is to go into.
  /// - Returns: `model`, its twin, or `nil` where nothing tells.
  package static func told(by path: String, for model: Architecture) -> String? {
    guard let twin = model.twin else { return nil }
    let both = [model.name, twin]
    if let written = try? Safetensors.metadata(of: path)["architecture"], both.contains(written) {
      return written
    }
    guard let torch = both.first(where: { $0.hasSuffix("_torch") }) else {
      // OpenAI's weights have QuickGELU, wherever they are kept.
      let signs = ["quickgelu", "openai"]
      let isQuick = path.lowercased().split(separator: "/").suffix(4).contains { part in
        signs.contains { part.contains($0) }
      }
      return isQuick ? both.first { $0.contains("quickgelu") } : nil
    }
    let size = torch.split(separator: "_").dropLast().joined(separator: "_")
    for part in path.lowercased().split(separator: "/").suffix(4).reversed() {
      if part.contains("tf_\(size)") { return both.first { $0 != torch } }
      // timm's names go on with how the weights were trained.
      if [".ra", ".ft", "_ra"].contains(where: { part.contains(size + $0) }) {
        return torch
      }
    }
    return nil
  }

  /// Refuses a file that is told to be of the twin.
  /// - Throws: `WeightsMismatch`.
  package static func check(_ path: String, for model: Architecture) throws {
    guard let told = told(by: path, for: model), told != model.name else { return }
    throw WeightsMismatch(
      .twin(network: model.name, of: told, reason: "\(FilePath.name(of: path)) says so"))
  }

  /// What is said where nothing tells of which network a file is.
  package static func doubt(_ path: String, for model: Architecture) -> String? {
    guard let twin = model.twin, told(by: path, for: model) == nil else { return nil }
    return
      "pretrained: \(model.name) and \(twin) have the same tensors, and the file does not say of which it is; taken as"
      + " \(words(model.name)). If it is \(words(twin)): --model \(twin)"
  }

  private static func words(_ name: String) -> String {
    if name.contains("quickgelu") { return "OpenAI's (QuickGELU)" }
    if name.contains("clip") { return "one with GELU, as most of OpenCLIP's" }
    return name.hasSuffix("_torch")
      ? "timm's \(name.dropLast("_torch".count)) (PyTorch's padding)"
      : "timm's tf_\(name) (TensorFlow's padding)"
  }
}
