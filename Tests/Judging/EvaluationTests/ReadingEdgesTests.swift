import Evaluation
import Testing

/// Single cells and single rows that decide how a table is read.
@Suite("Edges of tables of predictions")
struct ReadingEdgesTests {
  private func reading(
    _ text: String, _ options: PredictionOptions = PredictionOptions()
  ) throws(PredictionsError) -> PredictionReading {
    try Predictions.reading(bytes: Array(text.utf8), name: "t.csv", options)
  }

  private func message(
    _ text: String, _ options: PredictionOptions = PredictionOptions()
  ) -> String {
    do throws(PredictionsError) {
      return "no error: \(try reading(text, options).predictions.classes)"
    } catch {
      return error.description
    }
  }

  @Test("a decision that is not known is refused, also where a truth may be unknown")
  func missingDecision() {
    for word in ["nan", "NA", "null"] {
      #expect(
        message("path,y_true,y_pred,prob_a,prob_b\nx,,a,1,0\ny,,\(word),1,0\n")
          == "t.csv:3: y_pred is '\(word)'; every row needs a decision")
    }
  }

  @Test("where every class has a column of the truth, a cell that is neither 0 nor 1 is named")
  func oneHotCells() throws {
    let header = "path,true_a,true_b,prob_a,prob_b\n"
    for cell in ["", "yes", "2", "nan"] {
      #expect(
        message(header + "x,1,0,1,0\ny,1,\(cell),1,0\n")
          == "t.csv:3: 'y': expected 1 or 0 for whether it is b, got '\(cell)'")
    }
    // A further column that only looks like one is no class.
    let found = try reading(
      "path,true_a,true_age,true_b,prob_a,prob_b\nx,1,63,0,1,0\ny,0,41,1,0,1\n"
    ).predictions
    #expect(found.truths == [0, 1] && found.columns.map(\.name) == ["true_age"])
  }

  @Test("a single score without any label is of no known class, whatever it is called")
  func noLabels() {
    #expect(
      message("path,score\nx,0.5\ny,0.25\n")
        == "t.csv:1: 'score' is one column of scores, and it is not said which class it is the score of (there"
        + " are no labels); rename it prob_<class> or say which class is the positive one")
    #expect(
      message("path,y_true,score\nx,,0.5\ny,NA,0.25\n").contains("(there are no labels)"))
  }

  @Test("errors are told in the words of whoever asks")
  func words() throws {
    do throws(PredictionsError) {
      _ = try reading("id,label,score\nx,cancer,0.75\ny,healthy,0.25\n")
      Issue.record("nothing thrown")
    } catch {
      guard case .unclearScore(let score) = error else {
        Issue.record("\(error)")
        return
      }
      #expect(score.labels == ["cancer", "healthy"] && score.column == "score")
      #expect(
        score.described(naming: "choose it with --positive").hasSuffix(
          "rename it prob_<class>, such as prob_cancer, or choose it with --positive"))
    }
    do throws(PredictionsError) {
      _ = try reading("path,prob_a,prob_b\nx,1,1\n")
      Issue.record("nothing thrown")
    } catch {
      guard case .unnormalized(let rows) = error else {
        Issue.record("\(error)")
        return
      }
      #expect(rows.rows == 1 && rows.total == 1 && rows.low == 2 && rows.high == 2)
      #expect(rows.kind == .other && rows.line == 2 && rows.path == "x")
      #expect(
        rows.described(dividing: "use --renormalize").contains("; use --renormalize, or name"))
    }
  }

  @Test("sums that are off by what rounding to so many digits does are told as rounded")
  func roundedDigits() throws {
    for (text, digits) in [
      ("0.3,0.3,0.3", nil), ("0.33,0.33,0.32", nil), ("0.34,0.34,0.335", nil),
      ("0.35,0.35,0.31", 2), ("0.3,0.3,0.5", 1),
    ] as [(String, Int?)] {
      do throws(PredictionsError) {
        _ = try reading("path,prob_a,prob_b,prob_c\nx,\(text)\n")
        Issue.record("nothing thrown for \(text)")
      } catch {
        guard case .unnormalized(let rows) = error else {
          Issue.record("\(error)")
          continue
        }
        let sum = rows.sum
        // C/2 · 10^−d of three columns.
        let most = text.split(separator: ",").map { $0.count - 2 }.max() ?? 0
        var step = 1.5
        for _ in 0..<most { step /= 10 }
        let isRounded = abs(sum - 1) <= step * 1.000001
        #expect((rows.kind == .rounded(digits: most)) == isRounded, "\(text): \(rows.kind)")
        if let digits { #expect(rows.kind == .rounded(digits: digits), "\(text)") }
      }
    }
  }

  @Test("logits of any size are probabilities that sum to 1 and keep their order")
  func extremeLogits() throws {
    let found = try reading(
      "path,y_true,logit_a,logit_b,logit_c\nw,a,1e308,-1e308,0\nx,b,-1e308,1e308,0\ny,c,0,0,0\n"
        + "z,a,-745,-746,-747\n"
    ).predictions
    for row in 0..<4 { #expect(abs(found[row].reduce(0, +) - 1) < 1e-12) }
    #expect(found.predicted == [0, 1, 0, 0])
    #expect(Array(found[0]) == [1, 0, 0] && Array(found[1]) == [0, 1, 0])
    let last = Array(found[3])
    #expect(last[0] > last[1] && last[1] > last[2] && last[2] > 0.08)
  }

  @Test(
    "numbers too small for 64 bits are 0, and a row of two equal scores goes to the positive class")
  func underflow() throws {
    let found = try reading("path,y_true,prob_a,prob_b\nx,b,1e-400,1\ny,a,1,0\n").predictions
    #expect(found.probabilities == [0, 1, 1, 0])
    let tied = try reading(
      "path,y_true,prob_a,prob_b\nx,b,0.5,0.5\ny,a,0.9,0.1\nz,a,0.8,0.2\n",
      PredictionOptions(positive: "a"))
    #expect(tied.predictions.predicted[0] == 0)
    #expect(
      tied.statements.map(\.description)
        == ["1 row has equal scores for both classes, decided as a, the positive class"])
    // Without a choice the rarer class is positive, here the second.
    let rarer = try reading("path,y_true,prob_a,prob_b\nx,b,0.5,0.5\ny,a,0.9,0.1\nz,a,0.8,0.2\n")
    #expect(rarer.predictions.predicted[0] == 1)
  }

  @Test("columns may stand in any order, and rows too: the values go with their names")
  func reordered() throws {
    let columns = ["path", "y_true", "y_pred", "prob_a", "prob_b", "site"]
    let rows = [["x", "a", "a", "0.75", "0.25", "s1"], ["y", "b", "a", "0.6", "0.4", "s2"]]
    func text(_ order: [Int], _ rows: [[String]]) -> String {
      ([columns] + rows).map { row in order.map { row[$0] }.joined(separator: ",") + "\n" }.joined()
    }
    let expected = try reading(text(Array(0..<6), rows)).predictions
    for order in [[5, 4, 3, 2, 1, 0], [2, 0, 4, 1, 5, 3], [3, 5, 0, 1, 4, 2]] {
      let found = try reading(text(order, rows)).predictions
      let classes = found.classes == ["a", "b"] ? found : found.ordered(as: ["a", "b"])
      #expect(classes == expected, "\(order)")
      let turned = try reading(text(order, rows.reversed())).predictions
      #expect(turned.paths == ["y", "x"])
      #expect(MetricsReport(turned)["accuracy"] == MetricsReport(expected)["accuracy"])
    }
  }

  @Test("a positive class that is none of two says which there are")
  func positive() {
    let classes = ["cancer", "healthy"]
    func message(_ name: String, _ classes: [String]) -> String {
      do throws(PositiveClassError) {
        return "\(try PositiveClass(named: name, among: classes).index)"
      } catch { return error.description }
    }
    #expect(message("healthy", classes) == "1")
    #expect(
      message("cancre", classes)
        == "'cancre' cannot be the positive class: no class has this name; did you mean 'cancer'?"
        + " the classes are cancer, healthy")
    #expect(
      message("a", ["a", "b", "c"])
        == "'a' cannot be the positive class: only one of two classes can, and there are 3; of more classes each"
        + " one's own row is that class against the rest")
  }

  @Test("four decimals at most, and the first five of a long list with its length")
  func shortTexts() {
    #expect(short(0.123456) == "0.1235" && short(2) == "2.0" && short(-0.00004) == "-0.0")
    #expect(short(1e6) == "1000000.0")
    let names = (1...7).map(String.init)
    #expect(shortened(Array(names.prefix(6))) == "1, 2, 3, 4, 5, 6")
    #expect(shortened(names) == "1, 2, 3, 4, 5, … (7)" && shortened([]) == "")
  }
}
