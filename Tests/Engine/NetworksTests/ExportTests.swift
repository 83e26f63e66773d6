import Foundation
import Networks
import OrderedCollections
import Testing
import Torch
import Weights

/// Writes networks for `Goldens/Networks/check_torchvision.py`, when STEELYARD_EXPORT names a folder.
@Suite("Export")
struct ExportTests {
  static let folder = ProcessInfo.processInfo.environment["STEELYARD_EXPORT"]

  @Test(
    "writes a network with its logits on two images", .enabled(if: folder != nil),
    arguments: Architectures.all.map(\.name))
  func export(name: String) throws {
    let folder = try #require(Self.folder)
    let network = try Architectures.named(name).build(classes: 7, using: Generator(seed: 3))
    let images = Tensor.normal([2, 3, 64, 64], using: Generator(seed: 4))
    var tensors = network.stateDict
    withoutGradients {
      // Once in training mode, so that the running statistics are those of a trained network.
      _ = network(images.channelsLast(), Context(training: true))
      // BiT's head is zero until it learns.
      for name in network.headNames {
        tensors[name]?.copy(from: tensors[name].map { $0 + 0.01 } ?? images)
      }
      tensors["check.images"] = images
      tensors["check.logits"] = network(images.channelsLast(), Context())
    }
    try Safetensors.write(
      tensors, metadata: ["architecture": name, "classes": "7"],
      to: "\(folder)/\(name).safetensors")
  }
}
