import Evaluation
import Files
import TestSupport
import Testing

@Suite("Predictions as CSV")
struct PredictionsCSVTests {
  private func text(_ predictions: Predictions) throws -> String {
    try withTemporaryFolder { folder in
      try predictions.write(to: folder + "/p.csv")
      return String(decoding: try FileBytes.read(folder + "/p.csv"), as: UTF8.self)
    }
  }

  private func read(_ text: String) throws -> Predictions {
    try withTemporaryFolder { folder in
      try AtomicFile.write(text, to: folder + "/p.csv")
      return try Predictions.read(folder + "/p.csv")
    }
  }

  private func message(_ text: String) -> String {
    do {
      return "no error: \(try read(text).count)"
    } catch {
      return "\(error)".replacing(/^.*?\/p\.csv/, with: "p.csv")
    }
  }

  @Test("with truth, without, and with columns of the manifest")
  func layout() throws {
    let p: [Float] = [0.9, 0.1, 0.25, 0.75]
    let labelled = try Predictions(
      classes: ["cat", "big, dog"], paths: ["a/1.png", "a/2.png"], truths: [0, nil],
      probabilities: p,
      columns: [.init("group", ["p1", "p2"]), .init("y_pred", ["x", "y"])])
    #expect(
      try text(labelled) == """
        path,y_true,y_pred,prob_cat,"prob_big, dog",group,data_y_pred
        a/1.png,cat,cat,0.9,0.1,p1,x
        a/2.png,,"big, dog",0.25,0.75,p2,y

        """)
    let plain = try Predictions(
      classes: ["cat", "dog"], paths: ["a/1.png", "a/2.png"], probabilities: p)
    #expect(
      try text(plain) == """
        path,y_pred,prob_cat,prob_dog
        a/1.png,cat,0.9,0.1
        a/2.png,dog,0.25,0.75

        """)
  }

  @Test("what is written reads back the same, to the last bit")
  func roundTrip() throws {
    for number in 1...50 {
      let table = GoldenTable(number)
      let rows = table.truths.indices
      let predictions = try Predictions(
        classes: (0..<table.classes).map { "c\($0)" }, paths: rows.map { "\($0).png" },
        truths: table.truths, predicted: table.decisions,
        probabilities: number % 2 == 0 ? table.scores : table.scores.map { Double(Float($0)) },
        columns: [.init("group", rows.map { "\"g\",\($0)\n" })])
      let again = try read(try text(predictions))
      #expect(again == predictions)
      #expect(again.groups == predictions.groups)
      #expect(
        try JSONFile.encode(MetricsReport(again)) == JSONFile.encode(MetricsReport(predictions)))
    }
  }

  @Test("a table of another tool needs only path and probabilities")
  func minimal() throws {
    let predictions = try read("prob_b,path,prob_a\n1e-05,x,0.99999\n")
    #expect(predictions.classes == ["b", "a"])
    #expect(predictions.predicted == [1])
    #expect(predictions.truths == [nil])
  }

  @Test("mistakes name file and line")
  func mistakes() {
    #expect(
      message("file,prob_a\nx,1\n")
        == "p.csv:1: expected a column 'path', got file, prob_a;"
        + " predictions have path,y_true,y_pred,prob_<class>...")
    #expect(
      message("path,prob_a,prob_b\nx,1,0\ny,1,none\n")
        == "p.csv:3: 'y': expected a probability, got 'none'")
    #expect(
      message("path,y_true,prob_a,prob_b\nx,c,1,0\n")
        == "p.csv:2: y_true is 'c', which has no column prob_c; the classes are a, b")
    #expect(
      message("path,prob_a,prob_b\nx,1,0\nx,1,0\n")
        == "p.csv: 'x' has 2 predictions, in rows 1 and 2;"
        + " every example must be evaluated exactly once")
    #expect(
      message("path,prob_a,prob_b\nx,1,1\n")
        == "p.csv: row 1 ('x'): expected probabilities that sum to 1, got a sum of 2.0")
    #expect(
      message("path,y_true\nx,a\n")
        == "p.csv:2: y_true is 'a', which has no column prob_a; the classes are ")
    #expect(
      message("path\nx\n")
        == "p.csv: predictions without classes: expected at least one column named prob_<class>")
    #expect(throws: PredictionsError.self) { try Predictions.read("/nowhere/p.csv") }
  }
}
