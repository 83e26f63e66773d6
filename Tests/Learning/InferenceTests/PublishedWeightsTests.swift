import Batches
import Files
import Foundation
import Imaging
import Networks
import TestSupport
import Testing
import Torch
import Weights

/// ImageNet weights as they are published, on real images, against an independent package.
@Suite struct PublishedWeightsTests {
  private struct Row: Decodable {
    let image: String
    let size: Double
    let best: Int
    let logits: [Double]
  }

  private static let file = "pretrained/efficientnet-lite0-57934424.pth"
  private static let isHere = [file, "elpv", "trashnet"].allSatisfy { RealData.has($0) }

  private static func network(_ form: NetworkForm = NetworkForm(), classes: Int) throws -> Network {
    try Architectures.named("efficientnet_lite0").build(
      classes: classes, form: form, using: Generator(seed: 0))
  }

  /// An image at the upper left of 224 black pixels a side, normalised.
  private static func input(_ path: String, _ architecture: Architecture) throws -> Tensor {
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    let image = try ImageFile.decode(bytes, name: path)
      .cropped(left: 0, top: 0, size: ImageSize(width: 224, height: 224))
    let pixels = Tensor(image.pixels, shape: [1, 224, 224, 3])
    return Normalization(mean: architecture.mean, std: architecture.std)(pixels)
  }

  @Test(.enabled(if: isHere, "\(RealData.absent)"))
  func logitsAreThoseOfTheIndependentPackage() throws {
    let rows = try Golden.load("Inference/pretrained.json", as: [Row].self)
    let network = try Self.network(classes: 1000)
    let weights = try WeightsFile.read(RealData.path(Self.file))
    let report = try network.loadPretrained(weights)
    #expect(report.spelling == "efficientnet_pytorch")
    #expect(report.loaded.count == 296 && report.leftOut.isEmpty && report.unexpected.isEmpty)
    for row in rows {
      let input = try Self.input(
        RealData.path(row.image), try Architectures.named(network.name))
      let logits = withoutGradients { network(input, Context()) }.scalars(as: Double.self)
      let largest = row.logits.map(abs).max() ?? 0
      let every25th = stride(from: 0, to: 1000, by: 25).map { logits[$0] }
      for (ours, theirs) in zip(every25th, row.logits) {
        #expect(abs(ours - theirs) < 1e-4 * largest, "\(row.image)")
      }
      let size = logits.reduce(0) { $0 + $1 * $1 }.squareRoot()
      #expect(abs(size / row.size - 1) < 1e-4)
      #expect(logits.firstIndex(of: logits.max() ?? 0) == row.best)
    }
  }

  /// Of other classes all but the last layer comes over, into every branch of a network of several.
  @Test(.enabled(if: RealData.has(file), "\(RealData.absent)"))
  func otherClassesAndBranches() throws {
    let weights = try WeightsFile.read(RealData.path(Self.file))
    let plain = try Self.network(classes: 4)
    let report = try plain.loadPretrained(weights)
    #expect(report.leftOut == ["classifier.weight", "classifier.bias"])
    #expect(report.unexpected.isEmpty)
    let branched = try Self.network(NetworkForm(branches: 2), classes: 4)
    let spread = try branched.loadPretrained(weights)
    #expect(spread.leftOut == branched.headNames && spread.unexpected.isEmpty)
    let images = Tensor.normal([1, 3, 64, 64], using: Generator(seed: 1)).channelsLast()
    let features = branched.features(images, Context()) + plain.features(images, Context())
    let values = features.map { $0.scalars(as: Float.self) }
    #expect(values[0] == values[2] && values[1] == values[2])
  }
}
