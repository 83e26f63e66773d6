import Batches
import Datasets
import Foundation
import Networks
import Randomness
import TestSupport
import Testing
import Torch

@Suite struct RowInputsTests {
  /// Three series of two channels, with 1, 3 and 2 steps.
  private let series = RowStore(
    series: [1, 10, 2, 3, 4, 20, 30, 40, 5, 6, 50, 60], channels: 2, steps: [1, 3, 2])
  private let plain = Standardization(
    input: .series, names: ["channel_0", "channel_1"], mean: [0, 10], std: [1, 10])

  private func inputs(_ source: RowInputs, _ rows: [Int]) throws -> Inputs {
    var found: Inputs?
    try source.run(
      [StepRequest(streams: [rows], key: RandomKey(seed: 0))], views: [.standard]
    ) { found = try $0.inputs(stream: 0, on: .cpu) }
    return try #require(found)
  }

  /// By hand: each channel by its own mean and deviation, zeros behind the end of a series.
  @Test func padsToTheLongestOfTheBatch() throws {
    let source = RowInputs(series, members: [2, 0, 1], standardization: plain)
    #expect(source.lengths == [2, 1, 3])
    let batch = try inputs(source, [0, 1])
    #expect(batch.values.shape == [2, 2, 2])
    #expect(batch.values.scalars(as: Float.self) == [5, 6, 4, 5, 1, 0, 0, 0])
    #expect(batch.lengths == [2, 1])
    #expect(try inputs(source, [2]).values.shape == [1, 2, 3])
  }

  @Test func featuresHaveNoSteps() throws {
    let rows = RowStore(features: [1, 2, 3, 4, 5, 6], width: 3)
    let source = RowInputs(
      rows, members: [1, 0],
      standardization: Standardization(
        input: .features, names: rows.names, mean: [1, 2, 3], std: [1, 2, 4]))
    let batch = try inputs(source, [0, 1, 0])
    #expect(source.lengths == nil && batch.lengths == nil)
    #expect(batch.values.shape == [3, 3])
    #expect(batch.values.scalars(as: Float.self) == [3, 1.5, 0.75, 0, 0, 0, 3, 1.5, 0.75])
  }

  /// Evaluation goes from the longest to the shortest, each row once.
  @Test func everyRowOnceFromTheLongest() {
    let source = RowInputs(series, members: [0, 1, 2], standardization: plain)
    #expect(source.everyRow(batchSize: 2).map(\.streams) == [[[1, 2]], [[0]]])
  }
}

@Suite struct StandardizationTests {
  /// Mean and deviation over all steps of all training rows, with the denominator n; by hand.
  @Test func ofSeries() {
    let rows = RowStore(
      series: [1, 3, 5, 100, 200, 300, 7, 400, 0, 0], channels: 2, steps: [3, 1, 1])
    let fitted = Standardization(of: rows, members: [0, 1])
    #expect(fitted.mean == [4, 250])
    #expect(difference(fitted.std, [5, 12_500].map { $0.squareRoot() } as [Double]) == nil)
    #expect(fitted.names == ["channel_0", "channel_1"] && fitted.input == .series)
  }

  /// Each series by its own mean and deviation, whatever its size; a constant is centred. By hand.
  @Test func eachByItself() throws {
    let rows = RowStore(series: [1, 3, 100, 300, 5, 5], channels: 1, steps: [2, 2, 2])
    let fitted = Standardization(of: rows, members: [0, 1], each: true)
    var found: [Float] = []
    try RowInputs(rows, members: [0, 1, 2], standardization: fitted).run(
      [StepRequest(streams: [[0, 1, 2]], key: RandomKey(seed: 0))], views: [.standard]
    ) { found = try $0.inputs(stream: 0, on: .cpu).values.scalars(as: Float.self) }
    #expect(found == [-1, 1, -1, 1, 0, 0])
    let copy = try JSONDecoder().decode(
      Standardization.self, from: JSONEncoder().encode(fitted))
    #expect(copy == fitted && copy != Standardization(of: rows, members: [0, 1]))
  }

  /// What is constant is centred and not scaled, however large it is.
  @Test(arguments: [0, 1, 1e-12, 16_777_216, -3e30] as [Float])
  func constantsAreCentred(value: Float) {
    let rows = RowStore(features: [value, 1, value, 2, value, 3], width: 2)
    let fitted = Standardization(of: rows, members: [0, 1, 2])
    #expect(close(fitted.mean[0], Double(value), relative: 1e-15) && fitted.std[0] == 1)
    #expect(difference([fitted.std[1]], [0.816496580927726]) == nil)
  }

  /// Columns of a table after scikit-learn's imputer, one-hot encoder and scaler, all fitted to the training rows; see
  /// `Goldens/Datasets/columns.py`.
  @Test func ofTheColumnsOfATable() throws {
    struct Columns: Decodable {
      let names: [String]
      let scaled: [[Double]]
    }
    let golden = try Golden.load("Datasets/columns.json", as: Columns.self)
    let data = try Dataset.open(
      Golden.path("Datasets/Columns/table.csv"),
      columns: ColumnNames(categories: ["grade"], takesCells: true), input: .features)
    let encoding = try data.fittedEncoding(ColumnSettings(categories: ["grade"], least: 5))
    let rows = try #require(try data.encoded(by: encoding).rows)
    let members = data.examples.indices.filter { data.examples[$0].split == .train }
    let fitted = Standardization(of: rows, members: members)
    #expect(fitted.names == golden.names && fitted.problem == nil)
    var found: [Float] = []
    try RowInputs(rows, members: Array(0..<rows.count), standardization: fitted).run(
      [StepRequest(streams: [Array(0..<rows.count)], key: RandomKey(seed: 0))], views: [.standard]
    ) { found = try $0.inputs(stream: 0, on: .cpu).values.scalars(as: Float.self) }
    #expect(
      difference(found, golden.scaled.flatMap(\.self), relative: 1e-4, absolute: 1e-4) == nil)
  }

  /// A number that is missing is in no sum, and stays missing.
  @Test func missingNumbersAreInNoSum() throws {
    let data = try withTemporaryFolder { folder in
      let path = "\(folder)/t.csv"
      try Data("id,a,b,label\n1,1,5,x\n2,,7,y\n3,3,9,x\n".utf8)
        .write(to: URL(fileURLWithPath: path))
      return try Dataset.open(
        path, columns: ColumnNames(takesCells: true), input: .features)
    }
    let encoding = try data.fittedEncoding(ColumnSettings(keepsMissing: true))
    let rows = try #require(try data.encoded(by: encoding).rows)
    let fitted = Standardization(of: rows, members: [0, 1, 2])
    #expect(fitted.mean == [2, 7] && fitted.std[0] == 1)
    #expect(difference([fitted.std[1]], [1.632993161855452]) == nil)
    var found: [Float] = []
    try RowInputs(rows, members: [0, 1, 2], standardization: fitted.leavingValues).run(
      [StepRequest(streams: [[0, 1, 2]], key: RandomKey(seed: 0))], views: [.standard]
    ) { found = try $0.inputs(stream: 0, on: .cpu).values.scalars(as: Float.self) }
    #expect(found[2].isNaN && found.filter { !$0.isNaN } == [1, 5, 7, 3, 9])
  }

  /// A small spread around a large mean is spread.
  @Test func smallSpreadIsSpread() {
    let rows = RowStore(features: [1000, 1000.001, 999.999], width: 1)
    #expect(Standardization(of: rows, members: [0, 1, 2]).std[0] < 0.01)
  }

  /// A model's file may say anything: what no row can be standardised by is named.
  @Test(arguments: [
    #"{"input":"images","names":["a"],"mean":[0],"std":[1]}"#,
    #"{"input":"features","names":[],"mean":[],"std":[]}"#,
    #"{"input":"features","names":["a"],"mean":[0],"std":[0]}"#,
    #"{"input":"series","names":["a","b"],"mean":[0],"std":[1]}"#,
  ])
  func whatIsDecodedIsLookedAt(text: String) throws {
    let read = try JSONDecoder().decode(Standardization.self, from: Data(text.utf8))
    #expect(read.problem != nil)
  }

  @Test func misuseTraps() async {
    await #expect(processExitsWith: .failure) {
      _ = Standardization(input: .features, names: ["a"], mean: [0], std: [-1])
    }
    await #expect(processExitsWith: .failure) {
      _ = Standardization(of: RowStore(features: [1], width: 1), members: [])
    }
  }
}
