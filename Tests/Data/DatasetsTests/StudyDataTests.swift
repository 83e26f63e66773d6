import Datasets
import Files
import Randomness
import TestSupport
import Testing

/// Images that are views of one study: how they are found, and that no study is parted.
@Suite struct StudyDataTests {
  private func data(_ rows: [String], _ columns: String, in folder: String) throws -> Dataset {
    try Fixture.table(
      [["path", "label"] + columns.split(separator: ",").map(String.init)]
        + rows.enumerated().map { number, row in
          ["\(number).png", number % 2 == 0 ? "a" : "b"]
            + row.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }, in: folder)
  }

  private func refusal(_ data: Dataset, _ column: String) -> String {
    do throws(DatasetError) {
      return "no error: \(try data.takingStudies(from: column).examples.count)"
    } catch {
      return error.description
    }
  }

  @Test func studiesAreTheGroupsWhereNoneIsNamed() throws {
    try withTemporaryFolder { folder in
      let whole = try data(["v1", "v1", "v2", ""], "visit", in: folder)
      #expect(whole.studyColumn == nil && whole.examples.allSatisfy { $0.study == nil })
      for name in ["visit", "Visit", " visit "] {
        let found = try whole.takingStudies(from: name)
        #expect(found.studyColumn == "visit")
        #expect(found.examples.map(\.study) == ["v1", "v1", "v2", nil])
        #expect(found.examples.map(\.group) == ["v1", "v1", "v2", nil])
        #expect(
          found.reading.notes.last?.description
            == "no column says the group, so the 2 studies of 'visit' are the groups: a study stays in one part, and is"
            + " resampled as a whole")
      }
    }
  }

  @Test func aStudyLiesWithinAGroup() throws {
    try withTemporaryFolder { folder in
      let whole = try data(
        ["v1,p1", "v1,p1", "v2,p1", "v3,", "v3,", ",p2", "p2,"], "visit,patient", in: folder)
      let found = try whole.takingStudies(from: "visit")
      // A study whose group is not known gets a name that no group has.
      #expect(
        found.examples.map(\.group) == ["p1", "p1", "p1", "v3", "v3", "p2", "study p2"])
      #expect(found.reading.notes == whole.reading.notes)
      // The column of the groups may be that of the studies.
      let same = try whole.takingStudies(from: "patient")
      #expect(same.examples.map(\.study) == same.examples.map(\.group))
      #expect(same.examples.map(\.group) == whole.examples.map(\.group))
    }
  }

  @Test func studiesOfSeveralGroupsAreRefused() throws {
    try withTemporaryFolder { folder in
      let whole = try data(
        ["v1,p1", "v1,p2", "v2,p1", "v2,", "v3,p3"], "visit,patient", in: folder)
      #expect(
        refusal(whole, "visit")
          == "study column 'visit': the study 'v1' has images of several groups ('p1', 'p2'), and so have 1 more; correct the"
          + " rows, name what belongs together with --group-column, or, where studies are numbered within each group, write"
          + " the group into their names")
      let missing = refusal(whole, "vizit")
      #expect(
        missing.hasSuffix(
          "t.csv:1: no column 'vizit' for the study; did you mean 'visit'? found: patient, visit"),
        "\(missing)")
      try Fixture.images(["c/a/1.png", "c/b/2.png"], in: folder)
      let folders = try Dataset.open(folder + "/c")
      #expect(
        refusal(folders, "visit")
          == "c: is no table, so it has no column visit")
    }
  }

  /// A word for what is missing would join all rows that have it, and an example may not be called as a study is.
  @Test func studiesThatAreNoneAreSaid() throws {
    try withTemporaryFolder { folder in
      let missing = try data(["NA", "v1", "NA"], "visit", in: folder).takingStudies(from: "visit")
      #expect(
        missing.reading.warnings.contains { $0.description.contains("'NA'") },
        "\(missing.reading.warnings)")
      let plain = try data(["v1", "v1", "v2"], "visit", in: folder)
      #expect(
        try plain.takingStudies(from: "visit").reading.warnings == plain.reading.warnings)
      let whole = try data(["2.png", "2.png", ""], "visit", in: folder)
      #expect(
        refusal(whole, "visit")
          == "study column 'visit': '2.png' is a study and an example that names no study, so they could not be told apart; name"
          + " the study of the example, or call the study otherwise")
    }
  }

  @Test func noStudyIsParted() throws {
    try withTemporaryFolder { folder in
      let whole = try data((0..<80).map { "v\($0 / 4)" }, "visit", in: folder)
        .takingStudies(from: "visit")
      let parts = try Splitter(key: RandomKey(seed: 0)).split(whole).dataset
      #expect(parts.splits == [.train, .val, .test])
      try parts.checkStudies()
      var parted = parts
      for index in [0, 4] {
        let own = parted.examples[index].split
        parted.examples[index].split = own == .train ? .test : .train
      }
      do throws(DatasetError) {
        try parted.checkStudies()
        Issue.record("a parted study passed")
      } catch {
        #expect(
          error.description.hasPrefix("study column 'visit': the study 'v0' has images in train, ")
            && error.description.hasSuffix(
              ", and 1 more are parted, so it would be judged by some of its views; keep a study in one part"
            ),
          "\(error)")
      }
    }
  }
}
