import Evaluation
import Files
import Targets
import TestSupport
import Testing

/// Tables of several labels as training writes them.
@Suite struct LabelWritingTests {
  private let predictions = LabelPredictions(
    labels: ["a", "b;c"], paths: ["x", "y", "z"], truths: [true, nil, false, true, nil, false],
    probabilities: [0.9, 0.25, 0.5, 1, 0, 0.125],
    carried: CarriedColumns([.init("group", ["p", "p", "q"])]))

  @Test func whatIsWrittenIsReadAgain() throws {
    try withTemporaryFolder { folder in
      try predictions.write(to: folder + "/t.csv")
      #expect(try LabelPredictions.read(folder + "/t.csv") == predictions)
    }
  }

  /// From its threshold on a label is said to be there; names with a mark of lists in them stand in JSON.
  @Test func decidedLabelsStandInLists() {
    let (columns, rows) = predictions.table(deciding: [0.5, 0.25])
    #expect(
      columns == [
        "path", "true_a", "true_b;c", "prob_a", "prob_b;c", "y_pred", "group",
      ])
    #expect(rows.map { $0[1] } == ["1", "0", ""] && rows.map { $0[2] } == ["", "1", "0"])
    #expect(rows.map { $0[5] } == ["[\"a\", \"b;c\"]", "[\"a\", \"b;c\"]", ""])
  }

  /// A part of which nothing is known is judged as one where all is missing, so its columns of truth are blank; predictions
  /// of new images have none.
  @Test func whatIsNotKnownIsBlank() throws {
    let alone = LabelPredictions(
      labels: ["a", "b"], paths: ["x"], truths: [nil, nil], probabilities: [0.6, 0.4])
    let (columns, rows) = alone.table(deciding: [0.5, 0.5], showingTruth: false)
    #expect(columns == ["path", "prob_a", "prob_b", "y_pred"])
    #expect(rows == [["x", "0.6", "0.4", "a"]])
    try withTemporaryFolder { folder in
      try alone.write(to: folder + "/t.csv")
      let read = try LabelPredictions.read(folder + "/t.csv")
      #expect(read == alone)
      let found = LabelAssessment(read)
      #expect(found.perLabel.allSatisfy { $0.known == 0 })
    }
  }
}
