import Audit
import Files
import TestSupport
import Testing

/// Tables of ratings: what is read, and what every mistake is called.
@Suite struct RatingTableTests {
  private func read(
    _ text: String, raters: [String]? = nil, classes: [String]? = nil
  ) throws -> RatingTable {
    try withTemporaryFolder { folder in
      try AtomicFile.write(text, to: folder + "/r.csv")
      var table = try RatingTable.read(folder + "/r.csv", raters: raters, classes: classes)
      table.notes = table.notes.map { $0.replacing(folder + "/", with: "") }
      return table
    }
  }

  /// What is said of a mistake, without the folder.
  private func mistake(
    _ text: String, raters: [String]? = nil, classes: [String]? = nil
  ) throws -> String {
    try withTemporaryFolder { folder in
      try AtomicFile.write(text, to: folder + "/r.csv")
      do {
        _ = try RatingTable.read(folder + "/r.csv", raters: raters, classes: classes)
        return ""
      } catch {
        return "\(error)".replacing(folder + "/", with: "")
      }
    }
  }

  @Test func aRatingALine() throws {
    let table = try read(
      "annotator,image,label\nann,1.png, cat\nbob,1.png,dog\nbob,2.png,dog\nbob,2.png,dog\ncy,3.png,\nann,2.png,dog\n"
    )
    #expect(table.paths == ["1.png", "2.png"] && table.raters == ["ann", "bob"])
    #expect(table.classes == ["cat", "dog"])
    #expect(table.ratings == Ratings([[0, 1], [1, 1]], classes: 2))
    #expect(
      table.notes == [
        "r.csv: ratings that stand twice and count once: 1",
        "r.csv: rows without a rating, left out: 1 of 3",
        "r.csv: lines with an empty label, which is no rating: 1",
        "r.csv: raters without a rating, left out: 1",
      ])
  }

  @Test func aRowALine() throws {
    let table = try read("path;ann;bob;split;given\na;10;2;test;2\nb;;2;test;\nc;10;10;val;9\n")
    #expect(table.raters == ["ann", "bob"] && table.classes == ["2", "9", "10"])
    #expect(table.ratings == Ratings([[2, 0], [nil, 0], [2, 2]], classes: 3))
    #expect(table.given == [0, nil, 1])
    #expect(
      table.notes == [
        "r.csv: taken as raters: ann, bob; passed over: split",
        "r.csv: the given labels are those of the column given",
      ])
    let named = try read(
      "path,ann,bob,cy\na,x,y,q\nb,x,x,q\n", raters: ["ann", "bob"], classes: ["y", "x"])
    #expect(
      named.classes == ["y", "x"] && named.ratings == Ratings([[1, 0], [1, 1]], classes: 2))
    #expect(named.notes.isEmpty)
  }

  @Test func whoRatedOnceIsNamed() throws {
    let table = try read("path,rater,label\na,ann,x\na,bob,y\nb,ann,x\n")
    #expect(
      table.notes == [
        "r.csv: bob gave one rating only, of which nothing can be told about the rater"
      ])
  }

  @Test func mistakesAreNamed() throws {
    #expect(try mistake("").contains("is empty, expected a header line"))
    let head = "path,rater,label\n"
    #expect(
      try mistake(head)
        == "r.csv: holds no rating, so there is nothing to audit; each line needs a path, a rater and a label"
    )
    #expect(
      try mistake("path,rater\na,b\n")
        == "r.csv: has no column of labels, expected one of label, rating, annotation, class, answer, y; found path, rater"
    )
    #expect(try mistake("rater,label\na,b\n").hasPrefix("r.csv: has no column of paths, expected"))
    #expect(
      try mistake("path,label\na,b\n")
        == "r.csv: expected a column rater (a rating a line) or a column for each of two raters or more, found path, label;"
        + " name the columns of the raters")
    #expect(
      try mistake("path,ann,bob\na,x,y\n", raters: ["ann", "bop"])
        == "r.csv: has no column 'bop'; did you mean 'bob'?")
    #expect(
      try mistake(head + "a,ann,x\na,ann,y\n")
        == "r.csv:3: 'ann' rates 'a' as 'y', and on line 2 as 'x'; keep one of the two")
    #expect(
      try mistake(head + "a,ann,cat\na,bob,dgo\n", classes: ["cat", "dog"])
        == "r.csv:3: 'dgo' is none of the classes (cat, dog); did you mean 'dog'?")
    #expect(
      try mistake(head + "a,ann,cat\na,bob,zebra\n", classes: ["cat", "dog"])
        == "r.csv:3: 'zebra' is none of the classes (cat, dog); correct the rating or leave it empty"
    )
    #expect(
      try mistake(head + "a,ann,x\nb,bob,y\nc,ann,x\n")
        == "r.csv: none of its 3 rows has ratings of two raters (2 raters in all), so nobody can be compared; have some rows"
        + " rated by two")
    #expect(try mistake(head + "a,ann,x\na,bob,x\n").hasPrefix("r.csv: all ratings are 'x'"))
    #expect(
      try mistake(head + "a,,x\n")
        == "r.csv:2: the column rater is empty; name what was rated and who rated it on every line"
    )
    #expect(
      try mistake("path,ann,bob,given\na,x,y,x\na,x,y,y\n")
        == "r.csv:3: 'a' was given 'y', and before 'x'; keep one of the two")
  }
}
