import Datasets
import Files
import Imaging
import Randomness
import TestSupport
import Testing

@Suite struct PixelFilesTests {
  private struct Expected: Decodable {
    let grayTrain3: [UInt8]
    let colourTest1: [UInt8]
  }

  private func idx(_ shape: [Int], _ bytes: [UInt8]) -> [UInt8] {
    [0, 0, 8, UInt8(shape.count)]
      + shape.flatMap { axis in [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: axis >> $0) } }
      + bytes
  }

  @Test func medMNISTAsNumpyWroteIt() throws {
    let expected: Expected = try Golden.load("Datasets/datasets.json")
    let gray = try Dataset.open(Golden.path("Datasets/gray.npz"))
    #expect(gray.layout == .medMNIST)
    #expect(gray.examples.count == 21)
    #expect(gray.splits == [.train, .val, .test])
    #expect(gray.examples[3].path == "train/03")
    #expect(gray.examples[3].label == "0")
    let image = try gray.image(at: 3)
    #expect(image.size == ImageSize(width: 3, height: 4))
    let rgb: [UInt8] = expected.grayTrain3.flatMap { [$0, $0, $0] }
    #expect(image.pixels == rgb)
    let colour = try Dataset.open(Golden.path("Datasets/colour.npz"))
    let test = try colour.labelled(.test, classes: colour.trainingClasses())
    #expect(try colour.image(at: test.indices[1]).pixels == expected.colourTest1)
    #expect(test.labels == [0, 1, 0, 1])
  }

  @Test(arguments: [false, true])
  func idxFolders(packed: Bool) throws {
    try withTemporaryFolder { folder in
      let pixels = (0..<12).map { UInt8($0) }
      for (name, bytes) in [
        ("train-images-idx3-ubyte", idx([2, 2, 3], pixels)),
        ("train-labels-idx1-ubyte", idx([2], [7, 3])),
        ("t10k-images-idx3-ubyte", idx([1, 1, 1], [200])),
        ("t10k-labels-idx1-ubyte", idx([1], [3])),
      ] {
        let path = "\(folder)/\(name)" + (packed ? ".gz" : "")
        try Fixture.file(path, packed ? gzipped(bytes) : bytes)
      }
      let data = try Dataset.open(folder)
      #expect(data.layout == .idx)
      #expect(data.examples.map(\.path) == ["train/0", "train/1", "test/0"])
      #expect(data.examples.map(\.label) == ["7", "3", "3"])
      let second: [UInt8] = (6..<12).flatMap { [$0, $0, $0] }
      #expect(try data.image(at: 1).pixels == second)
      #expect(try data.image(at: 2).pixels == [200, 200, 200])
      #expect(try data.bytes(at: 0) == [0, 1, 2, 3, 4, 5])
      try Fixture.file("\(folder)/train-labels-idx1-ubyte" + (packed ? ".gz" : ""), idx([1], [7]))
      #expect(
        Fixture.message(folder)
          == "DIR/train-labels-idx1-ubyte\(packed ? ".gz" : ""):"
          + " expected 2 labels, one per image, found [1]")
    }
  }

  /// What a packed file says of itself is weighed before it is unpacked.
  @Test func bombsAreRefusedByTheirHeaders() throws {
    try withTemporaryFolder { folder in
      try Fixture.file("\(folder)/train-labels-idx1-ubyte.gz", gzipped(idx([1], [7])))
      let images = "train-images-idx3-ubyte.gz"
      let huge = idx([60_000_000, 280, 280], [UInt8](repeating: 0, count: 1000))
      try Fixture.file("\(folder)/\(images)", gzipped(huge))
      #expect(
        Fixture.message(folder).contains("\(images): would take 4704000 MB unpacked"))
      let longer = idx([1, 2, 2], [UInt8](repeating: 0, count: 100_000))
      try Fixture.file("\(folder)/\(images)", gzipped(longer))
      #expect(Fixture.message(folder).contains("\(images): holds more than 20 bytes"))
    }
  }

  @Test func damagedFilesAreErrorsOrData() throws {
    try withTemporaryFolder { folder in
      try Fixture.file("\(folder)/train-labels-idx1-ubyte", idx([2], [7, 3]))
      let images = Fuzz(idx([2, 2, 3], (0..<12).map { $0 }), key: RandomKey(seed: 31))
      let archive = Fuzz(
        try FileBytes.read(Golden.path("Datasets/gray.npz")), key: RandomKey(seed: 32))
      for index in 0..<1000 {
        try Fixture.file("\(folder)/train-images-idx3-ubyte", images.mutant(index))
        if let data = try? Dataset.open(folder) { _ = try data.image(at: 0) }
        try Fixture.file("\(folder)/m.npz", archive.mutant(index))
        if let data = try? Dataset.open("\(folder)/m.npz") { _ = try data.image(at: 0) }
      }
    }
  }

  @Test(.enabled(if: RealData.has("fashion-mnist"), "\(RealData.absent)"))
  func fashionMNIST() throws {
    let data = try Dataset.open(RealData.path("fashion-mnist"))
    let classes = try data.trainingClasses()
    #expect(classes.names == (0...9).map(String.init))
    let train = try data.labelled(.train, classes: classes)
    #expect(train.counts == [Int](repeating: 6000, count: 10))
    #expect(try data.labelled(.test, classes: classes).count == 10_000)
    let tail = try data.longTailed(imbalance: 100, key: RandomKey(seed: 0))
    #expect(
      try tail.labelled(.train, classes: classes).counts
        == [6000, 3596, 2156, 1292, 774, 464, 278, 166, 100, 60])
    #expect(try tail.labelled(.test, classes: classes).count == 10_000)
    #expect(data.examples[0].label == "9")
  }
}
