import Evaluation
import Files
import Randomness
import TestSupport
import Testing

@Suite("A file of predictions, row by row")
struct PredictionTableTests {
  /// More rows than the reader waits for before it estimates their number.
  private func large(_ rows: Int) throws -> Predictions {
    var random = RandomKey(seed: 2).source
    var probabilities: [Double] = []
    for _ in 0..<rows {
      let p = random.uniform()
      probabilities += [p, 1 - p]
    }
    return try Predictions(
      classes: ["a", "b"], paths: (0..<rows).map { "folder/a rather long name \($0).png" },
      truths: (0..<rows).map { $0 % 5 == 0 ? nil : $0 % 2 }, probabilities: probabilities,
      columns: [
        .init("group", (0..<rows).map { "the patient of number \($0 / 3)" }),
        .init("site", (0..<rows).map { "the hospital of number \($0 % 4)" }),
      ])
  }

  @Test(
    "many rows and many different groups read back the same", arguments: [999, 1000, 1001, 20_000])
  func many(rows: Int) throws {
    let predictions = try large(rows)
    try withTemporaryFolder { folder in
      try predictions.write(to: folder + "/p.csv")
      #expect(try Predictions.read(folder + "/p.csv") == predictions)
    }
  }

  @Test("rows of very different length do not upset the estimate")
  func uneven() throws {
    var text = "path,prob_a,prob_b\n"
    for row in 0..<3000 {
      let padding = row < 1000 ? "x" : String(repeating: "y", count: 200)
      text += "\(padding)\(row),0.5,0.5\n"
    }
    let predictions = try Predictions.read(bytes: Array(text.utf8), name: "p.csv")
    #expect(predictions.count == 3000)
    #expect(predictions.paths[2999].hasSuffix("y2999"))
  }

  @Test("a mistake far down names its line")
  func farDown() {
    var text = "path,prob_a,prob_b\n"
    for row in 0..<2500 { text += "\(row),0.5,0.5\n" }
    let error = #expect(throws: PredictionsError.self) {
      try Predictions.read(bytes: Array((text + "last,0.5,0.6\n").utf8), name: "p.csv")
    }
    #expect(error?.description.hasPrefix("p.csv:2502: 'last': expected probabilities") == true)
  }

  @Test("of several repeated examples the first to come again is named")
  func repeated() {
    var text = "path,prob_a\n"
    for row in 0..<500 { text += "\(row),1\n" }
    let error = #expect(throws: PredictionsError.self) {
      try Predictions.read(bytes: Array((text + "400,1\n3,1\n3,1\n").utf8), name: "p.csv")
    }
    #expect(
      error == .inFile("p.csv", .duplicatePath("400", rows: [401, 501])),
      "\(String(describing: error))")
  }

  @Test("sums within a thousandth are taken as they are")
  func tolerance() throws {
    let text = "path,prob_a,prob_b\nx,0.5,0.5009\ny,0.5,0.4991\n"
    let predictions = try Predictions.read(bytes: Array(text.utf8), name: "p.csv")
    #expect(predictions.probabilities == [0.5, 0.5009, 0.5, 0.4991])
    #expect(throws: PredictionsError.self) {
      try Predictions.read(
        bytes: Array("path,prob_a,prob_b\nx,0.5,0.5011\n".utf8), name: "p.csv")
    }
  }
}
