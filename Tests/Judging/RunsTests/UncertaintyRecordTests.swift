import Evaluation
import Files
import Runs
import TestSupport
import Testing

/// What uncertainty knows of mistakes, by hand.
@Suite struct UncertaintyRecordTests {
  private func predictions(
    _ truths: [Int?], _ uncertainty: [String]?, experts: [String] = ["1", "1", "2", "3", "1"]
  ) throws -> Predictions {
    var columns: [Predictions.Column] = []
    if let uncertainty {
      columns = [.init("uncertainty", uncertainty), .init("experts", experts)]
    }
    return try Predictions(
      classes: ["a", "b"], paths: ["0", "1", "2", "3", "4"], truths: truths,
      probabilities: [0.9, 0.1, 0.8, 0.2, 0.3, 0.7, 0.4, 0.6, 0.6, 0.4], columns: columns)
  }

  /// Wrong are rows 1 and 3 with .4 and .9; right are .1, .4 and .2: of six pairs five and a tie, 5.5 / 6.
  @Test func byHand() throws {
    let record = try #require(
      UncertaintyRecord(
        predictions([0, 1, 1, 0, 0], ["0.1", "0.4", "0.4", "0.9", "0.2"])))
    #expect(close(record.failureAUC ?? 0, 5.5 / 6))
    #expect(close(record.uncertainty, 0.4))
    #expect(close(record.ofRight ?? 0, 0.7 / 3) && close(record.ofWrong ?? 0, 0.65))
    #expect(difference(record.engaged, [0.6, 0.2, 0.2]) == nil)
  }

  /// A row without a truth is in no number; where nothing is wrong there is no area, and the file says null.
  @Test func whatIsNotKnown() throws {
    let record = try #require(
      UncertaintyRecord(
        predictions([0, nil, 1, nil, 0], ["0.1", "0.4", "0.4", "0.9", "0.2"])))
    #expect(record.failureAUC == nil && record.ofWrong == nil)
    #expect(difference(record.engaged, [2.0 / 3, 1.0 / 3]) == nil)
    try withTemporaryFolder { folder in
      let path = folder + "/uncertainty-test.json"
      try record.write(to: path)
      let text = String(decoding: try FileBytes.read(path), as: UTF8.self)
      #expect(text.contains("\"failure_auc\" : null") || text.contains("\"failure_auc\": null"))
      #expect(try UncertaintyRecord.read(path) == record)
    }
  }

  @Test func otherPredictionsHaveNone() throws {
    #expect(try UncertaintyRecord(predictions([0, 1, 1, 0, 0], nil)) == nil)
    #expect(
      try UncertaintyRecord(
        predictions([nil, nil, nil, nil, nil], ["0.1", "0.4", "0.4", "0.9", "0.2"])) == nil)
    #expect(
      try UncertaintyRecord(
        predictions([0, 1, 1, 0, 0], ["low", "0.4", "0.4", "0.9", "0.2"])) == nil)
  }
}
