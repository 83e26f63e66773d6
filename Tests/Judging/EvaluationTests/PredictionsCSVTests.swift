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

  @Test("mistakes name file and line, and what to do")
  func mistakes() {
    #expect(
      message("name,prob_a\nx,1\n")
        == "p.csv:1: no column names the examples; expected one of path, id, file, file_name,"
        + " filename, filepath, image, image_id, image_path, image_name, img, img_path, sample_id,"
        + " got name, prob_a")
    #expect(
      message("path,y_true\nx,a\n")
        == "p.csv:1: no column holds probabilities; expected prob_<class> or logit_<class> for each"
        + " class, or columns named like the classes with numbers in 0…1, got path, y_true")
    #expect(
      message("path,prob_a,prob_b\nx,1,0\ny,1,none\n")
        == "p.csv:3: 'y': expected a probability of b in 0…1, got 'none'")
    #expect(
      message("path,prob_a,prob_b\nx,1,0\ny,nan,1\n")
        == "p.csv:3: 'y': expected a probability of a in 0…1, got 'nan'")
    #expect(
      message("path,prob_a,prob_b\nx,97.5,2.5\n")
        == "p.csv:2: 'x': expected a probability of a in 0…1, got '97.5';"
        + " divide percents by 100, or name the columns logit_<class>")
    #expect(
      message("path,logit_a,logit_b\nx,1,inf\n")
        == "p.csv:2: 'x': expected a finite logit of b, got 'inf'")
    #expect(
      message("path,prob_a,prob_b\nx,1,1\n")
        == "p.csv:2: 'x': expected probabilities that sum to 1, got a sum of 2.0 over prob_a, prob_b;"
        + " divide each row by its sum, or name the columns logit_<class> if they are logits")
    #expect(
      message("path,a,b,age\nx,1,0,0.4\n")
        == "p.csv:2: 'x': expected probabilities that sum to 1, got a sum of 1.4 over a, b, age;"
        + " if not all of these are classes, name those that are prob_<class>")
  }

  @Test("unknown classes, repeated examples, ragged rows and empty files")
  func wrongRows() {
    #expect(
      message("path,y_true,prob_a,prob_b\nx,c,1,0\n")
        == "p.csv:2: y_true is 'c', which has no column prob_c; the classes are a, b")
    #expect(
      message("id,label,a,b\nx,c,1,0\n")
        == "p.csv:2: label is 'c', which has no column c; the classes are a, b")
    #expect(
      message("path,y_pred,prob_a,prob_b\nx,,1,0\n")
        == "p.csv:2: y_pred is '', which has no column prob_; the classes are a, b")
    #expect(
      message("path,prob_a,prob_b\nw,1,0\nx,1,0\ny,1,0\nx,1,0\ny,1,0\n")
        == "p.csv: 'x' has 2 predictions, in rows 2 and 4;"
        + " every example must be evaluated exactly once")
    #expect(
      message("path,prob_a,prob_b\nx,1\n")
        == "p.csv:2: 2 fields, but the header has 3 columns (path, prob_a, prob_b);"
        + " quote a field that holds the separator")
    #expect(message("") == "p.csv: is empty, expected a header line")
    #expect(
      message("path,prob_a,Prob_a\n") == "p.csv: class 'a' occurs twice; class names must differ")
    #expect(throws: PredictionsError.self) { try Predictions.read("/nowhere/p.csv") }
  }

  @Test("a carried column whose name would be read as something else is renamed")
  func reserved() throws {
    let predictions = try Predictions(
      classes: ["a", "b"], paths: ["x"], probabilities: [0.9, 0.1],
      columns: [.init("label", ["b"]), .init("Prob_c", ["1"]), .init("Path", ["z"])])
    let again = try read(try text(predictions))
    #expect(again.truths == [nil])
    #expect(again.classes == ["a", "b"])
    #expect(again.columns.map(\.name) == ["data_label", "data_Prob_c", "data_Path"])
  }

  @Test("the same table from memory and from a file")
  func memory() throws {
    let text = "path;y_true;prob_a;prob_b\nx;a;0.5;0.5\n"
    #expect(try Predictions.read(bytes: Array(text.utf8), name: "t.csv") == read(text))
  }
}
