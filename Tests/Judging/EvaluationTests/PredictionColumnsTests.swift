import Evaluation
import Testing

@Suite("Predictions of any other tool")
struct PredictionColumnsTests {
  private func read(_ text: String) throws -> Predictions {
    try Predictions.read(bytes: Array(text.utf8), name: "p.csv")
  }

  @Test(
    "the example is found by any usual name, without regard to case",
    arguments: ["path", "id", "ID", "file", "file_name", "Filename", "image", "image_id", ""])
  func ids(name: String) throws {
    #expect(try read("\(name),prob_a,prob_b\nx,0.25,0.75\n").paths == ["x"])
  }

  @Test("the first of the usual names wins; the others are carried along")
  func priority() throws {
    let predictions = try read("image,id,target,y_true,prob_a,prob_b\ni,x,b,a,0.25,0.75\n")
    #expect(predictions.paths == ["x"])
    #expect(predictions.truths == [0])
    #expect(predictions.columns.map(\.name) == ["image", "target"])
  }

  @Test(
    "the truth is found by any usual name",
    arguments: ["y_true", "label", "target", "class", "Label", "dx"])
  func truths(name: String) throws {
    let predictions = try read("id,\(name),prob_a,prob_b\nx,b,0.25,0.75\ny,,0.25,0.75\n")
    #expect(predictions.truths == [1, nil])
  }

  @Test("the decision is taken where given, else the most probable class")
  func decisions() throws {
    let text = "prob_a,prob_b\nx,a,0.25,0.75\n"
    #expect(try read("id,y_pred," + text).predicted == [0])
    #expect(try read("id,prediction," + text).predicted == [0])
    #expect(try read("id,note," + text).predicted == [1])
  }

  @Test("logits become their softmax, however large")
  func logits() throws {
    let predictions = try read("id,logit_a,logit_b\nx,0,0\ny,1000,-1000\nz,-1e5,-1e5\n")
    #expect(predictions.classes == ["a", "b"])
    #expect(predictions.probabilities == [0.5, 0.5, 1, 0, 0.5, 0.5])
    let one = try read("id,Logit_a,Logit_b,Logit_c\nx,1,2,3\n").probabilities
    let expected = [0.09003057317038046, 0.24472847105479764, 0.6652409557748218]
    for (p, value) in zip(one, expected) { #expect(abs(p - value) < 1e-15) }
  }

  @Test("probabilities win over logits beside them")
  func both() throws {
    let predictions = try read("id,prob_a,logit_a,prob_b,logit_b\nx,0.25,7,0.75,9\n")
    #expect(predictions.probabilities == [0.25, 0.75])
    #expect(predictions.columns.isEmpty)
  }

  @Test("bare class names: columns of numbers in 0…1 that have no other use")
  func bare() throws {
    let predictions = try read(
      "image,dx,mel,nv,sex,age,fold,patient_id\nx,nv,0.125,0.875,f,63,1,0\ny,mel,1,0,m,,2,1\n")
    #expect(predictions.classes == ["mel", "nv"])
    #expect(predictions.truths == [1, 0])
    #expect(predictions.columns.map(\.name) == ["sex", "age", "fold", "patient_id"])
    #expect(predictions.groups == ["0", "1"])
    #expect(predictions.splits == ["1", "2"])
  }

  @Test("group and split by their usual names, else none")
  func groups() throws {
    let text = "prob_a,prob_b\nx,p,0.25,0.75\n"
    for name in ["group", "patient_id", "PatientID", "subject_id"] {
      #expect(try read("id,\(name)," + text).groups == ["p"])
    }
    #expect(try read("id,note," + text).groups == nil)
    #expect(try read("id,split," + text).splits == ["p"])
    #expect(try read("patient_id,id,group,prob_a\ng,x,h,1\n").groups == ["h"])
  }

  @Test("commas, semicolons and tabs", arguments: [",", ";", "\t"])
  func separators(separator: String) throws {
    let lines = [["id", "label", "prob_a", "prob_b"], ["x", "a", "0.25", "0.75"]]
    let text = lines.map { $0.joined(separator: separator) + "\n" }.joined()
    #expect(try read(text).truths == [0])
  }

  @Test("a byte-order mark, CRLF, quotes and blank lines")
  func untidy() throws {
    let predictions = try read(
      "\u{FEFF}\"id\",\"prob_a, b\",prob_c\r\n\r\n\"x \"\"1\"\"\", 0.25 ,7.5e-1\r\n")
    #expect(predictions.paths == ["x \"1\""])
    #expect(predictions.classes == ["a, b", "c"])
    #expect(predictions.probabilities == [0.25, 0.75])
  }

  @Test("a row index of pandas is neither class nor attribute")
  func index() throws {
    let predictions = try read(",id,a,b\n0,x,0.25,0.75\n1,y,1,0\n")
    #expect(predictions.paths == ["x", "y"])
    #expect(predictions.classes == ["a", "b"])
    #expect(predictions.columns.isEmpty)
  }

  @Test("a header without rows is a table without examples")
  func headerOnly() throws {
    let predictions = try read("path,y_true,prob_a,prob_b\n")
    #expect(predictions.count == 0)
    #expect(predictions.classes == ["a", "b"])
    #expect(MetricsReport(predictions).n == 0)
  }
}
