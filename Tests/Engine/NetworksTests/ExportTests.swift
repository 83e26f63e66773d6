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
    arguments: ArchitectureNames.quick)
  func export(name: String) throws {
    let folder = try #require(Self.folder)
    let architecture = try Architectures.named(name)
    var shape =
      architecture.input == .images && architecture.sideMultiple != 14
      ? [2, 3, 64, 64] : architecture.quickShape(rows: 2)
    // The width that the checking programme builds it for.
    shape[1] = try GoldenNetwork(name).inputs
    let network = architecture.build(classes: 7, inputs: shape[1], using: Generator(seed: 3))
    let images = Tensor.normal(shape, using: Generator(seed: 4))
    var tensors = network.stateDict
    withoutGradients {
      // Once in training mode, so that the running statistics are those of a trained network.
      _ = network(inLayout(images), Context(training: true))
      // BiT's head is zero until it learns.
      for name in network.headNames {
        tensors[name]?.copy(from: tensors[name].map { $0 + 0.01 } ?? images)
      }
      tensors["check.images"] = images
      tensors["check.logits"] = network(inLayout(images), Context())
    }
    try Safetensors.write(
      tensors, metadata: ["architecture": name, "classes": "7"],
      to: "\(folder)/\(name).safetensors")
  }
}
