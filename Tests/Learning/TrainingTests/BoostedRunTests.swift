import Batches
import Datasets
import Evaluation
import Files
import Inference
import Methods
import Networks
import Plans
import Randomness
import Runs
import Sampling
import Targets
import TestSupport
import Testing
import Torch
import Training

/// Whole runs of boosted trees on labels, grades and numbers.
@Suite(
  .enabled(
    if: (try? GradientBoosting.checkLibrary()) != nil,
    "LightGBM is not installed; see STEELYARD_LIGHTGBM"))
struct BoostedRunTests {
  private static var method: GradientBoosting {
    var method = GradientBoosting()
    (method.rounds, method.patience, method.least, method.leaves) = (12, 5, 5, 4)
    return method
  }

  /// Rows of three numbers, and what follows from the first.
  private static func set(
    _ count: Int, seed: UInt64, _ truths: ([Double]) -> Truths
  ) -> ExampleSet {
    var source = RandomSource(seed: seed)
    let numbers = (0..<3 * count).map { _ in source.normal() }
    let first = (0..<count).map { numbers[3 * $0] + 0.3 * source.normal() }
    return ExampleSet(
      paths: (0..<count).map { "set\(seed)/\($0)" }, truths: truths(first),
      content: .rows(
        RowStore(features: numbers.map { Float($0) }, width: 3), members: Array(0..<count)))
  }

  /// A label, one that every third row does not know, and one that all rows have.
  private static func labels(_ first: [Double]) -> Truths {
    .labels(
      LabelTable(
        first.enumerated().flatMap { row, x -> [Bool?] in
          [x > 0, row % 3 == 1 ? nil : x > 0.7, true]
        }, width: 3))
  }

  private static func grades(_ first: [Double]) -> Truths {
    .classes(first.map { $0 < -0.3 ? 0 : $0 < 0.8 ? 1 : 2 })
  }

  private static func numbers(_ first: [Double]) -> Truths { .numbers(first.map { 50 + 10 * $0 }) }

  private func tiny(
    _ names: [String], _ target: TargetKind, by metric: SelectionMetric, folder: String,
    _ truths: ([Double]) -> Truths
  ) throws -> TinyRun {
    var tiny = try TinyRun(Self.method, epochs: 1, folder: folder)
    tiny.take(
      rows: try TrainingData(
        classes: names, train: Self.set(120, seed: 1, truths), val: Self.set(50, seed: 2, truths),
        test: Self.set(30, seed: 3, truths)), target: target, by: metric)
    return tiny
  }

  /// Stopped anywhere and resumed, the bytes are those of a run that was not, and the model answers as the run did.
  @Test func labelsEndWithTheSameBytes() throws {
    try withTemporaryFolder { folder in
      let tiny = try tiny(
        ["a", "b", "always"], .labels, by: .averagePrecisionMacro, folder: folder, Self.labels)
      try tiny.expectSameBytes(stoppedEvery: 7)
      let directory = try RunDirectory(existing: folder + "/whole")
      let (network, description) = try ModelFile.read(directory.model, on: .cpu)
      #expect(description.method == "lightgbm" && network.form.decoding == .labels)
      let table = try LabelPredictions.read(directory.predictions("test"))
      let again = try Predictor(batchSize: 7, workers: 1, autocast: nil, device: .cpu)
        .labelPredictions(
          on: try #require(tiny.data.test), by: network, labels: description.classes,
          description.preprocessing)
      #expect(difference(again.probabilities, table.probabilities, absolute: 1e-6) == nil)
      for row in 0..<30 {
        #expect(close(table.probabilities[3 * row + 2], 1, absolute: 1e-5))
      }
      // Each booster as LightGBM writes it; of the label that all have there is none.
      #expect(FilePath.isFile(directory.trees(1)) && FilePath.isFile(directory.trees(2)))
      #expect(!FilePath.isFile(directory.trees(3)) && !FilePath.isFile(directory.trees))
    }
  }

  /// Grades end with the same bytes, and what the stored model says again is what the run wrote.
  private func gradesComeBack(
    _ tiny: inout TinyRun, in folder: String, decoding: Decoding, straightens: Bool
  ) throws {
    tiny.plan.areGrades = true
    try tiny.expectSameBytes(stoppedEvery: 7)
    let directory = try RunDirectory(existing: folder + "/whole")
    let (network, description) = try ModelFile.read(directory.model, on: .cpu)
    #expect(network.form.decoding == decoding && network.heads[0].classes == 2)
    let table = try Predictions.read(directory.predictions("test"))
    let again = try Predictor(batchSize: 7, workers: 1, autocast: nil, device: .cpu)
      .predictions(
        on: try #require(tiny.data.test), by: network, classes: description.classes,
        description.preprocessing)
    #expect(difference(again.probabilities, table.probabilities, absolute: 1e-6) == nil)
    #expect((again.straightenedWords != nil) == straightens)
    #expect(FilePath.isFile(directory.trees(1)) && FilePath.isFile(directory.trees(2)))
  }

  /// Each threshold of the rows that have come so far: products of answers, so that no row is straightened.
  @Test func gradesThatAskOnwardCrossNowhere() throws {
    try withTemporaryFolder { folder in
      var tiny = try tiny(
        ["none", "mild", "severe"], .classes, by: .mcc, folder: folder, Self.grades)
      var method = Self.method
      method.grades = "onward"
      tiny.plan.method = method
      try gradesComeBack(&tiny, in: folder, decoding: .corn, straightens: false)
    }
  }

  @Test func gradesEndWithTheSameBytes() throws {
    try withTemporaryFolder { folder in
      var tiny = try tiny(
        ["none", "mild", "severe"], .classes, by: .mcc, folder: folder, Self.grades)
      try gradesComeBack(&tiny, in: folder, decoding: .cumulative, straightens: true)
      // Where nobody says that they are grades, classes are told apart together.
      tiny.plan.areGrades = false
      let classes = try tiny.directory("classes")
      _ = try tiny.trainer(in: classes).run()
      #expect(try ModelFile.read(classes.model, on: .cpu).network.form.decoding == .softmax)
      #expect(FilePath.isFile(classes.trees))
      // That is another run, which is not gone on with.
      let whole = try RunDirectory(existing: folder + "/whole")
      #expect(throws: RunError.self) { try tiny.trainer(in: whole, resuming: true) }
    }
  }

  @Test func numbersEndWithTheSameBytes() throws {
    try withTemporaryFolder { folder in
      let tiny = try tiny(["age"], .number, by: .mae, folder: folder, Self.numbers)
      try tiny.expectSameBytes(stoppedEvery: 3)
      let directory = try RunDirectory(existing: folder + "/whole")
      let (network, description) = try ModelFile.read(directory.model, on: .cpu)
      #expect(network.form.decoding == .value && description.isOfNumbers)
      let table = try NumberPredictions.read(directory.predictions("test"))
      let again = try Predictor(batchSize: 7, workers: 1, autocast: nil, device: .cpu)
        .numberPredictions(
          on: try #require(tiny.data.test), by: network, try #require(description.number),
          description.preprocessing)
      #expect(difference(again.predicted, table.predicted, absolute: 1e-4) == nil)
      #expect(FilePath.isFile(directory.trees))
    }
  }
}
