import Datasets
import Files
import Foundation
import TestSupport
import Testing

/// Features in `.safetensors`, their origin, and labels of a table that is named.
@Suite struct FeatureTensorsTests {
  /// A file of tensors: names with type, shape and bytes.
  private func write(
    _ tensors: [(name: String, dtype: String, shape: [Int], bytes: [UInt8])],
    metadata: [String: String] = [:], to path: String
  ) throws {
    var (members, data) = ([String](), [UInt8]())
    if !metadata.isEmpty {
      let pairs = metadata.map { "\"\($0)\":\"\($1.replacing("\"", with: "\\\""))\"" }
      members.append("\"__metadata__\":{\(pairs.joined(separator: ","))}")
    }
    for tensor in tensors {
      let end = data.count + tensor.bytes.count
      members.append(
        "\"\(tensor.name)\":{\"dtype\":\"\(tensor.dtype)\",\"shape\":\(tensor.shape),"
          + "\"data_offsets\":[\(data.count),\(end)]}")
      data += tensor.bytes
    }
    let header = Array("{\(members.joined(separator: ","))}".utf8)
    let length = withUnsafeBytes(of: UInt64(header.count).littleEndian) { Array($0) }
    try AtomicFile.write(length + header + data, to: path)
  }

  private func bytes(_ values: [Float]) -> [UInt8] { values.withUnsafeBytes { Array($0) } }

  /// As the `safetensors` package of Python wrote them.
  @Test func asPythonWroteThem() throws {
    let data = try Dataset.open(Golden.path("Datasets/Rows/foreign.safetensors"))
    let rows = try #require(data.rows)
    #expect(rows.width == 3 && data.examples.count == 4)
    let expected: [Float] = (0..<12).map { Float($0) / 8 - 0.5 }
    #expect((0..<4).flatMap { rows.values($0) } == expected)
    #expect(data.examples.map(\.label) == ["1", "0", "2", "1"])
    #expect(data.examples[2].path == "foreign.safetensors#2")
    #expect(
      data.reading.notes.map(\.description) == [
        "read as features: it has a tensor 'embeddings'"
      ])
  }

  @Test func textsAndOrigin() throws {
    try withTemporaryFolder { folder in
      let origin = FeatureOrigin(
        architecture: "resnet20", form: nil, weights: "abc", preprocessing: "{}", views: 2)
      try write(
        [
          ("features", "F32", [2, 2], bytes([1, 2, 3, 4])),
          ("ids", "U8", [8], Array("a.png\nb\n".utf8)),
          ("labels", "U8", [8], Array("cat\ndog\n".utf8)),
          ("groups", "U8", [3], Array("p\n\n".utf8)),
          ("splits", "U8", [11], Array("train\ntest\n".utf8)),
        ], metadata: ["origin": origin.text], to: folder + "/f.safetensors")
      let data = try Dataset.open(folder + "/f.safetensors")
      #expect(data.origin == origin)
      #expect(data.examples.map(\.path) == ["a.png", "b"])
      #expect(data.examples.map(\.label) == ["cat", "dog"])
      #expect(data.examples.map(\.group) == ["p", nil])
      #expect(data.examples.map(\.split) == [.train, .test])
    }
  }

  @Test func whatIsDamagedIsSaid() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/f.safetensors"
      func message(_ bytes: [UInt8]) throws -> String {
        try AtomicFile.write(bytes, to: path)
        return Fixture.message(folder, "f.safetensors", input: .features)
      }
      #expect(try message([1, 2]) == "DIR/f.safetensors: is cut short")
      let length = withUnsafeBytes(of: UInt64(2).littleEndian) { Array($0) }
      #expect(
        try message(length + Array("{]".utf8))
          == "DIR/f.safetensors: has a header that is no JSON object")
      try write([("features", "F32", [1, 3], bytes([1, 2]))], to: path)
      #expect(
        Fixture.message(folder, "f.safetensors", input: .features)
          == "DIR/f.safetensors:features: has another size than its shape [1, 3]")
      try write([("features", "F8_E4M3", [1, 1], [0])], to: path)
      #expect(
        Fixture.message(folder, "f.safetensors", input: .features)
          == "DIR/f.safetensors:features: holds elements of type 'F8_E4M3'; types read: BF16, F16, F32,"
          + " F64, I32, I64, U8")
      try write(
        [("features", "F32", [2, 1], bytes([1, 2])), ("ids", "U8", [2], Array("a\n".utf8))],
        to: path)
      #expect(
        Fixture.message(folder, "f.safetensors", input: .features)
          == "DIR/f.safetensors:ids: expected 2 entries, one for each row of the features, found 1")
    }
  }

  /// bfloat16 is the upper half of float32: 1, −3, 0.15625 (1.25 · 2⁻³), its smallest number above 1, and one far from 1.
  @Test func halvesOfSinglePrecisionAreWidened() throws {
    try withTemporaryFolder { folder in
      let halves: [UInt16] = [0x3F80, 0xC040, 0x3E20, 0x3F81, 0x7E80, 0x8000]
      let data = halves.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
      try write([("features", "BF16", [2, 3], data)], to: folder + "/f.safetensors")
      let rows = try #require(
        try Dataset.open(folder + "/f.safetensors", labels: .optional).rows)
      #expect(rows.values(0) == [1, -3, 0.15625])
      #expect(rows.values(1) == [1.0078125, 0x1p126, 0])
      try write(
        [("features", "BF16", [1, 2], [0, 0x3F, 0xC0, 0x7F])], to: folder + "/n.safetensors")
      #expect(
        Fixture.message(folder, "n.safetensors", input: .features).contains(
          "n.safetensors:features"))
      try write([("features", "BF16", [1, 2], [0, 0])], to: folder + "/s.safetensors")
      #expect(
        Fixture.message(folder, "s.safetensors", input: .features)
          == "DIR/s.safetensors:features: has another size than its shape [1, 2]")
    }
  }

  /// A table that is named counts before what stands in the file, and is joined by the names of the rows.
  @Test func labelsOfATableThatIsNamed() throws {
    try withTemporaryFolder { folder in
      let npy = NpyArray(dtype: .float32, shape: [3, 1], bytes: bytes([1, 2, 3])).encoded()
      try NpzWriter.write(
        [
          (name: "features", npy: npy), (name: "ids", npy: NpyText(["a", "b", "c"]).encoded()),
          (name: "labels", npy: NpyText(["x", "x", "y"]).encoded()),
        ], to: folder + "/f.npz")
      try Fixture.file(
        "\(folder)/t.csv", "path,label,patient_id,split\nc,z,1,test\na,w,2,train\nb,,3,train\n")
      let data = try Dataset.open(
        folder + "/f.npz", labels: .optional, rowLabels: folder + "/t.csv")
      #expect(data.examples.map(\.label) == ["w", "x", "z"])
      #expect(data.examples.map(\.group) == ["2", "3", "1"])
      #expect(data.examples.map(\.split) == [.train, .train, .test])
      #expect(throws: DatasetError.labelsWithoutRows(path: folder, labels: "t.csv")) {
        try Dataset.open(folder, input: .images, rowLabels: "t.csv")
      }
    }
  }

  /// Names on both sides of which none agree are no rows in order; without a column of names they are.
  @Test func namesThatDoNotAgreeAreNotJoinedInOrder() throws {
    try withTemporaryFolder { folder in
      let features = folder + "/f.npz"
      let npy = NpyArray(dtype: .float32, shape: [3, 1], bytes: bytes([1, 2, 3])).encoded()
      try NpzWriter.write(
        [
          (name: "features", npy: npy),
          (name: "ids", npy: NpyText(["a/0.png", "a/1.png", "b/2.png"]).encoded()),
        ], to: features)
      func error(_ table: String) -> DatasetError {
        .otherRowNames(
          path: table, column: "path", name: "imgs/b/2.png", features: features, rows: 3,
          first: "a/0.png")
      }
      let text = "path,label\nimgs/b/2.png,z\nimgs/a/1.png,y\nimgs/a/0.png,x\n"
      try Fixture.file("\(folder)/named.csv", text)
      #expect(throws: error("\(folder)/named.csv")) {
        try Dataset.open(features, rowLabels: "\(folder)/named.csv")
      }
      try Fixture.file("\(folder)/plain.csv", "label\nx\ny\nz\n")
      let plain = try Dataset.open(features, rowLabels: "\(folder)/plain.csv")
      #expect(plain.examples.map(\.label) == ["x", "y", "z"])
      // Beside the features it is the same; to predict on, it is left alone with a note.
      try Fixture.file("\(folder)/f.labels.csv", text)
      #expect(throws: error("\(folder)/f.labels.csv")) { try Dataset.open(features) }
      let unlabelled = try Dataset.open(features, labels: .optional)
      #expect(unlabelled.examples.allSatisfy { $0.label == nil })
      #expect(
        unlabelled.reading.notes.last?.description
          == "the labels of f.labels.csv are not read: its column 'path' names none of the 3 rows")
    }
  }

  /// A byte for each row is the number of its class; more bytes are texts, a line each.
  @Test func bytesAreClassesToo() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/f.safetensors"
      try write(
        [
          ("features", "F32", [3, 1], bytes([1, 2, 3])), ("labels", "U8", [3], [2, 0, 200]),
        ], to: path)
      #expect(try Dataset.open(path).examples.map(\.label) == ["2", "0", "200"])
    }
  }

  private func descriptions(_ data: Dataset) -> [String] { data.reading.notes.map(\.description) }

  /// Several labels a row are not read from tensors: a table beside them decides, and that the tensor does not is said.
  @Test func labelsThatArePassedOverAreNamed() throws {
    try withTemporaryFolder { folder in
      let labels: [Int64] = [1, 1, 1, 0, 0, 1]
      try write(
        [
          ("features", "F32", [3, 3], bytes([1, 2, 3, 4, 5, 6, 7, 8, 9])),
          ("labels", "I64", [3, 2], labels.withUnsafeBytes { Array($0) }),
        ], to: folder + "/f.safetensors")
      try Fixture.file("\(folder)/labels.csv", "label\nb\na\na|b\n")
      let several = try Dataset.open(folder + "/f.safetensors", labels: .several)
      #expect(several.labelNames == ["a", "b"])
      let first: [Bool?] = [false, true]
      #expect(several.examples[0].labels == first)
      let notes = descriptions(several)
      let passedOver =
        "the labels of the tensor 'labels' are not read: where an example may have several, they stand in an array"
        + " 'labels' [N, L] of an .npz, or in labels.csv"
      #expect(notes.contains(passedOver), "\(notes)")
      // To predict on, labels are not needed, and several columns are no classes.
      try FileManager.default.removeItem(atPath: folder + "/labels.csv")
      let words =
        "the labels of 'labels' are not read: it has several columns, and so no class a row"
      let tensors = try Dataset.open(folder + "/f.safetensors", labels: .optional)
      #expect(tensors.examples.allSatisfy { $0.label == nil })
      #expect(descriptions(tensors).contains(words), "\(tensors.reading.notes)")
      let table = NpyArray(dtype: .uint8, shape: [3, 2], bytes: [1, 1, 1, 0, 0, 1])
      let features = NpyArray(dtype: .float32, shape: [3, 1], bytes: bytes([1, 2, 3]))
      try NpzWriter.write(
        [(name: "features", npy: features.encoded()), (name: "labels", npy: table.encoded())],
        to: folder + "/f.npz")
      let arrays = try Dataset.open(folder + "/f.npz", labels: .optional)
      #expect(arrays.examples.allSatisfy { $0.label == nil })
      #expect(descriptions(arrays).contains(words), "\(arrays.reading.notes)")
    }
  }

  /// The origin alone is that of the whole data, in every form.
  @Test func theOriginIsFoundWithoutTheFeatures() throws {
    try withTemporaryFolder { folder in
      let origin = FeatureOrigin(
        architecture: "resnet20", form: nil, weights: "abc", preprocessing: "{}", views: 1)
      let npy = NpyArray(dtype: .float32, shape: [2, 1], bytes: bytes([1, 2])).encoded()
      try NpzWriter.write(
        [(name: "features", npy: npy), (name: "origin", npy: NpyText([origin.text]).encoded())],
        to: folder + "/features.npz")
      try write(
        [("features", "F32", [2, 1], bytes([1, 2]))], metadata: ["origin": origin.text],
        to: folder + "/f.safetensors")
      try AtomicFile.write(origin.text, to: folder + "/t.origin.json")
      for name in ["features.npz", "f.safetensors", "t.csv"] {
        #expect(try FeatureOrigin.found(at: "\(folder)/\(name)") == origin, "\(name)")
      }
      #expect(try FeatureOrigin.found(at: folder) == origin)
      #expect(try FeatureOrigin.found(at: folder + "/u.csv") == nil)
    }
  }

  /// The origin of features in a form that has no place for it lies beside them.
  @Test func theOriginBesideAFile() throws {
    try withTemporaryFolder { folder in
      let origin = FeatureOrigin(
        architecture: "resnet20", form: nil, weights: "abc", preprocessing: "{}", views: 1)
      try AtomicFile.write(origin.text, to: FeatureOrigin.file(beside: folder + "/f.csv"))
      try Fixture.file("\(folder)/f.csv", "path,label,feature_0\na,x,1\nb,y,2\n")
      #expect(FeatureOrigin.file(beside: folder + "/f.csv") == folder + "/f.origin.json")
      #expect(try Dataset.open(folder + "/f.csv").origin == origin)
    }
  }
}
