import Datasets
import Foundation
import Imaging
import TestSupport
import Testing

/// The scale of a set of images whose samples do not say what is black and white.
@Suite struct IntensityEstimateTests {
  private struct Golden18: Decodable {
    let values: [String: [Double]]
    let ends: [String: [Double]]
  }

  /// One image a class and part: `[1, N]` samples.
  private func dataset(_ parts: [(label: String, split: Split?, values: [Double])]) -> Dataset {
    var store = PixelStore()
    var examples: [Example] = []
    for part in parts {
      let bytes = part.values.withUnsafeBytes(Array.init)
      let numbers = store.append(
        bytes, count: 1, size: ImageSize(width: part.values.count, height: 1), channels: 1,
        type: .float64)
      examples.append(
        Example(
          path: "\(examples.count)", source: .pixels(numbers.lowerBound), label: part.label,
          split: part.split, file: "made"))
    }
    return Dataset(name: "made", layout: .medMNIST, examples: examples, pixels: store)
  }

  private func bits16(_ values: [[UInt16]]) -> Dataset {
    var store = PixelStore()
    var examples: [Example] = []
    for (number, values) in values.enumerated() {
      let numbers = store.append(
        values.withUnsafeBytes(Array.init), count: 1,
        size: ImageSize(width: values.count, height: 1), channels: 1, type: .uint16)
      examples.append(
        Example(
          path: "\(number)", source: .pixels(numbers.lowerBound), label: "a", file: "made"))
    }
    return Dataset(name: "made", layout: .medMNIST, examples: examples, pixels: store)
  }

  private func estimate(_ data: Dataset) -> IntensityEstimate {
    IntensityEstimate(data, Survey(data, threads: 2, fingerprints: false))
  }

  /// The lowest low and the highest high percentile of the classes, which are NumPy's.
  @Test func percentilesAreNumPys() throws {
    let golden: Golden18 = try Golden.load("Imaging/percentiles.json")
    let data = dataset(
      golden.values.sorted { $0.key < $1.key }.map { ($0.key, .train, $0.value) })
    let scale = try #require(estimate(data).scale)
    let lows = golden.ends.values.map { $0[0] }
    let highs = golden.ends.values.map { $0[1] }
    #expect(abs(scale.low - (lows.min() ?? 0)) < 1e-9)
    #expect(abs(scale.high - (highs.max() ?? 0)) < 1e-9)
    #expect(!scale.coversUnsigned16)
    // The rare and bright class has 37 of 4037 samples; pooled, its levels would be cut off.
    let pooled = golden.values.values.flatMap { $0 }.sorted()
    #expect(scale.high > pooled[pooled.count * 995 / 1000])
  }

  @Test func onlyTheTrainingPartCounts() {
    let values = (0..<1000).map(Double.init)
    let data = dataset([("a", .train, values), ("a", .test, values.map { $0 * 100 })])
    #expect(abs((estimate(data).scale?.high ?? 0) - 994.005) < 1e-9)
    let whole = dataset([("a", nil, values), ("b", nil, values.map { $0 * 100 })])
    #expect((estimate(whole).scale?.high ?? 0) > 90_000)
  }

  @Test func aHotPixelAndNaNMoveNothing() {
    let values = (0..<1000).map(Double.init)
    let clean = estimate(dataset([("a", nil, values)])).scale
    var spoilt = values
    spoilt[500] = 1e12
    let hot = estimate(dataset([("a", nil, spoilt)])).scale
    #expect(abs((hot?.high ?? 0) - (clean?.high ?? 0)) < 1.01)
    let holed = estimate(dataset([("a", nil, values + [.nan, .infinity, -.infinity])])).scale
    #expect(holed == clean)
  }

  @Test func oneValueAloneStillGivesAScale() throws {
    let flat = estimate(dataset([("a", nil, [7, 7, 7, 7])]))
    #expect(flat.isFromExtremes)
    #expect(try #require(flat.scale).low == 7)
    // Percentiles that fall together, and extremes that do not.
    let sparse = estimate(dataset([("a", nil, [Double](repeating: 0, count: 999) + [5])]))
    #expect(sparse.isFromExtremes)
    #expect(sparse.scale == IntensityScale(low: 0, high: 5, coversUnsigned16: false))
  }

  @Test func twelveBitsInSixteenAreNoticed() throws {
    let shallow = estimate(bits16([(0..<4096).map { UInt16($0) }]))
    #expect(shallow.unsigned16High.map { $0 > 4000 && $0 < 4096 } == true)
    let scale = try #require(shallow.scale)
    #expect(scale.coversUnsigned16 && scale.high < 4096)
    let deep = estimate(bits16([(0..<4096).map { UInt16($0 * 16) }]))
    #expect(deep.scale == nil)
    #expect(deep.unsigned16High.map { $0 > 60_000 } == true)
  }

  @Test func eightBitsNeedNone() throws {
    try withTemporaryFolder { folder in
      try Fixture.images(["a/1.png", "b/2.png"], in: folder)
      let found = estimate(try Dataset.open(folder))
      #expect(found.scale == nil && found.unsigned16High == nil)
    }
  }

  /// Files of a type that the training part lacks cannot be read, and are named before training.
  @Test func whatHasNoScaleIsNamed() throws {
    try withTemporaryFolder { folder in
      try Fixture.images(["train/a/1.png", "train/b/2.png", "test/b/3.png"], in: folder)
      let float = FileManager.default.contents(
        atPath: Golden.path("Imaging/Stored/float32.tif"))
      try Fixture.file("\(folder)/test/a/4.tif", Array(try #require(float)))
      var data = try Dataset.open(folder)
      let survey = Survey(data, threads: 1)
      data.pixelReading = data.pixelReading.scaled(by: IntensityEstimate(data, survey))
      let problems = survey.scaleProblems(of: data)
      #expect(problems.first.count == 1)
      #expect(
        problems.first.first.map { "\($0)" }?.hasSuffix(
          "32-bit floating-point samples do not say which values are black and white, and no scale for"
            + " them is known; state the two values") == true, "\(problems.first)")
      data.pixelReading.scale = IntensityScale(low: -1, high: 2, coversUnsigned16: false)
      #expect(survey.scaleProblems(of: data).first.isEmpty)
    }
  }
}
