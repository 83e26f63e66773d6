import Evaluation
import Files
import Targets
import TestSupport
import Testing
import Uncertainty

@Suite struct NumberTests {
  private func read(_ text: String) throws(FileError) -> NumberPredictions {
    try NumberPredictions.read(bytes: Array(text.utf8), name: "t.csv")
  }

  private func mistake(_ text: String) -> String {
    do throws(FileError) {
      _ = try read(text)
      return "none"
    } catch {
      return error.description
    }
  }

  @Test func aTable() throws {
    let found = try read("image,y_true,y_pred,lower,upper,group\nb,1.5,2,1,3,p\na,,0,-1,1,q\n")
    #expect(found.truths == [1.5, nil] && found.predicted == [2, 0])
    #expect(found.intervals == [1...3, -1...1])
    #expect(found.judged.paths == ["b"])
    #expect(found.carried.names == ["group"])
  }

  @Test(arguments: [
    (
      "path,y_true,y_pred\nx,high,2\n",
      "t.csv:2: y_true of 'x': expected a number, got 'high'; correct it, or leave the row out"
    ),
    (
      "path,y_true,y_pred\nx,1,\n",
      "t.csv:2: y_pred of 'x': expected a number, got ''; correct it, or leave the row out"
    ),
    (
      "path,y_true,y_pred\nx,1,inf\n",
      "t.csv:2: y_pred of 'x': expected a number, got 'inf'; correct it, or leave the row out"
    ),
    (
      "path,y_true,y_pred\nx,\"1,200\",1190\n",
      "t.csv:2: y_true of 'x': expected a number, got '1,200'; write it with a point before decimals, and with no unit and nothing"
        + " between thousands"
    ),
    (
      "path,y_true,y_pred\nx,12 mm,11\n",
      "t.csv:2: y_true of 'x': expected a number, got '12 mm'; write it with a point before decimals, and with no unit and nothing"
        + " between thousands"
    ),
    (
      "path,y_true,y_pred,upper\nx,1,1,2\n",
      "t.csv:1: a prediction interval has two ends, and there is no column lower; add it"
    ),
    (
      "path,y_true,y_pred,lower,upper\nx,1,1,2,0\n",
      "t.csv:2: lower of 'x' is 2.0, above upper, 0.0; were the columns exchanged?"
    ),
    (
      "path,y_true,y_pred\nx,1,1\nx,1,1\n",
      "t.csv:3: 'x' has a row already, in line 2; every example must be evaluated exactly once"
    ),
    ("path,y_true,y_pred\n", "t.csv: has no rows, so there is nothing to measure"),
  ]) func everyMistakeIsNamed(_ text: String, _ words: String) {
    #expect(mistake(text) == words)
  }

  @Test func binsHoldEveryNumberOnce() {
    let bins = NumberBins(of: [0, 1, 2, 10])
    #expect(bins.edges == [0, 2, 4, 6, 8, 10])
    #expect([0, 1.9, 2, 10, -5, 50].map(bins.place) == [0, 0, 1, 4, 0, 4])
    #expect(NumberBins(of: [3, 3]).place(3) == 0)
    #expect(NumberBins(edges: [1, 1]) == nil && NumberBins(edges: [2]) == nil)
  }

  private func line(_ count: Int, groups: Int? = nil) -> NumberPredictions {
    NumberPredictions(
      paths: (0..<count).map { "\(100 + $0)" }, truths: (0..<count).map { Double($0) },
      predicted: (0..<count).map { Double($0) + Double(($0 * 7) % 5) - 1.5 },
      carried: CarriedColumns(
        groups.map { groups in
          [Predictions.Column("patient_id", (0..<count).map { "p\($0 % groups)" })]
        } ?? []))
  }

  @Test func intervalsHoldTheirValueAndShrinkWithTheSet() throws {
    let settings = IntervalSettings(resamples: 400)
    let (small, large) = (
      NumberAssessment(line(40), settings: settings),
      NumberAssessment(line(400), settings: settings)
    )
    for name in ["mae", "rmse", "bias", "pearson", "spearman", "r2"] {
      let interval = try #require(small.intervals[name])
      #expect(interval.contains(try #require(small[name])))
    }
    let widths = [small, large].compactMap { $0.intervals["mae"].map { $0.high - $0.low } }
    #expect(widths[1] < widths[0] / 2)
  }

  @Test func groupsAreResampledWholeAndFewSayNothing() {
    let settings = IntervalSettings(resamples: 200)
    let many = NumberAssessment(line(60, groups: 20), settings: settings)
    #expect(many.resampling?.clusters == 20 && many.resampling?.clusterColumn == "patient_id")
    #expect(many.intervals["mae"] != nil)
    let few = NumberAssessment(line(60, groups: 5), settings: settings)
    #expect(few.intervals["mae"] == nil && few["mae"] != nil)
  }

  @Test func theOrderOfRowsChangesNoByte() throws {
    let settings = IntervalSettings(resamples: 50)
    let table = line(30)
    let turned = table.keeping(Array((0..<30).reversed()))
    #expect(
      try JSONFile.encode(NumberAssessment(table, settings: settings))
        == JSONFile.encode(NumberAssessment(turned, settings: settings)))
  }
}
