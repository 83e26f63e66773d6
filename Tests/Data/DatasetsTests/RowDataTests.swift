import Datasets
import Randomness
import TestSupport
import Testing

/// What was made for images, on rows of numbers.
@Suite struct RowDataTests {
  private func data(_ rows: [[Float]], _ labels: [String], _ splits: [Split?]) -> Dataset {
    let examples = rows.indices.map {
      Example(
        path: "r\($0)", source: .row($0), label: labels[$0], split: splits[$0], file: "t.csv",
        line: $0 + 2)
    }
    return Dataset(
      name: "made", layout: .features, examples: examples,
      rows: RowStore(features: rows.flatMap { $0 }, width: rows[0].count))
  }

  @Test func equalRowsAreFoundByTheirValues() {
    let data = data(
      [[1, 2], [3, 4], [1, 2], [5, 6]], ["a", "b", "b", "a"], [.train, .train, .test, .test])
    let survey = Survey(data, threads: 2)
    #expect(
      survey.facts.allSatisfy { $0.failure == nil && $0.size == nil && $0.fingerprint == nil })
    #expect(survey.facts.allSatisfy { $0.format == nil && $0.type == nil && $0.pixels == nil })
    #expect(survey.equalImages == [[0, 2]])
    let report = LeakageReport(data, survey)
    #expect(report.description == "same values: r0 (train) = r2 (test)")
    #expect(
      report.warnings == ["same values, different labels: r0 (a) = r2 (b); decide which is right"])
    #expect(NearCopies(data, survey, threads: 2) == .none)
    #expect(PixelCensus(survey) == PixelCensus())
    #expect(IntensityEstimate(data, survey).scale == nil)
    let found = Inspection(data, survey)
    #expect(found.width == nil && found.channels.isEmpty && found.formats.isEmpty)
    #expect(found.unreadable.isEmpty && found.layout == .features && found.images == 4)
    #expect(found.problems.count == 1 && found.problems[0].contains("same values"))
  }

  @Test(.enabled(if: RealData.has("timeseries-PLAID"), "\(RealData.absent)"))
  func isSplitThinnedAndDroppedAsImagesAre() throws {
    let data = try Dataset.open(RealData.path("timeseries-PLAID"), dropping: ["10"])
    #expect(data.examples.count == 1074 - 26)
    let tailed = try data.longTailed(imbalance: 20, key: RandomKey(seed: 1))
    let classes = try tailed.trainingClasses()
    let counts = try tailed.labelled(.train, classes: classes).counts
    #expect(counts.count == 10 && counts[0] == 33 && counts.min() == 4)
    let test = try tailed.labelled(.test, classes: classes)
    #expect(test.count == 537 - 13)
    // Each example still knows its own numbers.
    let rows = try #require(tailed.rows)
    for example in tailed.examples.suffix(20) {
      guard case .row(let number) = example.source else { return #expect(Bool(false)) }
      #expect(example.path == "PLAID_TEST.ts#\(number - 537)")
      #expect((100...1344).contains(rows.steps(of: number)))
    }
    #expect(tailed.digest != data.digest)
    // Split anew, stratified by class.
    var whole = data
    for index in whole.examples.indices { whole.examples[index].split = nil }
    let survey = Survey(whole, threads: 2)
    let result = try Splitter(key: RandomKey(seed: 3)).split(whole, together: survey.equalImages)
    for split in Split.allCases {
      let labels = Set(result.dataset.examples.filter { $0.split == split }.compactMap(\.label))
      #expect(labels.count == 10, "\(split)")
    }
    #expect(LeakageReport(result.dataset, survey).isClean)
  }
}
