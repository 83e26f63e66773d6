import Audit
import Files
import TestSupport
import Testing

/// What cannot be audited, in words, and how given labels are read.
@Suite struct AuditWordsTests {
  @Test(arguments: [
    (AuditError.noExamples("p.npy"), "p.npy: has no rows, so there is nothing to audit"),
    (
      .oneClass("p.npy"),
      "p.npy: has one column, expected a probability for each of at least 2 classes"
    ),
    (
      .noSuchClass(row: 3, label: "7", classes: 4),
      "row 3: expected a class number in 0…3, one for each column of the probabilities, got 7"
    ),
    (
      .unknownName(row: 2, label: "dgo", nearest: "dog"),
      "row 2: 'dgo' is none of the classes; did you mean 'dog'?"
    ),
    (.unknownName(row: 2, label: "zzz", nearest: nil), "row 2: 'zzz' is none of the classes"),
    (
      .notAProbability(row: 1, column: 2, value: 1.5),
      "row 1, column 2: expected a probability between 0 and 1, got 1.5"
    ),
    (
      .badSum(row: 1, sum: 1.5),
      "row 1: expected probabilities that sum to 1, got a sum of 1.5; if they are logits or sigmoid scores, make"
        + " probabilities of them first"
    ),
    (
      .otherNames(names: 3, classes: 4),
      "3 class names for 4 columns of probabilities; name each column, in their order"
    ),
    (
      .tooFewNeighbours(rows: 5, neighbours: 10),
      "5 examples, and 10 neighbours of each are looked for; ask for fewer neighbours"
    ),
    (
      .notFinite(row: 4, column: 5),
      "row 4, column 5: expected a finite feature, got NaN or an infinite number; leave the row out or make its"
        + " features again"
    ),
    (
      .noFeatures(path: "a.png", file: "f.npz", missing: 3),
      "f.npz: has no features of 'a.png' and 2 others; make them of the same images with: steelyard embed"
    ),
    (
      .noFeatures(path: "a.png", file: "f.npz", missing: 1),
      "f.npz: has no features of 'a.png'; make them of the same images with: steelyard embed"
    ),
  ]) func everyMistakeSaysWhatToDo(_ error: AuditError, _ words: String) {
    #expect(error.description == words)
  }

  @Test func tooManyRatersOfTooManyClasses() {
    #expect(
      RatingError.tooLarge(raters: 9, classes: 8).description
        == "9 raters of 8 classes: the confusion matrices would not fit into memory; rate coarser classes, or leave out"
        + " raters of few ratings")
    #expect(
      RatingError.noOverlapWithModel(file: "r.csv", predictions: "p.csv", rows: 12).description
        == "p.csv: has no row of r.csv with two ratings (12 rows have partners), which the weights of raters and model"
        + " need; name predictions of the rated rows")
  }

  private func given(
    _ text: String, names: [String]? = nil, classes: Int = 3
  ) throws -> GivenLabels {
    try withTemporaryFolder { folder in
      try AtomicFile.write(text, to: folder + "/l.csv")
      return try GivenLabels.read(folder + "/l.csv", names: names, classes: classes)
    }
  }

  @Test func labelsAreNamesOrNumbers() throws {
    let names = ["cat", "dog", "1"]
    let named = try given("path,label\nx,dog\ny,cat\n", names: names)
    #expect(named.given == [1, 0] && named.paths == ["x", "y"] && named.classes == names)
    // Labels are all names or all numbers: with 0 and 2 among them 1 is a number, alone it is the name.
    #expect(try given("label\n1\n0\n2\n", names: names).given == [1, 0, 2])
    #expect(try given("label\n1\n1\n", names: names).given == [2, 2])
    let numbers = try given("id,Y_TRUE\nx,2\ny,0\n")
    #expect(numbers.given == [2, 0] && numbers.classes == ["0", "1", "2"])
    #expect(try given("label\n0\n").paths == nil)
    // Of several columns of labels the given ones go before others.
    #expect(try given("path,label,given\nx,1,2\n").given == [2])
  }

  @Test func labelsThatAreNoneAreNamed() {
    #expect(throws: AuditError.unknownName(row: 1, label: "dgo", nearest: "dog")) {
      try given("label\ncat\ndgo\n", names: ["cat", "dog", "cow"])
    }
    for text in ["3", "-1", "cat", "1.0", ""] {
      #expect(throws: AuditError.noSuchClass(row: 0, label: text, classes: 3), "'\(text)'") {
        try given("path,label\nx,\(text)\n")
      }
    }
    #expect(throws: AuditError.otherNames(names: 2, classes: 3)) {
      try given("label\n0\n", names: ["a", "b"])
    }
    let error = #expect(throws: FileError.self) { try given("path,colour\nx,red\n") }
    #expect(
      error?.description.hasSuffix(
        "l.csv:1: has no column of labels, expected one of given, given_label, label, y_true, labels, target, class, y"
      )
        == true)
  }

  @Test func rowsOfOneNameAreFound() {
    #expect(GivenLabels(given: [0, 0], classes: ["a"], paths: ["x", "y"]).repeated == nil)
    #expect(GivenLabels(given: [0], classes: ["a"]).repeated == nil)
    let found = GivenLabels(
      given: [0, 0, 0, 0, 0], classes: ["a"], paths: ["x", "y", "y", "x", "y"]
    ).repeated
    #expect(found?.path == "y" && found?.first == 1 && found?.second == 2 && found?.others == 2)
  }
}
