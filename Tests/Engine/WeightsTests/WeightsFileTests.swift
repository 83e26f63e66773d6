import Files
import OrderedCollections
import TestSupport
import Testing
import Torch
import Weights

/// Which reader a file gets, by its name and its content: every pair of the two.
@Suite("Names and contents of weights")
struct WeightsFileTests {
  /// What a file of a name and a content leads to.
  enum Outcome: Equatable {
    case read, malformed(WeightsError.Format), foreign(ForeignContent), unknown, file
  }

  private func outcome(_ name: String, _ bytes: [UInt8], in folder: String) throws -> Outcome {
    let path = folder + "/" + name
    try AtomicFile.write(bytes, to: path)
    do throws(WeightsError) {
      return try WeightsFile.read(path).isEmpty ? .unknown : .read
    } catch {
      switch error {
      case .malformed(path, let format, _): return .malformed(format)
      case .foreign(path, let content): return .foreign(content)
      case .unknownForm(path): return .unknown
      case .file: return .file
      default: throw error
      }
    }
  }

  /// PyTorch's names take zip and pickle, the others their own form alone, and a name that says nothing takes any.
  @Test func everyPair() throws {
    let safetensors = try SafetensorsTests.bytes(["w": Tensor(Float(1))])
    let zip = try FileBytes.read(Golden.path("Weights/zip.pth"))
    let pickle = try FileBytes.read(Golden.path("Weights/stream.pth"))
    let archive = try FileBytes.read(Golden.path("Weights/bit-small.npz"))
    let nothing = Array("hello, world".utf8)
    let pyTorch: [Outcome] = [
      .foreign(.safetensors), .read, .read, .malformed(.pytorch), .malformed(.pytorch),
    ]
    let unsaid: [Outcome] = [.read, .read, .read, .malformed(.pytorch), .unknown]
    let table: [(names: [String], outcomes: [Outcome])] = [
      (
        ["m.safetensors", "m.SafeTensors"],
        [.read, .foreign(.zip), .foreign(.pickle), .foreign(.zip), .malformed(.safetensors)]
      ),
      (["m.pth", "m.pt", "m.bin", "m.ckpt", "m.pth.tar", "m.PTH"], pyTorch),
      (
        ["m.npz"],
        [.foreign(.safetensors), .malformed(.bigTransfer), .foreign(.pickle), .read, .file]
      ),
      (["m", "m.weights", "pth", "m.pth.backup"], unsaid),
    ]
    try withTemporaryFolder { folder in
      for (names, outcomes) in table {
        for name in names {
          for (bytes, expected) in zip5([safetensors, zip, pickle, archive, nothing], outcomes) {
            let found = try outcome(name, bytes, in: folder)
            #expect(found == expected, "\(name): \(found) where \(expected) was expected")
          }
        }
      }
    }
  }

  private func zip5(_ bytes: [[UInt8]], _ outcomes: [Outcome]) -> [([UInt8], Outcome)] {
    bytes.indices.map { (bytes[$0], outcomes[$0]) }
  }

  /// Every part of a whole file that is cut off is noticed, at every byte.
  @Test(
    "no beginning of a file is taken for the whole",
    arguments: ["zip.pth", "stream.pth", "python.safetensors", "views-protocol4.pth"])
  func beginnings(file: String) throws {
    let whole = try FileBytes.read(Golden.path("Weights/\(file)"))
    for count in stride(from: 0, to: whole.count, by: 7) {
      let part = Array(whole.prefix(count))
      #expect(throws: WeightsError.self, "\(count) bytes") {
        try file.hasSuffix("safetensors")
          ? SafetensorsTests.parse(part).tensors : TorchPickleTests.parse(part)
      }
    }
  }

  /// What is read does not depend on where the bytes lie: a mapped file and one in memory are one.
  @Test func mappedAndInMemory() throws {
    for file in ["zip.pth", "stream.pth", "nested.pth", "views-protocol2.pth"] {
      let path = Golden.path("Weights/\(file)")
      // One byte further on, so that no number is aligned.
      let shifted = [0] + (try FileBytes.read(path))
      let parsed = try shifted.withUnsafeBytes { bytes throws -> StateDict in
        try TorchPickle.parse(UnsafeRawBufferPointer(rebasing: bytes[1...]), name: file)
      }
      #expect(
        SafetensorsTests.values(parsed) == SafetensorsTests.values(try TorchPickle.read(path)))
    }
    let path = Golden.path("Weights/python.safetensors")
    let shifted = [0] + (try FileBytes.read(path))
    let parsed = try shifted.withUnsafeBytes { bytes throws -> StateDict in
      try Safetensors.parse(UnsafeRawBufferPointer(rebasing: bytes[1...]), name: "m").tensors
    }
    #expect(
      SafetensorsTests.values(parsed) == SafetensorsTests.values(try Safetensors.read(path).tensors)
    )
  }
}
