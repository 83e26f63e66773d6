import Evaluation
import Randomness
import Testing
import Uncertainty

@Suite("Predictions as resampling wants them")
struct ExampleTableTests {
  @Test("rows without truth are left out, the others keep the order they are asked in")
  func rows() throws {
    let predictions = try Predictions(
      classes: ["a", "b"], paths: ["x", "y", "z"], truths: [1, nil, 0],
      probabilities: [0.1, 0.9, 0.5, 0.5, 0.7, 0.3])
    let table = ExampleTable(predictions, rows: [2, 1, 0], threads: 1)
    #expect(table.count == 2 && table.classes == 2)
    #expect(table.truths == [0, 1])
  }

  @Test("the decision of the table counts, not the most probable class")
  func decision() throws {
    let predictions = try Predictions(
      classes: ["a", "b"], paths: ["x"], truths: [1], predicted: [1], probabilities: [0.9, 0.1])
    let table = ExampleTable(predictions, rows: [0], threads: 1)
    var block = WeightBlock(count: 1)
    block.fill(lane: 0)
    let inputs = LaneMetricInputs(table, block, shots: nil)[0]
    #expect(inputs.confusion[1, 1] == 1)
    // Calibration and places go by the probabilities alone.
    #expect(inputs.ranks.value == [0, 1])
    #expect(inputs.calibrationError == 0.9)
  }

  @Test("the number of threads it is sorted on cannot be seen")
  func threads() throws {
    let predictions = try drawnPredictions(
      count: 200, classes: 5, key: RandomKey(seed: 8), levels: 5)
    let rows = Array(0..<200)
    let (one, two) = (
      ExampleTable(predictions, rows: rows, threads: 1),
      ExampleTable(predictions, rows: rows, threads: 2)
    )
    for (left, right) in zip(one.orders, two.orders) {
      #expect(left.entries.map(\.row) == right.entries.map(\.row))
      #expect(left.runEnds == right.runEnds)
    }
  }
}
