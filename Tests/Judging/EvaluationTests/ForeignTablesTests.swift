import Evaluation
import Testing

/// Tables of other tools: read, with what was guessed said, or refused with what to do.
@Suite("Predictions of others")
struct ForeignTablesTests {
  private func read(
    _ text: String, _ options: PredictionOptions = PredictionOptions()
  ) throws -> (Predictions, [String]) {
    let reading = try Predictions.reading(bytes: Array(text.utf8), name: "t.csv", options)
    return (reading.predictions, reading.statements.map(\.description))
  }

  private func message(
    _ text: String, _ options: PredictionOptions = PredictionOptions()
  ) -> String {
    do { return "no error: \(try read(text, options).1)" } catch { return "\(error)" }
  }

  @Test(
    "one column of scores for two classes, by its usual names",
    arguments: ["score", "prob", "probability", "y_score", "p", "pred_prob", "pred", "y_pred"])
  func lone(name: String) throws {
    let (predictions, said) = try read("id,label,\(name)\nx,1,0.75\ny,0,0.25\nz,0,0.5\n")
    #expect(predictions.classes == ["0", "1"])
    #expect(predictions.probabilities == [0.25, 0.75, 0.75, 0.25, 0.5, 0.5])
    #expect(predictions.truths == [1, 0, 0])
    #expect(predictions.predicted == [1, 0, 1])
    #expect(
      said == [
        "\(name) is read as the probability of 1, and 1 − \(name) as that of 0",
        "1 row has equal scores for both classes, decided as 1, the positive class",
      ])
  }

  @Test("a lone prob_<class> is of its class, whatever the labels are called")
  func named() throws {
    let words = try read("id,label,prob_pos\nx,pos,0.75\ny,neg,0.25\n")
    #expect(words.0.classes == ["neg", "pos"] && words.0.truths == [1, 0])
    let other = try read("id,label,prob_cat\nx,cat,0.75\ny,dog,0.25\n")
    #expect(other.0.classes == ["dog", "cat"])
    let numbers = try read("id,label,prob_cancer\nx,1.0,0.75\ny,0.0,0.25\nz,,0.1\n")
    #expect(numbers.0.classes == ["not cancer", "cancer"] && numbers.0.truths == [1, 0, nil])
    #expect(
      numbers.1[0]
        == "label holds class numbers: 0 as not cancer, 1 as cancer (as the column of scores is named)"
    )
    let logit = try read("id,label,logit_pos\nx,pos,0\ny,neg,-800\n")
    #expect(logit.0.probabilities == [0.5, 0.5, 1, 0])
    #expect(
      logit.1[0]
        == "the logistic function of logit_pos is read as the probability of pos, and 1 − the logistic"
        + " function of logit_pos as that of neg")
    let bare = try read("id,label,sick\nx,sick,0.75\ny,well,0.25\n")
    #expect(bare.0.classes == ["well", "sick"])
  }

  @Test("a lone score of unknown class is refused, and read when the positive class is said")
  func unclear() throws {
    let text = "id,label,score\nx,cancer,0.75\ny,healthy,0.25\n"
    #expect(
      message(text)
        == "t.csv:1: 'score' is one column of scores, and it is not said which class it is the score of"
        + " (label has cancer, healthy); rename it prob_<class>, such as prob_cancer, or say which class is"
        + " the positive one")
    let healthy = try read(text, PredictionOptions(positive: "healthy")).0
    #expect(healthy.classes == ["cancer", "healthy"])
    #expect(healthy.probabilities == [0.25, 0.75, 0.75, 0.25])
    #expect(
      message("id,label,score\nx,a,0.5\ny,b,0.5\nz,c,0.5\n")
        == "t.csv:1: 'score' is one column of scores, which can judge two classes, and label has 3:"
        + " a, b, c; write one column prob_<class> for each class")
    #expect(
      message("id,label,score\nx,1,2.5\ny,0,-1.5\n")
        == "t.csv:1: 'score' holds numbers from -1.5 to 2.5, which are no probabilities; if it is a logit or"
        + " a decision function, name it logit_<class>")
  }

  @Test("a score that does not go with the decisions is refused")
  func confidence() throws {
    // How sure each decision is, not the probability of 1.
    let text = "id,y_true,y_pred,prob\nw,1,1,0.9\nx,0,0,0.95\ny,1,1,0.6\nz,0,0,0.7\n"
    #expect(
      message(text)
        == "t.csv:1: 'prob' does not go with 'y_pred': it is 0.95 where 0 is decided and 0.6 where 1 is;"
        + " if it is how sure the decision is, write the probability of each class as prob_<class> instead,"
        + " if it is the score of 0, rename it prob_0")
    let (predictions, said) = try read(
      "id,y_true,y_pred,confidence\nw,a,a,0.9\nx,b,a,0.95\ny,c,c,0.6\n")
    #expect(!predictions.hasScores && predictions.classes == ["a", "b", "c"])
    #expect(
      said[0].hasSuffix(
        "; confidence is left alone, for it is not said which class it is the score of"))
  }

  @Test("decisions alone: what needs no scores is measured, the rest is undefined and says why")
  func decisions() throws {
    let (predictions, said) = try read(
      "path,y_true,y_pred,age\n1,10,10,0.5\n2,9,10,0.1\n3,9,9,0.2\n4,,9,0.3\n")
    #expect(predictions.classes == ["9", "10"])
    #expect(predictions.columns.map(\.name) == ["age"])
    #expect(
      said == [
        "no column holds scores, only decisions (y_pred): AUROC, average precision, log loss, Brier"
          + " score, calibration and top-k are undefined"
      ])
    let report = MetricsReport(predictions)
    #expect(report["accuracy"] == 2.0 / 3)
    for name in Metric.needingScores { #expect(report[name] == nil, "\(name)") }
    #expect(!report.hasScores && report.perClass.allSatisfy { $0.rocAUC == nil })
    let again = try read(predictions.text()).0
    #expect(again == predictions)
    #expect(
      message("path,y_true,y_pred\n1,cat,0\n2,dog,1\n")
        == "t.csv:1: 'y_pred' holds class numbers and 'y_true' names; write the same names in both")
  }

  @Test("the truth as columns of 0 and 1")
  func oneHot() throws {
    let bare = try read("image,MEL,NV,prob_MEL,prob_NV\nx,0,1.0,0.25,0.75\ny,0,0,0.5,0.5\n")
    #expect(bare.0.truths == [1, nil] && bare.0.classes == ["MEL", "NV"])
    #expect(bare.1[0] == "the truth is read from MEL, NV: 1 where the image is of the class")
    let named = try read("image,true_b,true_a,pred_a,pred_b\nx,0,1,0.25,0.75\ny,1,0,0.3,0.7\n")
    #expect(named.0.truths == [0, 1] && named.0.classes == ["a", "b"])
    let decided = try read("image,a,b,y_pred\nx,1,0,a\ny,0,1,a\n")
    #expect(decided.0.truths == [0, 1] && !decided.0.hasScores)
    #expect(
      message("image,true_a,true_b,prob_a,prob_b\nx,1,1,0.5,0.5\n")
        == "t.csv:2: 'x' is a and b: of images with several labels the table is one of labels, with the columns"
        + " true_<label> and prob_<label> for each")
    #expect(
      message("image,true_a,true_b,true_c,prob_a,prob_b\nx,1,0,0,0.5,0.5\n")
        == "t.csv:1: columns true_a, true_b, true_c hold the truth, and the classes with scores are a, b;"
        + " both must be the same classes")
    #expect(
      message("image,label,a,b\nx,a,1,0\ny,b,0,1\n").hasPrefix(
        "t.csv:1: columns a, b hold only 0 and 1: that is the truth a second time (beside 'label')")
    )
    #expect(
      message("image,a,b\nx,1,0\ny,0,1\n").hasPrefix(
        "t.csv:1: columns a, b hold only 0 and 1: that is a truth without predictions"))
  }

  @Test("class numbers beside named columns stand for them in their order, from 0 on")
  func numbers() throws {
    let (predictions, said) = try read(
      "path,y_true,prob_cat,prob_dog\nx,0,0.9,0.1\ny,1,0.2,0.8\n")
    #expect(predictions.truths == [0, 1])
    #expect(said == ["y_true holds class numbers: 0 as cat, 1 as dog (the order of the columns)"])
    #expect(
      message("path,y_true,prob_cat,prob_dog\nx,1,0.9,0.1\ny,2,0.2,0.8\n")
        == "t.csv:2: y_true is '1', which has no column prob_1; the classes are cat, dog; class numbers"
        + " are read where they begin with 0, and here they go from 1 to 2: write the names of the classes"
    )
    #expect(
      message("path,y_true,prob_cat,prob_dog\nx,0,0.9,0.1\ny,dog,0.2,0.8\n")
        == "t.csv:2: y_true is '0', which has no column prob_0; the classes are cat, dog")
    let floats = try read("path,y_true,prob_0,prob_1\nx,0.0,0.9,0.1\ny,,0.2,0.8\n")
    #expect(floats.0.truths == [0, nil] && floats.1.isEmpty)
    #expect(
      message("path,y_true,prob_cat,prob_dog\nx,Cat,0.9,0.1\n")
        == "t.csv:2: y_true is 'Cat', which has no column prob_Cat; did you mean 'cat'?"
        + " the classes are cat, dog")
  }

  @Test("rows without truth are counted and named", arguments: ["", "nan", "NA", "None", "null"])
  func withoutTruth(word: String) throws {
    let predictions = try read(
      "path,y_true,prob_a,prob_b\nv,\(word),1,0\nw,a,1,0\nx,\(word),1,0\ny,\(word),1,0\nz,\(word),1,0\n"
    ).0
    #expect(
      predictions.withoutTruth?.description
        == "4 of 5 rows have no truth and are left out: 'v', 'x', 'y', …")
    #expect(predictions.truths.count { $0 != nil } == 1)
    // A class of that name is a class.
    #expect(try read("path,y_true,prob_none,prob_b\nx,none,1,0\n").0.truths == [0])
  }

  @Test("columns named after the classes by another word")
  func affixes() throws {
    for header in ["score_a,score_b", "a_prob,b_prob", "p_a,p_b", "pred_a,pred_b"] {
      let (predictions, said) = try read("id,label,\(header),age\nx,a,0.25,0.75,0.5\n")
      #expect(predictions.classes == ["a", "b"] && predictions.probabilities == [0.25, 0.75])
      #expect(said.count == 1 && said[0].hasSuffix("are read as the probabilities of a, b"))
    }
    let logits = try read("id,label,a_logit,b_logit\nx,a,2,-2\n").0
    #expect(logits.predicted == [0])
    // Attributes that happen to be so called are none.
    #expect(!(try read("id,y_true,y_pred,p_value,p_dose\nx,a,a,0.1,0.3\n").0.hasScores))
  }

  @Test("bare columns: other numbers beside them, and logits")
  func bare() throws {
    let (predictions, said) = try read(
      "id,label,mel,nv,age,sex\nx,nv,0.25,0.75,0.5,1\ny,mel,0.5,0.5,0.4,0\n")
    #expect(
      predictions.classes == ["mel", "nv"] && predictions.columns.map(\.name) == ["age", "sex"])
    #expect(said.first == "mel, nv are read as the probabilities of mel, nv")
    #expect(
      message("id,label,mel,nv\nx,nv,-1.5,2\ny,mel,3,0.5\n")
        == "t.csv:1: columns mel, nv are named like the classes and hold numbers outside 0…1 ('mel': -1.5"
        + " to 3.0); if they are logits, name the columns logit_<class>")
    #expect(
      message("id,label,probs\nx,nv,\"[0.1, 0.9]\"\n").hasSuffix(
        "'probs' holds a list in each cell: write one column prob_<class> for each class"))
  }

  @Test("numbers that are no probabilities say what they may be")
  func values() {
    let header = "path,y_true,prob_a,prob_b\n"
    #expect(
      message(header + "x,a,-0.3,1.3\n")
        == "t.csv:2: 'x': expected a probability of a in 0…1, got '-0.3'; a negative number is a logit or"
        + " a logarithm: name the columns logit_<class>")
    #expect(
      message("path;y_true;prob_a;prob_b\nx;a;0,3;0,7\n")
        == "t.csv:2: 'x': expected a probability of a in 0…1, got '0,3'; write decimals with a point"
    )
    #expect(
      message(header + "x,a,350,2\n").hasSuffix(
        "; if these are logits, name the columns logit_<class>"))
  }

  @Test("sums of single precision are taken as they are")
  func singlePrecision() throws {
    let (predictions, said) = try read(
      "path,prob_a,prob_b\nx,1.0000001,0\ny,0.5000001,0.5\nz,1,-1e-9\n")
    #expect(predictions.probabilities == [1, 0, 0.5000001, 0.5, 1, 0])
    #expect(said == ["2 scores beyond 0…1 by less than a millionth taken as 0 or 1"])
  }

  @Test("sums that are not 1: rounded, independent, or neither; divided where that is wanted")
  func sums() throws {
    let rounded = "path,prob_a,prob_b,prob_c\nw,0.33,0.33,0.33\nx,0.2,0.3,0.5\ny,0.34,0.34,0.33\n"
    #expect(
      message(rounded)
        == "t.csv:2: 'w': expected probabilities that sum to 1, got a sum of 0.99 over prob_a, prob_b,"
        + " prob_c, as in 2 of 3 rows, from 0.99 to 1.01; they look rounded to 2 digits: write more digits, or"
        + " divide each row by its sum")
    let (divided, said) = try read(rounded, PredictionOptions(renormalizes: true))
    #expect(abs(divided.probabilities[0] - 1.0 / 3) < 1e-15)
    #expect(said == ["2 rows divided by their sums, from 0.99 to 1.01"])
    let sigmoid = "path,prob_a,prob_b\nx,0.91,0.87\ny,0.12,0.05\n"
    #expect(message(sigmoid).contains("; independent (sigmoid) scores? Where the classes exclude"))
    #expect(
      message(sigmoid).contains(
        "where an image may have several labels, each needs a truth of its own, in a column true_<label>, and the table is to be"
          + " judged as one of labels"))
    #expect(
      try read(sigmoid, PredictionOptions(renormalizes: true)).1[0].hasSuffix(
        "so far from 1 they may be independent (sigmoid) scores, whose order among images a division"
          + " changes"))
    #expect(
      message("path,prob_a,prob_b\nx,0,0\n", PredictionOptions(renormalizes: true))
        == "t.csv:2: 'x': every score is 0, so that there is no sum to divide by")
  }

  @Test("decisions that are mostly not the most probable class are a warning")
  func disagreement() throws {
    let rows = (0..<12).map { "\($0),a,a,0.2,0.8\n" }.joined()
    #expect(
      try read("path,y_true,y_pred,prob_a,prob_b\n" + rows).1
        == [
          "y_pred is not the most probable class in 12 of 12 rows; are the columns of the scores in the"
            + " right order?"
        ])
  }
}
