import Datasets
import Files
import Imaging
import TestSupport
import Testing

/// Arrays of images and of features that say what cannot be: each is named, none ends the programme.
@Suite struct DamagedArraysTests {
  private func idx(_ type: UInt8, _ axes: [UInt32], _ bytes: [UInt8]) -> [UInt8] {
    [0, 0, type, UInt8(axes.count)]
      + axes.flatMap { axis in withUnsafeBytes(of: axis.bigEndian) { Array($0) } } + bytes
  }

  /// What opening a folder of these two files says.
  private func message(_ images: [UInt8], _ labels: [UInt8]? = nil) throws -> String {
    try withTemporaryFolder { folder in
      try Fixture.file(folder + "/train-images-idx3-ubyte", images)
      try Fixture.file(folder + "/train-labels-idx1-ubyte", labels ?? idx(8, [2], [0, 1]))
      return Fixture.message(folder)
        .replacing("DIR/train-images-idx3-ubyte", with: "IMAGES")
        .replacing("DIR/train-labels-idx1-ubyte", with: "LABELS")
    }
  }

  @Test func filesOfMNISTThatAreNone() throws {
    let four = [UInt8](repeating: 1, count: 4)
    #expect(try message(idx(8, [2, 1, 2], four)) == "no error: 2 examples")
    #expect(try message([]) == "IMAGES: is not an IDX file")
    #expect(try message([0, 0, 8]) == "IMAGES: is not an IDX file")
    #expect(try message([1, 0, 8, 1]) == "IMAGES: is not an IDX file")
    #expect(
      try message(idx(7, [2, 1, 2], four))
        == "IMAGES: holds elements of IDX type 7; types read: 8, 9, 11, 12, 13, 14")
    #expect(try message([0, 0, 8, 0]) == "IMAGES: has a damaged IDX header")
    #expect(try message([0, 0, 8, 5] + four) == "IMAGES: has a damaged IDX header")
    #expect(try message([0, 0, 8, 3, 0, 0]) == "IMAGES: has a damaged IDX header")
    #expect(
      try message(idx(8, [2, 1, 2], [1, 2, 3]))
        == "IMAGES: expected 4 bytes of elements for shape [2, 1, 2], found 3")
    #expect(
      try message(idx(8, [.max, .max, .max], [])) == "IMAGES: has an impossible shape")
    #expect(
      try message(idx(8, [2, 2], four))
        == "IMAGES: expected images [N, H, W] or [N, H, W, 3], found [2, 2]")
    #expect(
      try message(idx(8, [2, 1, 0], []))
        == "IMAGES: expected images [N, H, W] or [N, H, W, 3], found [2, 1, 0]")
    #expect(
      try message(idx(8, [2, 1, 1, 2], four))
        == "IMAGES: expected images [N, H, W] or [N, H, W, 3], found [2, 1, 1, 2]")
    #expect(
      try message(idx(8, [2, 1, 2], four), idx(9, [2], [0, 1]))
        == "LABELS: expected 2 labels, one per image, found [2] of 8-bit signed numbers")
    #expect(
      try message(idx(8, [2, 1, 2], four), idx(8, [2, 1], [0, 1]))
        == "LABELS: expected 2 labels, one per image, found [2, 1]")
    #expect(
      try message(idx(8, [0, 1, 2], []), idx(8, [0], []))
        == "DIR: is empty, expected at least one image")
  }

  /// Larger numbers stand with their highest byte first; the digits of the place in names are as many as the last needs.
  @Test func numbersOfMNISTOfTwoBytes() throws {
    try withTemporaryFolder { folder in
      let pixels = (0..<11).flatMap { [UInt8($0), UInt8(0)] }
      try Fixture.file(folder + "/train-images-idx3-ubyte", idx(0x0B, [11, 1, 1], pixels))
      try Fixture.file(
        folder + "/train-labels-idx1-ubyte", idx(8, [11], (0..<11).map { UInt8($0 % 2) }))
      let data = try Dataset.open(folder)
      #expect(data.examples[3].path == "train/03" && data.examples[10].path == "train/10")
      let store = try #require(data.pixels)
      #expect(store.count == 11 && store.type(3) == .int16 && store.channels(3) == 1)
      #expect(try store.image(3) == nil)
      let raw = try store.stored(3).bytes.withUnsafeBytes { $0.loadUnaligned(as: Int16.self) }
      #expect(raw == 768)
    }
  }

  /// Images of several blocks, of other sizes and types, are found by their number.
  @Test func aStoreOfSeveralBlocks() throws {
    var store = PixelStore()
    #expect(store.count == 0)
    let first = store.append(
      [99, 1, 2, 3, 4], from: 1, count: 2, size: ImageSize(width: 2, height: 1), channels: 1)
    let none = store.append([], count: 0, size: ImageSize(5), channels: 3)
    let second = store.append(
      [10, 20, 30], count: 1, size: ImageSize(1), channels: 3)
    let third = store.append([1, 0], count: 1, size: ImageSize(1), channels: 1, type: .uint16)
    #expect(first == 0..<2 && none == 2..<2 && second == 2..<3 && third == 3..<4)
    #expect(store.count == 4)
    #expect(try store.image(0)?.pixels == [1, 1, 1, 2, 2, 2])
    #expect(try store.image(1)?.pixels == [3, 3, 3, 4, 4, 4])
    #expect(try store.image(2)?.pixels == [10, 20, 30] && store.image(3) == nil)
    #expect(try Array(store.raw(1)) == [3, 4] && store.stored(2).bands == 3)
    #expect(store.size(1) == ImageSize(width: 2, height: 1) && store.type(3) == .uint16)
  }

  // Archives.

  private func npy(_ descr: String, _ shape: String, _ bytes: [UInt8]) -> [UInt8] {
    let header = "{'descr': '\(descr)', 'fortran_order': False, 'shape': \(shape), }\n"
    return [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(header.utf8.count), 0] + Array(header.utf8)
      + bytes
  }

  private func archive(_ entries: [(name: String, bytes: [UInt8])]) throws -> String {
    try withTemporaryFolder { folder in
      try Fixture.file(folder + "/a.npz", zipped(entries))
      return Fixture.message(folder, "a.npz")
    }
  }

  @Test func archivesOfMedMNISTThatAreNone() throws {
    let images = (name: "train_images.npy", bytes: npy("|u1", "(2, 1, 1)", [1, 2]))
    let labels = (name: "train_labels.npy", bytes: npy("|u1", "(2, 1)", [0, 1]))
    #expect(try archive([images, labels]) == "no error: 2 examples")
    #expect(
      try archive([images]) == "DIR/a.npz: has no array 'train_labels'; it has: train_images")
    #expect(
      try archive([labels])
        == "DIR/a.npz: is empty, expected MedMNIST arrays such as train_images and train_labels")
    #expect(
      try archive([images, ("train_labels.npy", npy("|u1", "(3, 1)", [0, 1, 1]))])
        == "DIR/a.npz:train_labels: expected 2 whole numbers, one class per image, found |u1 [3, 1]"
    )
    #expect(
      try archive([images, ("train_labels.npy", npy("|u1", "(2, 2)", [0, 1, 1, 0]))])
        == "DIR/a.npz:train_labels: expected 2 whole numbers, one class per image, found |u1 [2, 2]"
    )
    #expect(
      try archive([
        images, ("train_labels.npy", npy("<f4", "(2,)", [UInt8](repeating: 0, count: 8))),
      ])
        == "DIR/a.npz:train_labels: expected 2 whole numbers, one class per image, found <f4 [2]")
    for (descr, shape, found) in [
      ("|u1", "(2, 2)", "|u1 [2, 2]"), ("|u1", "(2, 1, 1, 2)", "|u1 [2, 1, 1, 2]"),
      ("|b1", "(2, 2, 1)", "|b1 [2, 2, 1]"), ("|u1", "(2, 1, 0)", "|u1 [2, 1, 0]"),
    ] {
      let count = found.hasSuffix(" 0]") ? 0 : 4
      let other = npy(descr, shape, [UInt8](repeating: 0, count: count))
      #expect(
        try archive([("train_images.npy", other), labels])
          == "DIR/a.npz:train_images: expected images of numbers [N, H, W] or [N, H, W, 3], found \(found)"
      )
    }
  }

  /// Texts whose bytes cannot be counted, beside sound features.
  @Test(arguments: ["<U9223372036854775807", "<U4611686018427387904", "|S9223372036854775807"])
  func labelsOfImpossibleWidths(descr: String) throws {
    let found = try archive([
      ("features.npy", npy("<f4", "(1, 1)", [0, 0, 0, 0])),
      ("labels.npy", npy(descr, "(1,)", [0x61, 0, 0, 0])),
    ])
    // Bytes of one a character can be counted, and are not there.
    let reason = descr.hasPrefix("|S") ? "expected 9223372036854775807 bytes" : descr
    #expect(found.hasPrefix("DIR/a.npz:labels: ") && found.contains(reason), "\(found)")
  }

  // Tensors.

  private func tensors(_ header: String, _ data: [UInt8]) -> [UInt8] {
    let text = Array(header.utf8)
    return withUnsafeBytes(of: UInt64(text.count).littleEndian) { Array($0) } + text + data
  }

  private func message(tensors header: String, _ data: [UInt8] = []) throws -> String {
    try withTemporaryFolder { folder in
      try Fixture.file(folder + "/f.safetensors", tensors(header, data))
      return Fixture.message(folder, "f.safetensors", labels: .optional, input: .features)
    }
  }

  /// Products of axes that are 0 in 64 bits, and others beyond them, are another size than that of the data.
  @Test(arguments: [
    "[4294967296, 4294967296]", "[9223372036854775807, 2]", "[2, 9223372036854775807]",
    "[4611686018427387904, 4]", "[4611686018427387904, 1]",
  ])
  func shapesBeyondAllCounting(shape: String) throws {
    let found = try message(
      tensors: #"{"features":{"dtype":"F32","shape":\#(shape),"data_offsets":[0,0]}}"#)
    #expect(found == "DIR/f.safetensors:features: has another size than its shape \(shape)")
  }

  @Test(arguments: [
    #"{"dtype":"F32","shape":[1,1],"data_offsets":[0,5]}"#,
    #"{"dtype":"F32","shape":[1,1],"data_offsets":[3,2]}"#,
    #"{"dtype":"F32","shape":[1,1],"data_offsets":[0]}"#,
    #"{"dtype":"F32","shape":[1,-1],"data_offsets":[0,4]}"#,
    #"{"dtype":"F32","shape":[1,1.0],"data_offsets":[0,4]}"#,
    #"{"shape":[1,1],"data_offsets":[0,4]}"#,
    #"{"dtype":"F32","data_offsets":[0,4]}"#,
    #"{"dtype":"F32","shape":[1,1],"data_offsets":[0,99999999999999999999]}"#,
  ])
  func tensorsThatLieElsewhere(entry: String) throws {
    #expect(
      try message(tensors: #"{"features":\#(entry)}"#, [0, 0, 0x80, 0x3F])
        == "DIR/f.safetensors: has a tensor 'features' that does not lie in it as it says")
  }

  @Test func headersThatAreNone() throws {
    #expect(
      try message(tensors: #"{"features":3}"#) == "DIR/f.safetensors: has a damaged header")
    #expect(
      try message(tensors: #"[]"#) == "DIR/f.safetensors: has a header that is no JSON object")
    #expect(
      try message(tensors: "{}")
        == "DIR/f.safetensors: has no tensor 'features' or 'X', nor a single one of two axes; it has: "
    )
  }

  /// A line feed divides texts, whatever stands before it; a carriage return belongs to its text.
  @Test func textsMayEndInACarriageReturn() throws {
    try withTemporaryFolder { folder in
      let texts = Array("a\r\nb\r\n".utf8)
      let header =
        #"{"features":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]},"#
        + #""ids":{"dtype":"U8","shape":[6],"data_offsets":[8,14]}}"#
      try Fixture.file(
        folder + "/f.safetensors", tensors(header, [0, 0, 0x80, 0x3F, 0, 0, 0, 0x40] + texts))
      let data = try Dataset.open(folder + "/f.safetensors", labels: .optional)
      #expect(data.examples.map { Array($0.path.utf8) } == [Array("a\r".utf8), Array("b\r".utf8)])
      #expect(data.rows?.values(0) == [1] && data.rows?.values(1) == [2])
    }
  }

  // Words.

  /// What a list of many things calls them.
  @Test func longListsNameWhatTheyAreOf() {
    let twenty = (1...20).map(String.init).joined(separator: ", ")
    #expect(
      DataProblem(.unequalChannels(Array(1...25)), at: "s.ts:9").description
        == "s.ts:9: the dimensions of the series differ in length (\(twenty), … (25 dimensions)); all dimensions of one"
        + " series have the same steps")
    #expect(
      DataProblem(.unknownClass("x", known: (1...21).map(String.init)), at: "t:2").description
        == "t:2: unknown class 'x'; expected one of: \(twenty), … (21 classes)")
    #expect(
      DataProblem(.unknownClass("x", known: (1...20).map(String.init)), at: "t:2").description
        == "t:2: unknown class 'x'; expected one of: \(twenty)")
  }

  /// Words of splits, with and without what people write beside them, and words that only begin alike.
  @Test(
    arguments: [
      ("TRAIN", .train), ("training set", .train), ("Train_Images", .train), ("data-train", .train),
      ("trainval", .train),
      ("valset", .val), ("Validation Data", .val), ("dev", .val), ("eval.", .val),
      ("img_val_split", .val), ("test", .test),
      ("Testing Dataset", .test), ("images/test", .test), ("test set images", .test), ("", nil),
      ("set", nil),
      ("dataset", nil), ("trainer", nil), ("contest", nil), ("train2017", nil), ("train test", nil),
      ("valley", nil),
      ("latest", nil), ("1", nil), ("тест", nil),
    ] as [(String, Split?)])
  func wordsOfSplits(word: String, split: Split?) { #expect(Split(synonym: word) == split) }
}
