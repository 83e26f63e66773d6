import Files
import OrderedCollections
import Randomness
import TestSupport
import Testing
import Torch
import Weights

@Suite("Safetensors")
struct SafetensorsTests {
  static let sample: StateDict = [
    "odd": Tensor([1, 2, 3] as [Float], shape: [3]),
    "bytes": Tensor([1, 2, 255] as [UInt8], shape: [3, 1]),
    "count": Tensor(Int64(1) << 40),
    "half": Tensor([0.5, -2] as [Float], shape: [2]).to(.bfloat16),
    "truth": Tensor([true, false] as [Bool], shape: [2]),
    "empty": Tensor.zeros([0, 4]),
    "double": Tensor([1.0 / 3] as [Double], shape: [1, 1, 1]),
  ]

  static func bytes(_ tensors: StateDict, _ metadata: [String: String] = [:]) throws -> [UInt8] {
    try withTemporaryFolder { folder in
      try Safetensors.write(tensors, metadata: metadata, to: folder + "/a.safetensors")
      return try FileBytes.read(folder + "/a.safetensors")
    }
  }

  /// A file with this header and `size` bytes of data.
  static func file(_ header: String, size: Int, length: UInt64? = nil) -> [UInt8] {
    let length = length ?? UInt64(header.utf8.count)
    return withUnsafeBytes(of: length.littleEndian) { Array($0) } + Array(header.utf8)
      + Array(repeating: 0, count: size)
  }

  static func parse(_ bytes: [UInt8]) throws(WeightsError) -> (
    tensors: StateDict, metadata: [String: String]
  ) {
    try bytes.withUnsafeBufferPointer { (buffer) throws(WeightsError) in
      try Safetensors.parse(UnsafeRawBufferPointer(buffer), name: "m.safetensors")
    }
  }

  static func values(_ state: StateDict) -> [String] {
    state.map {
      "\($0.key) \($0.value.dtype)\($0.value.shape) \($0.value.scalars(as: Double.self))"
    }
  }

  @Test("what is written is read: names, order, types, shapes, values, metadata")
  func roundTrip() throws {
    let metadata = ["classes": "[\"a\\b\"]\n\u{1}", "näme": "ü"]
    let (tensors, read) = try Self.parse(try Self.bytes(Self.sample, metadata))
    #expect(Self.values(tensors) == Self.values(Self.sample))
    #expect(read == metadata)
  }

  @Test("the same tensors give the same bytes, and every tensor starts at a multiple of its width")
  func deterministic() throws {
    let metadata = Dictionary(uniqueKeysWithValues: (0..<20).map { ("key\($0)", "\($0)") })
    let bytes = try Self.bytes(Self.sample, metadata)
    #expect(bytes == (try Self.bytes(Self.sample, metadata)))
    let length = bytes.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
    #expect(length % 8 == 0)
    #expect(bytes.count == 8 + length + 8 + 8 + 12 + 4 + 3 + 2)
  }

  @Test("a channels-last tensor is stored in row-major order")
  func layout() throws {
    let x = Tensor((0..<24).map(Float.init), shape: [1, 3, 2, 4])
    let (read, _) = try Self.parse(try Self.bytes(["x": x.channelsLast()]))
    #expect(read["x"]?.scalars(as: Float.self) == x.scalars(as: Float.self))
  }

  @Test("reads what the Python library wrote")
  func python() throws {
    let (tensors, metadata) = try Safetensors.read(Golden.path("Weights/python.safetensors"))
    #expect(metadata == ["made by": "safetensors"])
    try ExpectedValue.check(tensors)
    #expect(
      try Safetensors.metadata(of: Golden.path("Weights/python.safetensors")) == metadata)
  }

  @Test("says what is wrong")
  func messages() {
    let f32 = "\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\""
    let cases: [([UInt8], String)] = [
      (
        [1, 2],
        "m.safetensors: not a readable safetensors file:"
          + " it has 2 bytes, the header's length alone takes 8"
      ),
      (
        Self.file("{}", size: 0, length: .max),
        "m.safetensors: not a readable safetensors file:"
          + " a header of 18446744073709551615 bytes is announced, at most 100000000 are read"
      ),
      (
        Self.file("{}", size: 0, length: 99),
        "m.safetensors: not a readable safetensors file:"
          + " a header of 99 bytes is announced, 2 follow; cut short?"
      ),
      (
        Self.file("[]", size: 0),
        "m.safetensors: not a readable safetensors file: its header is not a JSON object"
      ),
      (
        Self.file("{\"a\":{\(f32):[0,4]},\"a\":{\(f32):[4,8]}}", size: 8),
        "m.safetensors: not a readable safetensors file:"
          + " its header has the key 'a' stands twice at byte 58"
      ),
      (
        Self.file("{\"a\":{\(f32):[0,4]},\"b\":{\(f32):[2,6]}}", size: 6),
        "m.safetensors: tensor 'b': its bytes overlap those of 'a'"
      ),
      (
        Self.file("{\"a\":{\(f32):[4,8]}}", size: 7),
        "m.safetensors: tensor 'a': its bytes 4..<8 lie outside the data of 7 bytes;"
          + " the file is cut short or damaged"
      ),
      (
        Self.file("{\"a\":{\(f32):[0,4]}}", size: 6),
        "m.safetensors: not a readable safetensors"
          + " file: the bytes 4..<6 of its data belong to no tensor"
      ),
      (
        Self.file("{\"a\":{\(f32):[0,8]}}", size: 8),
        "m.safetensors: tensor 'a': F32 of shape [1] does not take the 8 bytes of its offsets"
      ),
      (
        Self.file("{\"a\":{\"dtype\":\"F8\",\"shape\":[],\"data_offsets\":[0,1]}}", size: 1),
        "m.safetensors: tensor 'a': element type 'F8' is not read;"
          + " those that are: F32, F64, BF16, F16, I64, I32, U8, BOOL"
      ),
      (
        Self.file("{\"__metadata__\":{\"epoch\":3}}", size: 0),
        "m.safetensors: not a readable"
          + " safetensors file: the metadata 'epoch' is not a string"
      ),
    ]
    for (bytes, message) in cases {
      let error = #expect(throws: WeightsError.self) { try Self.parse(bytes) }
      #expect(error?.description == message)
    }
  }

  @Test("a missing file, a missing folder and a truth value of 2 are errors")
  func files() throws {
    #expect(throws: WeightsError.file(.missing(path: "/no/such.safetensors"))) {
      try Safetensors.read("/no/such.safetensors")
    }
    #expect(throws: WeightsError.self) { try Safetensors.write([:], to: "/no/such/a.safetensors") }
    var bytes = Self.file(
      "{\"t\":{\"dtype\":\"BOOL\",\"shape\":[1],\"data_offsets\":[0,1]}}", size: 0)
    bytes.append(2)
    let error = #expect(throws: WeightsError.self) { try Self.parse(bytes) }
    #expect(error?.description == "m.safetensors: tensor 't': a BOOL is 0 or 1, one here is 2")
  }

  @Test("a shape that overflows is an error, with and without an empty dimension")
  func overflow() {
    for shape in ["4611686018427387904,4", "0,4611686018427387904,4611686018427387904"] {
      let header = "{\"a\":{\"dtype\":\"F32\",\"shape\":[\(shape)],\"data_offsets\":[0,0]}}"
      #expect(throws: WeightsError.self) { try Self.parse(Self.file(header, size: 0)) }
    }
  }

  @Test("every damaged file gives a value or an error, never a trap")
  func fuzz() throws {
    let fuzz = Fuzz(try Self.bytes(Self.sample, ["a": "b"]), key: RandomKey(seed: 1))
    var read = 0
    for index in 0..<4000 {
      do throws(WeightsError) {
        _ = try Self.parse(fuzz.mutant(index))
        read += 1
      } catch {
        #expect(!error.description.isEmpty)
      }
    }
    #expect(read < 4000)
  }

  @Test("what could not be read back is not written")
  func tooLongAHeader() throws {
    try withTemporaryFolder { folder in
      let path = FilePath.join(folder, "x.safetensors")
      let text = String(repeating: "x", count: 100_000_000)
      let error = #expect(throws: WeightsError.self) {
        try Safetensors.write(StateDict(), metadata: ["a": text], to: path)
      }
      #expect(
        error?.description == "\(path): not a readable safetensors file: its header would take "
          + "100000032 bytes, at most 100000000 are read")
      #expect(!FilePath.isFile(path))
    }
  }
}
