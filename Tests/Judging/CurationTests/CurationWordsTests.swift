import Audit
import Curation
import Files
import Randomness
import TestSupport
import Testing

/// What cannot be chosen from, in words.
@Suite struct CurationWordsTests {
  @Test(arguments: [
    (
      CurationError.repeated(path: "a.png"),
      "'a.png' is there twice; every row needs a name of its own, so leave one out or rename it"
    ),
    (
      .notFinite(path: "a.png", column: 3),
      "'a.png', feature 3: expected a finite number, got NaN or an infinite one; leave the row out or make its features"
        + " again"
    ),
    (
      .allConstant(features: 4),
      "all 4 features are the same in every row, so rows cannot be told apart; were the right features given?"
    ),
    (
      .tooManyComponents(asked: 9, most: 4),
      "9 principal components, but rows and features allow 4 at most; ask for fewer"
    ),
    (
      .noLargeGroup(least: 20, largest: 7),
      "no group has 20 rows, the largest 7; lower --least-group, or take all rows as one group with --one-group"
    ),
    (.badShare(name: "keep", value: 1.5), "keep: expected a share above 0 and up to 1, got 1.5"),
    (
      .outOfRange(name: "most lost", value: 2, expected: "a share from 0 to 1"),
      "most lost: expected a share from 0 to 1, got 2.0"
    ),
    (.badCount(name: "bins", value: 0), "bins: expected at least 1, got 0"),
    (.negative(name: "spread", value: -1), "spread: expected at least 0, got -1.0"),
    (
      .notANumber(file: "s.csv", line: 3, column: "loss", text: "high"),
      "s.csv:3: expected a finite number in column 'loss', got 'high'"
    ),
    (
      .noScore(path: "a", file: "s.csv", missing: 3),
      "s.csv: has no score of 'a' and 2 others; every example needs one, so give the file of the same data"
    ),
    (
      .noScore(path: "a", file: "s.csv", missing: 1),
      "s.csv: has no score of 'a'; every example needs one, so give the file of the same data"
    ),
    (
      .noClass(path: "a", why: "--within class"),
      "'a' has no class, and --within class needs one of every row"
    ),
    (
      .floorsTooHigh(floors: 30, kept: 20),
      "the floors of the classes add up to 30 rows, but 20 are to be kept; keep more or lower the floor"
    ),
    (
      .losesTooMuch(label: "rare", lost: 0.905, most: 0.75),
      "class 'rare' would lose 91 % of its examples, and 75 % is the most that is allowed; raise --class-floor, compare"
        + " within classes (--within class), or allow it with --most-lost"
    ),
    (.noRows("x.npz"), "x.npz: has no rows, so there is nothing to choose from"),
    (
      .noColumn("accept", file: "c.csv", nearest: "acept"),
      "c.csv: has no column 'accept'; did you mean 'acept'?"
    ),
  ]) func everyMistakeSaysWhatToDo(_ error: CurationError, _ words: String) {
    #expect(error.description == words)
  }

  @Test func settingsThatAreNoneAreRefusedByName() {
    func problem(_ change: (inout CurationSettings) -> Void) -> String {
      var settings = CurationSettings()
      change(&settings)
      do throws(CurationError) {
        try settings.check()
        return "none"
      } catch { return error.description }
    }
    #expect(problem { _ in } == "none")
    #expect(problem { $0.leastGroup = 0 } == "least rows of a group: expected at least 1, got 0")
    #expect(problem { $0.bins = 0 } == "bins: expected at least 1, got 0")
    #expect(problem { $0.components = -1 } == "components: expected at least 1, got -1")
    #expect(problem { $0.mostOfPatient = 0 } == "rows of a patient: expected at least 1, got 0")
    #expect(problem { $0.rule = .quota(0) } == "quota: expected at least 1, got 0")
    #expect(
      problem { $0.rule = .fractionWithFloor(.nan) }
        == "fraction: expected a share above 0 and up to 1, got nan")
    #expect(
      problem { $0.copyDistance = .nan }.hasPrefix("distance of near copies: expected at least 0"))
  }

  @Test func sharesHaveRangesOfTheirOwn() {
    func problem(_ change: (inout InfluenceRule) -> Void) -> String {
      var rule = InfluenceRule(keep: 0.5)
      change(&rule)
      do throws(CurationError) {
        try rule.check()
        return "none"
      } catch { return error.description }
    }
    for share in [0, 0.5, 1] { #expect(problem { $0.mostLost = share } == "none") }
    #expect(problem { $0.mostLost = -0.1 } == "most lost: expected a share from 0 to 1, got -0.1")
    #expect(problem { $0.epsilon = 0 } == "epsilon: expected a share above 0 and up to 1, got 0.0")
    #expect(problem { $0.keep = .nan } == "keep: expected a share above 0 and up to 1, got nan")
    var settings = CurationSettings()
    settings.purity = 0.5
    #expect(
      throws: CurationError.outOfRange(
        name: "purity", value: 0.5, expected: "a share above 0.5 and up to 1")
    ) { try settings.check() }
    // What may be lost where nobody says: a class keeps half the share that is kept of all.
    #expect(InfluenceRule(keep: 0.5).allowedLoss == 0.75)
  }

  @Test func featuresThatAreAllAlikeAreRefused() throws {
    let table = try FeatureTable(paths: ["a", "b"], values: [1, 2, 1, 2], width: 2)
    #expect(throws: CurationError.allConstant(features: 2)) { try StandardScaler(table) }
    // A constant beside others is left at 0 and counted.
    let some = try FeatureTable(paths: ["a", "b", "c"], values: [1, 5, 2, 5, 3, 5], width: 2)
    let scaler = try StandardScaler(some)
    #expect(scaler.constant == 1 && scaler.scaled(some)[1] == 0 && scaler.scaled(some)[3] == 0)
    #expect(close(Double(scaler.scaled(some)[0]), -(1.5.squareRoot()), relative: 1e-6))
  }
}

/// Counts that follow from shares are those of exact arithmetic.
@Suite struct CurationCountsTests {
  @Test func aFractionOfABinIsItsWholePart() {
    for percent in 1...100 {
      let rule = SelectionRule.fractionWithFloor(Double(percent) / 100)
      for rows in 1...200 {
        #expect(rule.taken(of: rows) == max(1, percent * rows / 100), "\(percent) % of \(rows)")
      }
    }
  }

  @Test func aPartByAScoreHasTheShareRoundedUp() throws {
    for percent in stride(from: 1, through: 100, by: 3) {
      for rows in [1, 7, 25, 50, 75, 100] {
        var rule = InfluenceRule(keep: Double(percent) / 100)
        (rule.scale, rule.mostLost) = (.perSet, 1)
        let kept = try InfluenceSample(
          (0..<rows).map(Double.init), hardEnd: .high, labels: nil, rule: rule,
          key: RandomKey(seed: 1))
        let wanted = (percent * rows + 99) / 100
        #expect(
          kept.count == wanted && kept.isKept.count { $0 } == wanted, "\(percent) % of \(rows)")
      }
    }
  }

  @Test func clustersOfRows() throws {
    func clusters(_ count: ClusterCount, _ rows: Int) throws -> Int {
      try count.clusters(of: rows, group: "g")
    }
    for rows in 1...150 {
      let root = try clusters(.squareRoot, rows)
      #expect(root * root >= rows && (root - 1) * (root - 1) < rows)
      for size in [1, 2, 7, 150] {
        let count = try clusters(.ofSize(size), rows)
        #expect(count * size >= rows && (count - 1) * size < rows)
      }
      #expect(try clusters(.fixed(rows), rows) == rows)
      #expect(throws: CurationError.tooManyClusters(asked: rows + 1, rows: rows, group: "g")) {
        try clusters(.fixed(rows + 1), rows)
      }
    }
    #expect(throws: CurationError.badCount(name: "clusters", value: 0)) {
      try clusters(.fixed(0), 3)
    }
    #expect(throws: CurationError.badCount(name: "rows of a cluster", value: 0)) {
      try clusters(.ofSize(0), 3)
    }
  }

  @Test func anEpochThatIsNoNumberIsNamed() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/s.csv"
      try AtomicFile.write("path,epoch,loss\na,1,0.5\na,second,0.25\n", to: path)
      // Without an end of the epochs the column is not looked at.
      #expect(try ScoreTable(path, column: "loss").scores(of: ["a"]) == [0.375])
      #expect(
        throws: CurationError.notANumber(file: path, line: 3, column: "epoch", text: "second")
      ) { try ScoreTable(path, column: "loss", epochs: 1) }
      try AtomicFile.write("path,epoch,loss\na,1,0.5\na,2,0.25\nb,2,\nb,1,4\n", to: path)
      let table = try ScoreTable(path, column: "loss", epochs: 1)
      #expect(try table.scores(of: ["b", "a"]) == [4, 0.5])
      #expect(throws: CurationError.self) { try ScoreTable(path, column: "margin") }
      try AtomicFile.write("path,loss\na,inf\n", to: path)
      #expect(throws: CurationError.notANumber(file: path, line: 2, column: "loss", text: "inf")) {
        try ScoreTable(path, column: "loss")
      }
      try AtomicFile.write("path,loss\na,1\n", to: path)
      #expect(throws: CurationError.noColumn("epoch", file: path, nearest: nil)) {
        try ScoreTable(path, column: "loss", epochs: 3)
      }
    }
  }

  /// Words for yes and no, in any case; an answer for a cluster counts for what was chosen of it.
  @Test func answersMayBeWrittenInManyWays() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/c.csv"
      for (word, isYes) in [
        ("yes", true), ("Y", true), ("1", true), ("TRUE", true), ("no", false), ("N", false),
        ("0", false), ("False", false),
      ] {
        try AtomicFile.write("path,selected,accept\na,0,\(word)\nb,1,\(word)\n", to: path)
        let answers = try CurationAnswers(path)
        #expect(answers.accepted.map(\.path) == (isYes ? ["a", "b"] : []), "\(word)")
        #expect(answers.added == (isYes ? 1 : 0) && answers.rejected == (isYes ? 0 : 1), "\(word)")
      }
      try AtomicFile.write("path,selected\na,1\n", to: path)
      let error = #expect(throws: CurationError.self) { try CurationAnswers(path) }
      #expect(error?.description.hasPrefix("\(path): has no column 'accept'") == true)
    }
  }
}
