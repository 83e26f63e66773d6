import Files
import OrderedCollections
import Randomness
import TestSupport
import Testing
import Torch
import Weights

/// The header of safetensors, by the format's own rules: <https://github.com/huggingface/safetensors>.
@Suite("Headers of safetensors")
struct SafetensorsHeaderTests {
  private func message(_ header: String, size: Int = 0) -> String {
    do throws(WeightsError) {
      let read = try SafetensorsTests.parse(SafetensorsTests.file(header, size: size))
      return "read: \(read.tensors.keys.joined(separator: " "))"
    } catch {
      return error.description
    }
  }

  private let file = "m.safetensors: not a readable safetensors file: "

  @Test("what a member lacks or has too much of is said of that member")
  func members() {
    func tensor(_ members: String, size: Int = 4) -> String {
      message("{\"w\":\(members)}", size: size)
    }
    let start = "m.safetensors: tensor 'w': "
    #expect(tensor("3") == start + "is not a JSON object")
    #expect(tensor("[\"F32\",[1],[0,4]]") == start + "is not a JSON object")
    #expect(tensor("{}") == start + "has no 'dtype'")
    #expect(tensor("{\"dtype\":32}") == start + "has no 'dtype'")
    #expect(tensor("{\"dtype\":\"F32\"}") == start + "has no 'shape'")
    #expect(tensor("{\"dtype\":\"F32\",\"shape\":1}") == start + "has no 'shape'")
    #expect(tensor("{\"dtype\":\"F32\",\"shape\":[1]}") == start + "has no 'data_offsets'")
    for shape in ["[-1]", "[1.0]", "[1e0]", "[\"1\"]", "[null]", "[[1]]", "[9223372036854775808]"] {
      #expect(
        tensor("{\"dtype\":\"F32\",\"shape\":\(shape),\"data_offsets\":[0,4]}")
          == start + "'shape' has something other than whole numbers from 0", "\(shape)")
    }
    for (offsets, said) in [
      ("[]", "[]"), ("[4]", "[4]"), ("[0,4,4]", "[0, 4, 4]"), ("[4,0]", "[4, 0]"),
    ] {
      #expect(
        tensor("{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":\(offsets)}")
          == start + "'data_offsets' is \(said), expected begin and end")
    }
    // The names of types are those of the format, in capitals; types that no tensor has here are named.
    for type in ["f32", "F8_E4M3", "F8_E5M2", "I16", "U16", "I8", "U32", "U64", "C64", ""] {
      #expect(
        tensor("{\"dtype\":\"\(type)\",\"shape\":[1],\"data_offsets\":[0,4]}").hasPrefix(
          start + "element type '\(type)' is not read; those that are: "))
    }
    #expect(
      tensor("{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,4],\"more\":{\"a\":[1]}}")
        == "read: w")
    let deep = Array(repeating: "1", count: 65).joined(separator: ",")
    #expect(
      tensor("{\"dtype\":\"F32\",\"shape\":[\(deep)],\"data_offsets\":[0,4]}")
        .hasSuffix("does not take the 4 bytes of its offsets"))
  }

  @Test("metadata are text by text")
  func metadata() throws {
    #expect(message("{\"__metadata__\":[]}") == file + "'__metadata__' is not a JSON object")
    #expect(message("{\"__metadata__\":null}") == file + "'__metadata__' is not a JSON object")
    #expect(message("{\"__metadata__\":{\"a\":null}}") == file + "the metadata 'a' is not a string")
    let escaped = SafetensorsTests.file(
      #"{"__metadata__":{"a\u0062":"\u00e9\ud83d\ude00\/\b","":"x"}}"#, size: 0)
    let read = try SafetensorsTests.parse(escaped).metadata
    #expect(read == ["ab": "é😀/\u{8}", "": "x"])
  }

  @Test("white space belongs to the header, an empty one has no tensors")
  func space() {
    let one = "{\"w\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[0,2]}}"
    #expect(message(one, size: 2) == "read: w")
    #expect(message(one + "   ", size: 2) == "read: w")
    #expect(
      message(
        "{ \"w\" : {\n\"dtype\":\"U8\" ,\t\"shape\":[ 2 ],\"data_offsets\":[0 , 2]}} ", size: 2)
        == "read: w")
    #expect(message("{}") == "read: ")
    #expect(message("{}", size: 1) == file + "the bytes 0..<1 of its data belong to no tensor")
    #expect(message(one + "x", size: 2).hasPrefix(file + "its header has "))
    #expect(message("", size: 0).hasPrefix(file + "its header has "))
  }

  /// Whatever the order of the header and that of the data, each tensor has its own bytes; a byte that is moved, doubled or left
  /// out is noticed.
  @Test func drawnTilings() throws {
    var source = RandomSource(seed: 5)
    for round in 0..<60 {
      let count = 1 + source.below(6)
      let sizes = (0..<count).map { _ in source.below(5) }
      let places = source.shuffle(count)
      var starts = [Int](repeating: 0, count: count)
      var end = 0
      for tensor in places {
        starts[tensor] = end
        end += sizes[tensor]
      }
      func header(_ starts: [Int]) -> String {
        "{"
          + (0..<count).map { tensor in
            "\"t\(tensor)\":{\"data_offsets\":[\(starts[tensor]),\(starts[tensor] + sizes[tensor])],"
              + "\"shape\":[\(sizes[tensor]),1],\"dtype\":\"U8\"}"
          }.joined(separator: ",") + "}"
      }
      let data = (0..<end).map { UInt8($0 + round) }
      let plain = SafetensorsTests.file(header(starts), size: 0)
      let read = try SafetensorsTests.parse(plain + data).tensors
      #expect(Array(read.keys) == (0..<count).map { "t\($0)" })
      for tensor in 0..<count {
        let own = try #require(read["t\(tensor)"])
        #expect(own.shape == [sizes[tensor], 1])
        #expect(
          own.scalars(as: UInt8.self)
            == Array(data[starts[tensor]..<starts[tensor] + sizes[tensor]]))
      }
      #expect(throws: WeightsError.self) { try SafetensorsTests.parse(plain + data + [0]) }
      guard end > 0 else { continue }
      #expect(throws: WeightsError.self) { try SafetensorsTests.parse(plain + data.dropLast()) }
      // A tensor with bytes that begins one later overlaps another, ends outside, or leaves a gap.
      let moved = (0..<count).filter { sizes[$0] > 0 }[0]
      var others = starts
      others[moved] += 1
      let wrong = SafetensorsTests.file(header(others), size: 0)
      #expect(throws: WeightsError.self) { try SafetensorsTests.parse(wrong + data) }
    }
  }

  /// The bytes of a file written out by hand: wide elements first in the data, the given order in the header, spaces to a
  /// multiple of 8.
  @Test func bytesByHand() throws {
    let tensors: StateDict = [
      "b": Tensor([7] as [UInt8], shape: [1]), "a": Tensor([1.5] as [Float], shape: [1, 1]),
      "n": Tensor(Int64(-2)),
    ]
    let header =
      #"{"__metadata__":{"k":"\"v\"\\","l":""},"b":{"dtype":"U8","shape":[1],"data_offsets":[12,13]},"#
      + #""a":{"dtype":"F32","shape":[1,1],"data_offsets":[8,12]},"#
      + #""n":{"dtype":"I64","shape":[],"data_offsets":[0,8]}}"#
    let padded = header + String(repeating: " ", count: (8 - header.utf8.count % 8) % 8)
    let expected =
      PickledBytes.little(padded.utf8.count, 8) + Array(padded.utf8)
      + PickledBytes.little(-2, 8) + PickledBytes.floats([1.5]) + [7]
    #expect(try SafetensorsTests.bytes(tensors, ["l": "", "k": "\"v\"\\"]) == expected)
  }

  /// Each element type keeps its extreme values through a file.
  @Test func extremes() throws {
    let tensors: StateDict = [
      "double": Tensor(
        [5e-324, -.greatestFiniteMagnitude, .infinity, -0.0] as [Double], shape: [2, 2]),
      "long": Tensor([.min, .max, 1 << 53 + 1] as [Int64], shape: [3]),
      "integer": Tensor([.min, .max] as [Int32], shape: [2]),
      "half": Tensor([65504, 6e-8, -.infinity] as [Float], shape: [3]).to(.float16),
      "brain": Tensor([3.0e38, 1e-40] as [Float], shape: [2]).to(.bfloat16),
      "truth": Tensor([true] as [Bool], shape: [1, 1, 1, 1]),
    ]
    let (read, _) = try SafetensorsTests.parse(try SafetensorsTests.bytes(tensors))
    for (name, tensor) in tensors {
      let found = try #require(read[name])
      #expect(found.dtype == tensor.dtype && found.shape == tensor.shape)
      let (before, after) = (
        tensor.withBytes { Array($0) }, found.withBytes { Array($0) }
      )
      #expect(before == after, "\(name)")
    }
    #expect(
      read["long"]?.scalars(as: Int64.self) == [.min, .max, 1 << 53 + 1])
  }

  /// Reading one tensor looks at no byte of the others' but their places, and checks the whole header.
  @Test func oneOfADamagedFile() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/x.safetensors"
      // The truth value is 2, which only who reads it notices.
      let header =
        "{\"t\":{\"dtype\":\"BOOL\",\"shape\":[1],\"data_offsets\":[0,1]},"
        + "\"u\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[1,2]}}"
      try AtomicFile.write(SafetensorsTests.file(header, size: 0) + [2, 9], to: path)
      #expect(try Safetensors.tensor("u", of: path)?.scalars(as: UInt8.self) == [9])
      #expect(throws: WeightsError.self) { try Safetensors.tensor("t", of: path) }
      #expect(try Safetensors.metadata(of: path).isEmpty)
      try AtomicFile.write(SafetensorsTests.file(header, size: 0) + [2, 9, 9], to: path)
      #expect(throws: WeightsError.self) { try Safetensors.tensor("u", of: path) }
      #expect(throws: WeightsError.self) { try Safetensors.metadata(of: path) }
    }
  }
}
