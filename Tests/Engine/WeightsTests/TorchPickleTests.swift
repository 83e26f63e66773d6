import Files
import Foundation
import OrderedCollections
import Randomness
import TestSupport
import Testing
import Torch
import Weights

@Suite("TorchPickle")
struct TorchPickleTests {
  static func parse(_ bytes: [UInt8]) throws(WeightsError) -> StateDict {
    try bytes.withUnsafeBufferPointer { (buffer) throws(WeightsError) in
      try TorchPickle.parse(UnsafeRawBufferPointer(buffer), name: "m.pth")
    }
  }

  @Test(
    "reads views, types, parameters and nested state dicts as PyTorch sees them",
    arguments: ["zip.pth", "stream.pth", "nested.pth", "checkpoint-stream.pth"])
  func reads(file: String) throws {
    try ExpectedValue.check(try TorchPickle.read(Golden.path("Weights/\(file)")), inOrder: true)
  }

  @Test(
    "refuses to run anything, by name, and does not",
    arguments: [
      ("evil.pth", "posix.system"), ("evil-stream.pth", "posix.system"),
      ("module.pth", "torch.nn.modules.linear.Linear"),
    ])
  func refuses(file: String, name: String) {
    let path = Golden.path("Weights/\(file)")
    #expect(throws: WeightsError.refused(path: path, name: name)) { try TorchPickle.read(path) }
    #expect(!FileManager.default.fileExists(atPath: "/tmp/steelyard-was-here"))
  }

  @Test("says what is wrong")
  func messages() {
    let magic: [UInt8] = [
      0x80, 0x02, 0x8A, 0x0A, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19,
    ]
    let start = magic + Array(".K\u{1}.}.".utf8)
    let cases: [([UInt8], String)] = [
      (Array("hello".utf8), "it is neither a zip archive nor a pickle of torch.save"),
      (magic, "it is cut short"),
      (start + Array("0.".utf8), "it has the instruction 48, which no state dict needs"),
      (start + Array("t.".utf8), "it returns to no mark"),
      (start + Array("s.".utf8), "it takes from an empty stack"),
      (start + Array("Ks.".utf8), "it holds no dictionary of names"),
      (start + Array("h\u{5}.".utf8), "it recalls what it never kept"),
      (start + Array("}X\u{1}\0\0\0aNs.".utf8), "'a' is not a tensor"),
    ]
    for (bytes, reason) in cases {
      #expect(
        throws: WeightsError.malformed(path: "m.pth", format: .pytorch, reason: reason)
      ) { try Self.parse(bytes) }
    }
  }

  @Test("a nest a million deep and a list within itself are read or refused, never a trap")
  func deep() {
    let magic = [
      0x80, 0x02, 0x8A, 0x0A, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19,
    ].map(UInt8.init)
    let start = magic + Array(".K\u{1}.}.".utf8)
    let nest = start + Array("N".utf8) + Array(repeating: 0x85, count: 1_000_000) + Array(".".utf8)
    #expect(throws: WeightsError.self) { try Self.parse(nest) }
    #expect(throws: WeightsError.self) { try Self.parse(start + Array("]q\0h\0a.".utf8)) }
  }

  @Test(
    "every damaged file gives a value or an error, never a trap",
    arguments: ["zip.pth", "stream.pth", "checkpoint-stream.pth"])
  func fuzz(file: String) throws {
    let seed = try FileBytes.read(Golden.path("Weights/\(file)"))
    let fuzz = Fuzz(seed, key: RandomKey(seed: 2))
    for index in 0..<4000 {
      do throws(WeightsError) {
        for tensor in try Self.parse(fuzz.mutant(index)).values { _ = tensor.count }
      } catch {
        #expect(!error.description.isEmpty)
      }
    }
  }

  /// The storages of an optimiser are passed over, not trusted: the file must have all of them whole.
  @Test("storages that nobody asks for must be there")
  func unwantedStorages() throws {
    let bytes = try FileBytes.read(Golden.path("Weights/checkpoint-stream.pth"))
    #expect(
      throws: WeightsError.malformed(path: "m.pth", format: .pytorch, reason: "it is cut short")
    ) { try Self.parse(Array(bytes.dropLast(1))) }
  }

  @Test("a missing file is an error")
  func missing() {
    #expect(throws: WeightsError.file(.missing(path: "/no/such.pth"))) {
      try TorchPickle.read("/no/such.pth")
    }
  }
}
