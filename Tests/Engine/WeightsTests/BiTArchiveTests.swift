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

  /// Every entry but the first has damaged data, which is not what is said: headers come before data, and names before both.
  @Test("what is no such archive is refused by names and headers, before anything is unpacked")
  func headersFirst() throws {
    let root = "resnet/root_block/standardized_conv2d/kernel.npy"
    let gamma = "resnet/group_norm/gamma.npy"
    func npy(_ descr: String, _ shape: String, _ bytes: Int) -> [UInt8] {
      let text = "{'descr': '\(descr)', 'fortran_order': False, 'shape': \(shape), }\n"
      return [0x93] + "NUMPY".utf8 + [1, 0, UInt8(text.utf8.count), 0] + text.utf8
        + [UInt8](repeating: 7, count: bytes)
    }
    func words(_ entries: [(name: String, bytes: [UInt8])]) throws -> String {
      var archive = zipped(entries)
      // The checksum of the first entry, in its own header and in the directory.
      let sum = Array(archive[14..<18])
      for at in archive.indices.dropLast(4) where Array(archive[at..<at + 4]) == sum {
        archive[at] ^= 0xFF
      }
      return try withTemporaryFolder { folder in
        let path = folder + "/a.npz"
        try AtomicFile.write(archive, to: path)
        let error = #expect(throws: WeightsError.self) { try BiTArchive.read(path) }
        return (error?.description ?? "").replacing(path, with: "a.npz")
      }
    }
    let whole = (root, npy("<f4", "(1, 1, 1, 2)", 8))
    #expect(
      try words([whole, ("resnet/other.npy", npy("<f4", "(2,)", 8))])
        == "a.npz: not a readable BiT .npz file: 'resnet/other' is not an array of BiT")
    #expect(
      try words([whole, (gamma, npy("<f8", "(2,)", 16))])
        == "a.npz: not a readable BiT .npz file: 'resnet/group_norm/gamma' holds <f8, expected float32"
    )
    #expect(
      try words([whole, (gamma, npy("|O", "(2,)", 16))])
        == "a.npz: not a readable BiT .npz file: 'resnet/group_norm/gamma' holds a type that is not"
        + " read, expected float32")
    #expect(try words([whole]).contains("does not match its checksum"))
  }

  @Test("the small archive for damage has an array of each kind of name")
  func small() throws {
    let weights = try BiTArchive.read(Golden.path("Weights/bit-small.npz"))
    let whole = Set(try BiTArchive.read(Golden.path("Weights/bit.npz")).keys)
    #expect(weights.count > 20 && Set(weights.keys).isSubset(of: whole))
    let root = try #require(weights["root.conv.weight"])
    // `[7, 7, 3, 64]` is cut to one, two, three and one along its axes: row · 7 · 3 · 64 + column · 3 · 64 + input · 64.
    #expect(root.shape == [1, 3, 1, 2])
    #expect(root.scalars(as: Float.self) == [0, 192, 64, 256, 128, 320])
  }
}
