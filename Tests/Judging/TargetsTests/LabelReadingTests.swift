import Evaluation
import Files
import Targets
import TestSupport
import Testing

@Suite struct LabelReadingTests {
  private func read(
    _ text: String, unknown: UnknownLabels = .ignore
  ) throws(FileError) -> LabelPredictions {
    try LabelPredictions.read(bytes: Array(text.utf8), name: "t.csv", unknown: unknown)
  }

  private func mistake(_ text: String) -> String {
    do throws(FileError) {
      _ = try read(text)
      return "none"
    } catch {
      return error.description
    }
  }

  @Test func aColumnForEachLabel() throws {
    let found = try read(
      "path,true_a,true_b,prob_a,prob_b,patient_id\nx,1,,.9,.8,p\ny,0,-1,.1,.7,q\nz,1.0,0,.5,.2,q\n"
    )
    #expect(found.labels == ["a", "b"])
    #expect(found.paths == ["x", "y", "z"])
    #expect(found.truths == [true, nil, false, nil, true, false])
    #expect(found.probabilities == [0.9, 0.8, 0.1, 0.7, 0.5, 0.2])
    #expect(found.positives == [2, 0])
    #expect(found.known(1) == [2])
    #expect(found.carried.groups("group")?.values == ["p", "q", "q"])
  }

  @Test(arguments: [
    "a|b", "a;b", "\"[\"\"a\"\", \"\"b\"\"]\"", " a | b ", "b|a|a",
  ]) func aColumnOfLists(_ cell: String) throws {
    let found = try read(
      "path,y_true,prob_a,prob_b\nx,\(cell),.9,.8\ny,,.1,.2\nz,b,.1,.2\nw,[],0,1\nv,none,0,1\n"
        .replacing("path,", with: "path,"))
    #expect(
      found.truths == [true, true, false, false, false, true, false, false, false, false])
  }

  @Test func unknownCountsAsWhatIsAsked() throws {
    let text = "path,true_a,prob_a\nx,-1,.9\ny,0,.2\nz,,.2\n"
    #expect(try read(text).truths == [nil, false, nil])
    #expect(try read(text, unknown: .zeros).truths == [false, false, false])
    #expect(try read(text, unknown: .ones).truths == [true, false, true])
  }

  @Test(arguments: [
    (
      "path,true_a,prob_a\nx,2,.5\n",
      "t.csv:2: true_a of 'x': expected 1, 0, or blank or -1 where it is not known, got '2'"
    ),
    (
      "path,true_a,prob_a\nx,1,.5\ny,yes,.5\n",
      "t.csv:3: true_a of 'y': expected 1, 0, or blank or -1 where it is not known, got 'yes'"
    ),
    (
      "path,true_a,prob_a\nx,1,1.5\n",
      "t.csv:2: prob_a of 'x': expected a probability in 0…1, got '1.5'; of a logit x write 1/(1 + e^(-x)), of percents a hundredth"
    ),
    (
      "path,true_a,prob_a\nx,1,\n", "t.csv:2: prob_a of 'x': expected a probability in 0…1, got ''"
    ),
    (
      "path,true_a,prob_a\nx,1,nan\n",
      "t.csv:2: prob_a of 'x': expected a probability in 0…1, got 'nan'"
    ),
    (
      "path,true_a,prob_a,prob_b\nx,1,.5,.5\n",
      "t.csv:1: prob_b has no column true_b; add it, with blanks where it is not known, or one column y_true of lists (a|b) for all labels"
    ),
    (
      "path,true_effusion,true_effusoin,prob_effusion\nx,1,1,.5\n",
      "t.csv:1: true_effusoin has no column prob_effusoin; add it, or leave the truth out; did you mean prob_effusion?"
    ),
    (
      "path,y_true,prob_a,prob_b\nx,a|c,.5,.5\n",
      "t.csv:2: the labels of 'x' are 'a|c': 'c' has no column prob_c; did you mean 'a'? the labels are a, b"
    ),
    (
      "path,y_true,prob_a,prob_b\nx,nan,.5,.5\n",
      "t.csv:2: the labels of 'x' are 'nan': leave the cell empty where there is no label; a label that is not known needs columns true_<label>"
    ),
    (
      "path,true_a,prob_a\nx,1,.5\nx,1,.5\n",
      "t.csv:3: 'x' has a row already, in line 2; every example must be evaluated exactly once"
    ),
    ("path,true_a,prob_a\n,1,.5\n", "t.csv:2: the row does not name its example"),
    ("path,true_a,prob_a\n", "t.csv: has no rows, so there is nothing to measure"),
    (
      "path,y_true,y_pred\nx,a,a\n",
      "t.csv:1: no column is named prob_<label>; a table of labels has one for each label, and true_<label> or one column y_true of lists; got path, y_true, y_pred"
    ),
  ]) func everyMistakeIsNamed(_ text: String, _ words: String) {
    #expect(mistake(text) == words)
  }

  @Test func aListThatIsNoListIsNamed() {
    let words = mistake("path,y_true,prob_a,prob_b\nx,\"['a']\",.5,.5\n")
    #expect(words.hasPrefix("t.csv:2: the labels of 'x' are '['a']': expected a JSON list"))
  }
}
