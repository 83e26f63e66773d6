import Files
import OrderedCollections
import TestSupport
import Testing
import Torch
import Weights

/// What a file keeps of tensors, and how parts of it are read.
@Suite("Values in safetensors")
struct SafetensorsValueTests {
  /// Zeros keep their sign, and what is no number its bits.
  @Test func everyBitIsKept() throws {
    let patterns: [UInt32] = [
      0x8000_0000, 0x7f80_0000, 0xff80_0000, 0x7fc0_1234, 0x0000_0001, 0x7f7f_ffff,
    ]
    let values = patterns.map { Float(bitPattern: $0) }
    let (read, _) = try SafetensorsTests.parse(
      try SafetensorsTests.bytes(["x": Tensor(values, shape: [2, 3])]))
    let found = try #require(read["x"]).scalars(as: Float.self).map(\.bitPattern)
    #expect(found == patterns)
  }

  /// A view is stored as what it shows: a transposed matrix, a part, and rows that are expanded.
  @Test func viewsAreStoredAsTheyShow() throws {
    let x = Tensor([1, 2, 3, 4, 5, 6] as [Float], shape: [2, 3])
    let tensors: StateDict = [
      "turned": x.transposed(0, 1), "part": x.narrowed(dim: 1, start: 1, length: 2),
      "wide": x.narrowed(dim: 0, start: 1, length: 1).expanded(to: [2, 3]),
    ]
    let (read, _) = try SafetensorsTests.parse(try SafetensorsTests.bytes(tensors))
    func numbers(_ name: String) -> [Float]? { read[name]?.scalars(as: Float.self) }
    #expect(read["turned"]?.shape == [3, 2] && numbers("turned") == [1, 4, 2, 5, 3, 6])
    #expect(read["part"]?.shape == [2, 2] && numbers("part") == [2, 3, 5, 6])
    #expect(numbers("wide") == [4, 5, 6, 4, 5, 6])
  }

  /// One tensor is read as it is among all of them; another name is none.
  @Test func oneTensorAlone() throws {
    try withTemporaryFolder { folder in
      let path = FilePath.join(folder, "a.safetensors")
      try Safetensors.write(SafetensorsTests.sample, metadata: ["a": "b"], to: path)
      for (name, tensor) in SafetensorsTests.sample {
        let found = try #require(try Safetensors.tensor(name, of: path))
        #expect(found.shape == tensor.shape && found.dtype == tensor.dtype)
        #expect(found.scalars(as: Double.self) == tensor.scalars(as: Double.self))
      }
      #expect(try Safetensors.tensor("a", of: path) == nil)
      #expect(try Safetensors.metadata(of: path) == ["a": "b"])
    }
  }

  /// Names may hold what JSON must escape; the metadata's own name is no tensor's, and the file before is left alone.
  @Test func names() throws {
    let odd: StateDict = ["a\"b\\c\n\u{1}ü": Tensor(Float(3)), "": Tensor(Float(4))]
    let (read, _) = try SafetensorsTests.parse(try SafetensorsTests.bytes(odd))
    #expect(Array(read.keys) == Array(odd.keys))
    try withTemporaryFolder { folder in
      let path = FilePath.join(folder, "a.safetensors")
      try Safetensors.write(odd, to: path)
      let before = try FileBytes.read(path)
      let error = #expect(throws: WeightsError.self) {
        try Safetensors.write(["__metadata__": Tensor.zeros([1])], to: path)
      }
      #expect(
        error?.description == "\(path): tensor '__metadata__': the header keeps this name for its "
          + "metadata; give the tensor another")
      #expect(try FileBytes.read(path) == before)
    }
  }
}
