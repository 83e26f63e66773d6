import Evaluation
import Files
import Randomness
import Testing
import Uncertainty

@Suite("Verdict of a gate")
struct VerdictTests {
  private let settings = IntervalSettings(resamples: 300)

  /// A model that is right on the given part of 200 examples of two classes.
  private func model(_ right: Int) throws -> Predictions {
    let truths = (0..<200).map { $0 % 2 }
    let scores = truths.enumerated().flatMap { place, truth -> [Double] in
      let isFirst = (truth == 0) == (place < right)
      let score = 0.6 + 0.001 * Double(place)
      return isFirst ? [score, 1 - score] : [1 - score, score]
    }
    return try Predictions(
      classes: ["well", "ill"], paths: truths.indices.map { "\($0)" }, truths: truths,
      probabilities: scores)
  }

  private func verdict(_ text: String, _ first: Int, _ second: Int) throws -> Verdict {
    try Verdict(
      Requirement(parsing: text),
      Comparison(model(first), model(second), settings: settings))
  }

  @Test("much worse is ruled out, much better passes, a little worse is undecided")
  func outcomes() throws {
    #expect(try verdict("balanced_accuracy >= -0.01", 180, 120).outcome == .ruledOut)
    #expect(try verdict("balanced_accuracy >= -0.01", 120, 180).outcome == .passes)
    #expect(try verdict("balanced_accuracy >= -0.01", 160, 157).outcome == .undecided)
    #expect(try verdict("balanced_accuracy >= -0.2", 160, 157).outcome == .passes)
    #expect(try verdict("log_loss <= 0.01", 180, 120).outcome == .ruledOut)
  }

  @Test("two models that agree pass a bound of 0 and fail one above it")
  func equal() throws {
    #expect(try verdict("f1_macro >= 0", 150, 150).outcome == .passes)
    #expect(try verdict("f1_macro >= 0.01", 150, 150).outcome == .ruledOut)
  }

  @Test("of one class its own difference counts; a class that nobody knows is an error")
  func ofClass() throws {
    let found = try verdict("recall[ill] >= -0.01", 180, 120)
    let comparison = try Comparison(model(180), model(120), settings: settings)
    #expect(found.difference == comparison.perClass[1].recall)
    #expect(found.outcome == .ruledOut)
    #expect(found.summary.hasPrefix("recall[ill] >= -0.01: ruled out; difference -"))
    #expect(try verdict("roc_auc[well] >= -0.5", 160, 157).outcome == .passes)
    for metric in ClassComparison.metrics {
      #expect(comparison.perClass[0][metric] != nil, "\(metric)")
    }
    let error = #expect(throws: RequirementError.self) { try verdict("f1[il] >= 0", 180, 120) }
    #expect(error?.description == "unknown class 'il'; did you mean 'ill'? Classes: well, ill")
  }

  /// Two models of which the first is right on the first `before` of `n` examples of the class `ill`, the
  /// second on `after`, and both on ten others.
  private func found(_ before: Int, _ after: Int, of n: Int, groups: Int? = nil) throws -> Verdict {
    let truths = (0..<n + 10).map { $0 < n ? 1 : 0 }
    let models = try [before, after].map { right in
      let scores = truths.indices.flatMap { place -> [Double] in
        place < right ? [0.2, 0.8] : [0.8, 0.2]
      }
      let column = Predictions.Column("group", truths.indices.map { "\($0 % (groups ?? 1))" })
      return try Predictions(
        classes: ["well", "ill"], paths: truths.indices.map { "\($0)" }, truths: truths,
        probabilities: scores, columns: groups == nil ? [] : [column])
    }
    return try Verdict(
      Requirement(parsing: "recall[ill] >= -0.05"),
      Comparison(models[0], models[1], settings: settings))
  }

  @Test("a class that is lost entirely is ruled out, though no resample differs")
  func lost() throws {
    let lost = try found(60, 0, of: 60)
    #expect(lost.outcome == .ruledOut && lost.difference.interval?.method == .newcombe)
    #expect(lost.support == 60 && lost.summary.contains("difference -1.0000 on 60 of the class"))
    #expect(try found(60, 0, of: 60, groups: 12).outcome == .ruledOut)
    #expect(try found(5, 0, of: 5).outcome == .ruledOut)
  }

  @Test("of fewer than ten patients nothing is shown, and why is said", arguments: [1, 6, 9])
  func fewGroups(groups: Int) throws {
    let verdict = try found(60, 0, of: 60, groups: groups)
    #expect(verdict.outcome == .undecided && verdict.difference.interval == nil)
    #expect(
      verdict.summary.contains(
        "no interval, \(groups) groups (group) are too few for intervals from resamples: at least 10 are needed"
      ), "\(verdict.summary)")
  }

  @Test("a class in few of many groups has no interval, and why is said")
  func fewOfMany() throws {
    // 20 groups, of which 6 have the class.
    let models = try [24, 0].map { right in
      try Predictions(
        classes: ["well", "ill"], paths: (0..<80).map { "\($0)" },
        truths: (0..<80).map { $0 < 24 ? 1 : 0 },
        probabilities: (0..<80).flatMap { $0 < right ? [0.2, 0.8] : [0.8, 0.2] },
        columns: [.init("group", (0..<80).map { "\($0 / 4)" })])
    }
    let verdict = try Verdict(
      Requirement(parsing: "recall[ill] >= -0.05"),
      Comparison(models[0], models[1], settings: settings))
    #expect(verdict.outcome == .undecided)
    #expect(verdict.summary.contains("no interval, its images are in fewer than 10 groups"))
  }

  @Test("what so few examples cannot show is undecided; a model beside itself passes")
  func few() throws {
    #expect(try found(6, 3, of: 6).outcome == .undecided)
    #expect(try found(5, 2, of: 5).outcome == .undecided)
    #expect(try found(1, 1, of: 1).outcome == .passes)
    for n in 1...4 { #expect(try found(n, 0, of: n).outcome == .undecided, "\(n)") }
  }

  @Test("an undefined metric decides nothing")
  func undefined() throws {
    let verdict = try verdict("recall_few >= 0", 150, 120)
    #expect(verdict.outcome == .undecided)
    #expect(
      verdict.summary == "recall_few >= 0.0: undecided, recall_few is undefined for a model")
  }

  @Test("one line of English, and JSON that reads back")
  func words() throws {
    let verdict = try verdict("accuracy >= -0.01", 180, 120)
    #expect(
      verdict.summary.hasPrefix("accuracy >= -0.01: ruled out; difference -0.3000, interval -0.3"))
    let bytes = try JSONFile.encode(verdict)
    #expect(String(decoding: bytes, as: UTF8.self).contains("\"outcome\" : \"ruled_out\""))
    #expect(try JSONFile.decode(Verdict.self, from: bytes, name: "x") == verdict)
  }
}
