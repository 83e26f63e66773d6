import Files
import OrderedCollections
import TestSupport
import Testing
import Torch
import Weights

@Suite("BiTArchive")
struct BiTArchiveTests {
  struct Entry: Decodable {
    let name: String
    let shape: [Int]
    let number: Double

    init(from decoder: any Decoder) throws {
      var list = try decoder.unkeyedContainer()
      name = try list.decode(String.self)
      shape = try list.decode([Int].self)
      number = try list.decode(Double.self)
    }
  }

  @Test("every array of a real-size archive arrives under its PyTorch name in its shape")
  func names() throws {
    let weights = try BiTArchive.read(Golden.path("Weights/bit.npz"))
    let expected: [Entry] = try Golden.load("Weights/bit.json")
    #expect(Set(weights.keys) == Set(expected.map(\.name)))
    for entry in expected {
      let tensor = try #require(weights[entry.name])
      #expect(tensor.shape == entry.shape, "\(entry.name)")
      if entry.name != "root.conv.weight" {
        #expect(tensor.amin().item() == entry.number, "\(entry.name)")
        #expect(tensor.amax().item() == entry.number, "\(entry.name)")
      }
    }
  }

  @Test("kernels turn from [H, W, in, out] to [out, in, H, W]")
  func order() throws {
    let weights = try BiTArchive.read(Golden.path("Weights/bit.npz"))
    let root = try #require(weights["root.conv.weight"]).scalars(as: Float.self)
    for (out, input, row, column) in [(0, 0, 0, 0), (63, 2, 6, 6), (5, 1, 2, 3), (1, 2, 3, 0)] {
      let here = ((out * 3 + input) * 7 + row) * 7 + column
      let there = ((row * 7 + column) * 3 + input) * 64 + out
      #expect(root[here] == Float(there))
    }
  }

  @Test("says what is wrong")
  func messages() throws {
    let path = Golden.path("Weights/wrong.npz")
    let wrong = #expect(throws: WeightsError.self) { try BiTArchive.read(path) }
    #expect(
      wrong?.description == "\(path): not a readable BiT .npz file: the kernel"
        + " 'resnet/root_block/standardized_conv2d/kernel' has shape [3], expected four sizes")
    #expect(throws: WeightsError.file(.missing(path: "/no/such.npz"))) {
      try BiTArchive.read("/no/such.npz")
    }
    let other = #expect(throws: WeightsError.self) {
      try BiTArchive.read(Golden.path("Weights/zip.pth"))
    }
    #expect(other?.description.hasSuffix("it has no arrays") == true)
  }
}
