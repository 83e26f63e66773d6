import Datasets
import Files
import Foundation
import TestSupport
import Testing

@Suite struct LexiconTests {
  private func message(_ text: String, name: String = "joy.csv") throws -> String {
    try withTemporaryFolder { folder in
      try Fixture.file("\(folder)/\(name)", text)
      do throws(LexiconError) {
        let lexicon = try Lexicon.read("\(folder)/\(name)").lexicon
        return "no error: \(lexicon.scores.count) words"
      } catch {
        return error.description.replacingOccurrences(of: folder, with: "DIR")
      }
    }
  }

  @Test func wordsAreReadInLowerCaseAndOthersPassedOver() throws {
    try withTemporaryFolder { folder in
      try Fixture.file(
        "\(folder)/joy.csv",
        "Word;kind;Score\nGlad;a;1.5\n:-);b;2\nCAFE\u{301};c;-2e-1\nwell-being;d;1\n")
      let (lexicon, passed) = try Lexicon.read("\(folder)/joy.csv")
      #expect(lexicon.name == "joy")
      #expect(lexicon.scores == ["glad": 1.5, "caf\u{e9}": -0.2])
      #expect(passed?.count == 2 && passed?.first == ":-)" && passed?.line == 3)
    }
  }

  @Test func mistakesAreNamedTogetherByLine() throws {
    #expect(
      try message("word,score\nglad,1\nsad,low\nGLAD,2\nbad,inf\nmad,\n") == """
        DIR/joy.csv:3: the score of 'sad' is 'low', expected a finite number; correct it, or leave the row out
        DIR/joy.csv:4: the word 'glad' stands twice, first in line 2, for words are compared in lower case; leave one of \
        the rows out
        DIR/joy.csv:5: the score of 'bad' is 'inf', expected a finite number; correct it, or leave the row out
        DIR/joy.csv:6: the score of 'mad' is '', expected a finite number; correct it, or leave the row out
        """)
  }

  @Test func aTableWithoutItsColumnsIsRefused() throws {
    #expect(
      try message("word,scores\nglad,1\n")
        == "DIR/joy.csv:1: no column 'score'; a lexicon has a column word and a column score; did you mean 'scores'?"
        + " found: word, scores")
    #expect(
      try message("glad,1\nsad,2\n")
        == "DIR/joy.csv:1: no column 'word'; a lexicon has a column word and a column score; found: glad, 1"
    )
    #expect(
      try message("word,score\n:-),1\n")
        == "DIR/joy.csv: has no row with a word; expected a word and its score a row")
  }

  @Test func twoFilesOfOneNameAreRefused() throws {
    #expect(throws: LexiconError.sameName("joy", paths: ["a/joy.csv", "b/joy.tsv"])) {
      try Lexicon.read(["a/joy.csv", "b/joy.tsv"])
    }
    #expect(
      LexiconError.sameName("joy", paths: ["a/joy.csv", "b/joy.tsv"]).description
        == "lexicons a/joy.csv and b/joy.tsv: both are called 'joy', and so would their features be; rename one of the"
        + " files")
  }

  @Test func featuresAreThoseOfAnIndependentProgramme() throws {
    let golden = try TextGolden.load()
    let (train, new) = (golden.cases[0].train, golden.cases[0].new)
    let lexicons = [
      Lexicon(name: "mood", scores: golden.lexicon), Lexicon(name: "none", scores: golden.other),
    ]
    let rows = RowStore(
      features: [], width: 0, texts: RowTexts(names: ["essay"], cells: train + new))
    let text = try TextFeatures(
      fitting: rows, members: Array(train.indices),
      TextSettings(columns: ["essay"], size: 2, slots: 1024), lexicons: lexicons)
    #expect(
      text.names == [
        "essay: component 1", "essay: component 2", "essay: mood mean", "essay: mood maximum",
        "essay: mood coverage", "essay: none mean", "essay: none maximum", "essay: none coverage",
      ])
    let made = try text.applied(to: rows)
    for (row, expected) in (golden.lexiconTrain + golden.lexiconNew).enumerated() {
      for (own, theirs) in zip(made.values(row).dropFirst(2), expected) {
        #expect(abs(Double(own) - theirs) < 1e-6, "row \(row)")
      }
    }
    for (row, expected) in golden.otherNew.enumerated() {
      #expect(made.values(train.count + row).suffix(3).map(Double.init) == expected)
    }
  }
}
