import Datasets
import Files
import Imaging
import Randomness
import TestSupport
import Testing

/// Pictures that Pillow saved again (`Goldens/Datasets/copies.py`).
@Suite struct NearCopiesTests {
  private static let kinds = ["cropped", "half", "larger", "quality60", "same"]

  private func data(_ kinds: [String], numbers: Range<Int> = 0..<6) throws -> Dataset {
    let examples = numbers.flatMap { number in
      kinds.map { kind in
        let file = "0\(number)-\(kind).\(kind == "same" ? "png" : "jpg")"
        return Example(
          path: file, source: .file(Golden.path("Datasets/Copies/\(file)")),
          label: number % 2 == 0 ? "a" : "b", file: file)
      }
    }
    return Dataset(name: "copies", layout: .files, examples: examples)
  }

  private func found(_ data: Dataset, threads: Int = 2) -> NearCopies {
    NearCopies(data, Survey(data, threads: threads), threads: threads)
  }

  @Test(arguments: ["quality60", "half", "larger", "cropped"])
  func eachIsFoundAndNoneElse(kind: String) throws {
    let data = try data(["same", kind])
    let pairs = found(data).pairs
    #expect(
      pairs.map { [$0.left, $0.right] }.sorted { $0[0] < $1[0] }
        == (0..<6).map { [2 * $0, 2 * $0 + 1] }, "\(kind)")
    #expect(pairs.allSatisfy { $0.distance >= 0 && $0.distance <= NearCopies.greatest })
  }

  @Test func differentPicturesAreNone() throws {
    #expect(found(try data(["same"])).pairs.isEmpty)
  }

  @Test func aFamilyIsOneSet() throws {
    let data = try data(Self.kinds)
    let sets = found(data).sets(count: data.examples.count)
    #expect(sets == (0..<6).map { number in (0..<5).map { 5 * number + $0 } })
  }

  @Test func threadsChangeNothing() throws {
    let data = try data(Self.kinds)
    #expect(found(data, threads: 1) == found(data, threads: 4))
  }

  /// The same picture with other contrast is another measurement, not a copy; flat pictures show nothing.
  @Test func brightnessTellsAndFlatPicturesMatchNothing() throws {
    let bytes = try FileBytes.read(Golden.path("Datasets/Copies/00-same.png"))
    let image = try ImageFile.decode(bytes, name: "")
    let dim = Image(
      width: image.width, height: image.height, channels: 3, pixels: image.pixels.map { $0 / 3 })
    try withTemporaryFolder { folder in
      try Fixture.file("\(folder)/a/1.png", bytes)
      try Fixture.file("\(folder)/a/2.png", PNG.encode(dim))
      for shade in 0..<4 {
        let flat = [UInt8](repeating: UInt8(40 + shade), count: 64 * 64 * 3)
        try Fixture.file(
          "\(folder)/b/\(shade).png",
          PNG.encode(Image(width: 64, height: 64, channels: 3, pixels: flat)))
      }
      #expect(found(try Dataset.open(folder)).pairs.isEmpty)
    }
  }

  @Test func equalImagesAreRepresentedByTheFirst() throws {
    var data = try data(["same", "half"], numbers: 0..<2)
    var again = data.examples[0]
    again.path = "again.png"
    data.examples.append(again)
    #expect(
      found(data).pairs.map { [$0.left, $0.right] }.sorted { $0[0] < $1[0] } == [[0, 1], [2, 3]])
  }

  @Test func aSplitThatIsDrawnKeepsThemTogether() throws {
    let data = try data(["same", "half"])
    let sets = found(data).sets(count: data.examples.count)
    var parted = 0
    for seed in 0..<12 {
      let splitter = Splitter(key: RandomKey(seed: UInt64(seed)))
      let together = try splitter.split(data, alike: sets)
      for number in 0..<6 {
        let (one, other) = (2 * number, 2 * number + 1)
        #expect(together.dataset.examples[one].split == together.dataset.examples[other].split)
      }
      #expect(together.statements.contains(.nearCopiesTogether(images: 12, sets: 6)))
      let free = try splitter.split(data).dataset
      parted += (0..<6).count { free.examples[2 * $0].split != free.examples[2 * $0 + 1].split }
    }
    #expect(parted > 0)
  }

  @Test func thePairsInTwoPartsComeFirst() throws {
    var data = try data(["same", "half"], numbers: 0..<3)
    for index in data.examples.indices { data.examples[index].split = .train }
    data.examples[5].split = .test
    data.examples[1].label = "b"
    let report = NearCopyReport(data, found(data))
    #expect(report.pairs.count == 3)
    #expect(report.crossing.map(\.right.path) == ["02-half.jpg"])
    #expect(report.contradicting.map(\.right.path) == ["00-half.jpg"])
    #expect(report.pairs.map(\.right.path).prefix(2) == ["02-half.jpg", "00-half.jpg"])
    #expect(
      report.description == "near copy: 02-same.png (train) ~ 02-half.jpg (test)")
  }

  // MARK: Real sets

  /// Smears that were photographed twice share many cells. What stands alone between two smears was looked
  /// at, and shows the same cell too; were the search to call cells alike that are not, such would be many.
  @Test(.enabled(if: RealData.has("chula-rbc12"), "\(RealData.absent)")) func cellsOfOneSlide()
    throws
  {
    let data = try Dataset.open(RealData.path("chula-rbc12"))
    let pairs = found(data).pairs
    var smears: [Set<String>: Int] = [:]
    for pair in pairs {
      let groups = [pair.left, pair.right].compactMap { data.examples[$0].group }
      smears[Set(groups), default: 0] += 1
    }
    // 22,106 images: 430 pairs of 51 pairs of smears, 13 of which have one pair only.
    #expect((400...460).contains(pairs.count), "\(pairs.count)")
    #expect(smears.values.count { $0 == 1 } <= 16)
    #expect(smears[["smear_251", "smear_252"]].map { $0 > 30 } == true)
    #expect(smears.keys.allSatisfy { $0.count == 2 })
  }

  /// 15 pairs in 2,527 pictures: 14 of one object photographed twice from one place, and one of two bottles.
  @Test(.enabled(if: RealData.has("trashnet"), "\(RealData.absent)")) func thingsOnATable() throws {
    let data = try Dataset.open(RealData.path("trashnet"))
    let report = NearCopyReport(data, found(data))
    #expect((12...18).contains(report.pairs.count), "\(report.pairs.count)")
    #expect(report.contradicting.isEmpty)
    let names = report.pairs.map { [$0.left.path, $0.right.path] }
    #expect(names.contains(["images/plastic/plastic118.jpg", "images/plastic/plastic137.jpg"]))
  }
}
